import { newRun } from 'backstage-plugin-pipeline-demo-common';
import type {
  Attempt,
  LogTask,
  Run,
} from 'backstage-plugin-pipeline-demo-common';
import { LogBuffer } from '../state/LogBuffer';
import { LineFilter } from './LineFilter';
import { makeRows } from './rows';
import type { Rows } from './rows';
import { systemRows } from './systemRows';

const AT = 1_000_000;

function aRun(over: Partial<Run>, attempts: Record<string, Attempt>): Run {
  const run = newRun({
    id: 'r1',
    batchCount: 2,
    engine: 'local',
    createdBy: 'user:default/guest',
    createdAt: AT,
    seed: 1,
  });
  return {
    ...run,
    tasks: run.tasks.map(task =>
      attempts[task.id] ? { ...task, attempts: [attempts[task.id]] } : task,
    ),
    ...over,
  };
}

function attempt(over: Partial<Attempt>): Attempt {
  return {
    uid: `u${over.endedAt}`,
    createdAt: AT,
    runningAt: AT + 1_000,
    phase: 'succeeded',
    ...over,
  };
}

const ends = (last: Record<string, number>) => ({
  lastLine: 10,
  lastLineOf: (task: LogTask) => last[task],
  lastLineBy: (at: number) => at,
});

const ALL = new Set<LogTask>();

/** `1 2 [end u5] 3` */
function show(rows: Rows): string {
  return Array.from({ length: rows.length }, (_, index) => {
    const row = rows.at(index);
    return row.type === 'line' ? `${row.line}` : `[${row.row.key}]`;
  }).join(' ');
}

describe('systemRows', () => {
  it('say how a task ended, after its last line', () => {
    const run = aRun(
      {},
      {
        'GENERATE:1': attempt({ endedAt: AT + 6_000, exitCode: 0 }),
        'GENERATE:2': attempt({ phase: 'running' }),
      },
    );
    expect(systemRows(run, ends({ 'GENERATE:1': 4 }), ALL)).toEqual([
      expect.objectContaining({
        type: 'taskEnded',
        task: 'GENERATE:1',
        afterLine: 4,
        seconds: 5,
        exitCode: 0,
      }),
    ]);
  });

  it('are silent about a success whose lines are not here, never about a failure', () => {
    const run = aRun(
      {},
      {
        'GENERATE:1': attempt({ endedAt: AT + 1 }),
        'GENERATE:2': attempt({ endedAt: AT + 2, phase: 'failed' }),
      },
    );
    expect(systemRows(run, ends({}), ALL)).toEqual([
      expect.objectContaining({ task: 'GENERATE:2', afterLine: 10 }),
    ]);
  });

  it('name what was lost, and end with the run', () => {
    const run = aRun(
      {
        phase: 'failed',
        outcome: { type: 'failed', reason: 'lost', message: 'It is gone.' },
        finishedAt: AT + 33_000,
        gaps: [
          { task: 'ANALYZE:1', afterLine: 2, from: 1, to: 2, reason: 'why' },
        ],
      },
      { 'GENERATE:1': attempt({ endedAt: AT + 32_000, phase: 'failed' }) },
    );
    const rows = systemRows(run, ends({ 'GENERATE:1': 10 }), ALL);
    expect(rows.map(row => row.type)).toEqual(['gap', 'taskEnded', 'runEnded']);
  });

  it('are of the selected tasks, and of the run', () => {
    const run = aRun(
      { phase: 'succeeded', finishedAt: AT + 9_000, endedAt: AT + 9_500 },
      {
        'GENERATE:1': attempt({ endedAt: AT + 6_000 }),
        'GENERATE:2': attempt({ endedAt: AT + 7_000 }),
      },
    );
    const lines = ends({ 'GENERATE:1': 4, 'GENERATE:2': 5 });
    expect(
      systemRows(run, lines, new Set(['GENERATE:2'])).map(row => row.key),
    ).toEqual([`end u${AT + 7_000}`, 'run ended']);
  });
});

describe('makeRows', () => {
  const gap = (afterLine: number, key: string) => ({
    type: 'gap' as const,
    key,
    afterLine,
    at: AT,
    gap: { task: 'x', afterLine, from: 1, to: 2, reason: 'why' },
  });

  it('put the rows of the system behind their lines', () => {
    const rows = makeRows({ type: 'all', last: 4 }, [
      gap(0, 'a'),
      gap(2, 'b'),
      gap(2, 'c'),
      gap(4, 'd'),
    ]);
    expect(show(rows)).toBe('[a] 1 2 [b] [c] 3 4 [d]');
    expect(rows.length).toBe(8);
  });

  it('find a line again', () => {
    const rows = makeRows({ type: 'all', last: 4 }, [gap(0, 'a'), gap(2, 'b')]);
    expect([1, 2, 3, 4, 9].map(rows.indexOfLine)).toEqual([1, 2, 4, 5, 5]);
    expect(rows.countAfter(3)).toBe(1);
  });

  it('find the next line that is shown when some are', () => {
    const rows = makeRows({ type: 'some', numbers: [2, 5, 9] }, [gap(6, 'a')]);
    expect(show(rows)).toBe('2 5 [a] 9');
    expect([1, 2, 3, 9].map(rows.indexOfLine)).toEqual([0, 0, 1, 3]);
    expect(rows.countAfter(2)).toBe(2);
    expect(rows.numberAt(2)).toBe(9);
  });

  it('have keys of their own', () => {
    const rows = makeRows({ type: 'some', numbers: [2, 5, 9] }, [gap(6, 'a')]);
    expect([0, 1, 2, 3].map(rows.keyAt)).toEqual([2, 5, 'a', 9]);
  });

  it('are arranged anew when one gets another place, not when some come after', () => {
    const of = (last: number, ...gaps: number[]) =>
      makeRows(
        { type: 'all', last },
        gaps.map(after => gap(after, `${after}`)),
      ).arrangement;
    expect(of(9, 2)).toEqual(of(4, 2));
    expect(of(9, 2, 3)).not.toEqual(of(9, 2));
    expect(of(9, 3)).not.toEqual(of(9, 2));
    const numbers = [2, 5];
    const some = makeRows({ type: 'some', numbers }, []).arrangement[0];
    numbers.push(9);
    expect(makeRows({ type: 'some', numbers }, []).arrangement[0]).toBe(some);
    expect(
      makeRows({ type: 'some', numbers: [1, 2, 5] }, []).arrangement[0],
    ).not.toBe(some);
  });

  it('are none without lines', () => {
    const rows = makeRows({ type: 'all', last: 0 }, []);
    expect(rows.length).toBe(0);
    expect(rows.indexOfLine(3)).toBe(0);
  });
});

describe('LineFilter', () => {
  it('keeps up with the buffer, and begins anew with another selection', () => {
    const buffer = new LogBuffer();
    const filter = new LineFilter();
    const wire = (task: LogTask) => ({ task, at: 1, text: 'x' });
    buffer.append(1, ['A', 'B', 'A'].map(wire));
    expect(filter.update(buffer, ALL)).toEqual({ type: 'all', last: 3 });
    const some = (numbers: readonly number[]) => ({ type: 'some', numbers });
    expect(filter.update(buffer, new Set(['A']))).toEqual(some([1, 3]));
    buffer.append(4, ['A', 'B'].map(wire));
    expect(filter.update(buffer, new Set(['A']))).toEqual(some([1, 3, 4]));
    expect(filter.update(buffer, new Set(['B']))).toEqual(some([2, 5]));
    buffer.close();
  });

  it('takes in older lines that were read later', () => {
    const buffer = new LogBuffer();
    const filter = new LineFilter();
    buffer.skipTo(1);
    buffer.append(2, [{ task: 'A', at: 1, text: 'new' }]);
    filter.update(buffer, new Set(['A']));
    buffer.fill([{ line: 1, task: 'A', at: 0, text: 'old' }]);
    expect(filter.update(buffer, new Set(['A']))).toEqual({
      type: 'some',
      numbers: [1, 2],
    });
    buffer.close();
  });
});
