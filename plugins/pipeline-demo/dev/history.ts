import type {
  RunEventBody,
  RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { newRun, reduce } from 'backstage-plugin-pipeline-demo-common';
import { viewOf } from '../src/__testUtils__/runs';

const MINUTE_MS = 60_000;

type End = 'succeeded' | 'failed' | 'cancelled';

const RUNS: readonly {
  readonly id: string;
  readonly batches: number;
  readonly minutesAgo: number;
  readonly seconds: number;
  readonly lines: number;
  readonly end: End;
}[] = [
  {
    id: 'k7d9',
    batches: 12,
    minutesAgo: 31,
    seconds: 79,
    lines: 41_286,
    end: 'succeeded',
  },
  {
    id: 'm2x8',
    batches: 5,
    minutesAgo: 50,
    seconds: 33,
    lines: 9_427,
    end: 'failed',
  },
  {
    id: 'p0c5',
    batches: 5,
    minutesAgo: 135,
    seconds: 66,
    lines: 18_341,
    end: 'succeeded',
  },
  {
    id: 't9w3',
    batches: 8,
    minutesAgo: 1_200,
    seconds: 38,
    lines: 14_120,
    end: 'cancelled',
  },
  {
    id: 'b6h1',
    batches: 3,
    minutesAgo: 1_280,
    seconds: 44,
    lines: 11_031,
    end: 'succeeded',
  },
];

/** The runs so far, of all kinds. */
export function historyOfRuns(): RunView[] {
  return RUNS.map(({ id, batches, minutesAgo, seconds, lines, end }) => {
    const createdAt = Date.now() - minutesAgo * MINUTE_MS;
    const at = createdAt + seconds * 1000;
    const run = eventsOf(end, createdAt, at).reduce(
      reduce,
      newRun({
        id,
        batchCount: batches,
        engine: 'kubernetes',
        createdBy: 'user:default/guest',
        createdAt,
        seed: 7,
      }),
    );
    return viewOf(run, lines);
  });
}

function eventsOf(end: End, from: number, at: number): RunEventBody[] {
  const launched: RunEventBody = { type: 'Launched', at: from + 400 };
  const ended: RunEventBody =
    end === 'cancelled'
      ? { type: 'CancelAsked', at, by: 'user:default/guest' }
      : {
          type: 'DriverExited',
          at,
          outcome:
            end === 'succeeded'
              ? { type: 'succeeded' }
              : {
                  type: 'failed',
                  reason: 'task-failed',
                  message: 'ANALYZE:3 ran out of memory',
                },
        };
  return [launched, ended, { type: 'NothingLeft', at: at + 2_000 }];
}
