import type { Durations } from 'backstage-plugin-pipeline-demo-common';
import { SLOW, play, refusedAt } from './plays';
import type { Recording } from './Recording';
import type { Scenario } from './scenarios';
import { scripted } from './scripted';
import { manyLines } from './scriptedLines';

type Base = Omit<Scenario, 'id' | 'title'>;

const MILLION = 1_000_000;
/** As long as they take to come. */
const MILLION_SECONDS = 10;
/** As long as the machine that measures may need. */
const LONG_SECONDS = 3_600;
const START_SECONDS = 0.2;
const STEP_SECONDS = 0.1;

/** Runs with more lines than anyone reads: for tests and measurements. */
export function bigLogScenarios(base: Base): Scenario[] {
  return [
    {
      ...base,
      id: 'million',
      title: '1,000,000 lines, finished',
      durations: taking(MILLION_SECONDS),
      play: () => {
        const recording = withLines(MILLION_SECONDS, MILLION, 100_000);
        return play(recording, { from: 60_000 });
      },
    },
    {
      ...base,
      id: 'flood',
      title: '1,000 lines a second',
      durations: taking(LONG_SECONDS),
      play: () =>
        play(withLines(LONG_SECONDS, 10 * MILLION, 1_000), { from: 30_000 }),
    },
    {
      ...base,
      id: 'flood-fast',
      title: '20,000 lines a second',
      durations: taking(LONG_SECONDS),
      play: () =>
        play(withLines(LONG_SECONDS, 10 * MILLION, 20_000), { from: 8_000 }),
    },
  ];
}

/** The forecast of such a run. */
function taking(seconds: number): Durations {
  return {
    ...SLOW,
    seconds: { GENERATE: seconds, ANALYZE: seconds, REPORT: seconds },
    startSeconds: START_SECONDS + STEP_SECONDS,
    stepSeconds: STEP_SECONDS,
  };
}

/** A run whose tasks take so long, with other lines than it would have. */
function withLines(
  seconds: number,
  length: number,
  perSecond: number,
): Recording {
  const recording = scripted({
    engine: 'kubernetes',
    batchCount: 5,
    slots: 5,
    startSeconds: START_SECONDS,
    stepSeconds: STEP_SECONDS,
    seconds: { GENERATE: seconds, ANALYZE: seconds, REPORT: seconds },
    waits: refusedAt('13'),
  });
  const lines = manyLines(length, perSecond);
  return {
    ...recording,
    events: recording.events.map(event =>
      event.type === 'LogsComplete' ? { ...event, lastLine: length } : event,
    ),
    lines,
  };
}
