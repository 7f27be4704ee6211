import { newRun } from 'backstage-plugin-pipeline-demo-common';
import type {
  Run,
  RunEventBody,
  ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';

/** A time of the runs below. */
export const START_TIME = Date.UTC(2026, 10, 24, 14, 2, 11);

/** A run of two batches, as of event `event`. */
export function aRun(run: Partial<Run> = {}): Run {
  return {
    ...newRun({
      id: 'r1',
      batchCount: 2,
      engine: 'local',
      createdBy: 'user:default/guest',
      createdAt: START_TIME,
      seed: 7,
    }),
    ...run,
  };
}

/** @returns a snapshot of run r1 in which lines from `firstLine` on will follow */
export function snapshot(options: {
  readonly run?: Partial<Run>;
  readonly firstLine?: number;
  readonly lastLine?: number;
}): ServerMessage {
  return {
    type: 'snapshot',
    run: aRun(options.run),
    firstLine: options.firstLine ?? 1,
    lastLine: options.lastLine ?? 0,
    presence: { viewers: 1, now: START_TIME },
  };
}

/** @returns lines `first`, ... of run r1 with these texts, all of GENERATE:1 */
export function lines(
  first: number,
  texts: readonly string[],
  run: string = 'r1',
): ServerMessage {
  return {
    type: 'lines',
    run,
    first,
    lines: texts.map(text => ({ task: 'GENERATE:1', at: START_TIME, text })),
  };
}

/** @returns event number `event` of run r1 */
export function event(
  number: number,
  body: RunEventBody = { type: 'Launched', at: START_TIME },
): ServerMessage {
  return { type: 'event', run: 'r1', event: { ...body, event: number } };
}

export const presence: ServerMessage = {
  type: 'presence',
  presence: { viewers: 3, seenAt: START_TIME, now: START_TIME },
};

export const ended = (lastLine: number): ServerMessage => ({
  type: 'ended',
  run: 'r1',
  lastLine,
});
