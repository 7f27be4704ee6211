import type { RunEventType } from './event';
import { reduce } from './reduce';
import { RUN_PHASES } from './run';
import type { RunPhase } from './run';
import { EVENT, RUN_IN } from './testing/sampleEvents';

/** By hand. `=`: the same object; `*`: the run changes, its phase does not. */
const EXPECTED = `
  event            queued     starting   running    finishing cancelling succeeded failed cancelled
  Launched         starting   =          =          =         =          =         =      =
  TaskMoved        =          running    *          *         *          =         =      =
  DriverMoved      =          *          *          =         =          =         =      =
  CancelAsked      cancelling cancelling cancelling =         =          =         =      =
  DriverExited     =          finishing  finishing  =         =          =         =      =
  Deadline         finishing  finishing  finishing  =         =          =         =      =
  JobMissing       =          finishing  finishing  =         =          =         =      =
  LaunchRefused    finishing  =          =          =         =          =         =      =
  ObjectsLeft      =          =          =          *         *          =         =      =
  NothingLeft      =          =          =          succeeded cancelled  =         =      =
  RemovalGivenUp   =          =          =          succeeded failed     =         =      =
  ReportRead       =          =          =          *         =          =         =      =
  ReportUnreadable =          =          =          *         =          =         =      =
  Gap              =          *          *          *         *          =         =      =
  LogsComplete     =          *          *          *         *          =         =      =
  TakenOver        *          *          *          *         *          =         =      =
`;

const [[, ...columns], ...rows] = EXPECTED.trim()
  .split('\n')
  .map(row => row.trim().split(/\s+/));
const CELLS = rows.flatMap(([event, ...cells]) =>
  cells.map((cell, index) => ({
    event: event as RunEventType,
    phase: columns[index] as RunPhase,
    cell,
  })),
);

describe('the table of legal moves', () => {
  it('has a cell for every phase and every event', () => {
    expect(columns).toEqual(RUN_PHASES);
    expect(rows.map(([event]) => event)).toEqual(Object.keys(EVENT));
    expect(CELLS).toHaveLength(8 * 16);
  });

  it.each(CELLS.filter(({ cell }) => cell === '='))(
    '$phase | $event changes nothing',
    ({ phase, event }) => {
      const run = RUN_IN[phase]();
      expect(run.phase).toBe(phase);
      expect(reduce(run, EVENT[event])).toBe(run);
    },
  );

  it.each(CELLS.filter(({ cell }) => cell !== '='))(
    '$phase | $event -> $cell',
    ({ phase, event, cell }) => {
      const run = RUN_IN[phase]();
      expect(run.phase).toBe(phase);

      const next = reduce(run, EVENT[event]);

      expect(next.phase).toBe(cell === '*' ? phase : cell);
      expect(next.event).toBe(run.event + 1);
      expect({ ...next, event: run.event }).not.toEqual(run);
      expect(reduce(next, EVENT[event])).toBe(next);
    },
  );

  it.each(CELLS)('$phase | $event leaves its argument alone', cell => {
    const run = RUN_IN[cell.phase]();
    const before = JSON.stringify(run);
    reduce(run, EVENT[cell.event]);
    expect(JSON.stringify(run)).toBe(before);
  });
});
