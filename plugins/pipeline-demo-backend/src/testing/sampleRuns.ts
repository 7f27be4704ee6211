import {
  newRun,
  type LogLine,
  type Run,
  type RunEvent,
  type RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import type { Lease, RunStore } from '../ports/RunStore';

/** Longer than any test: nobody but its owner has this lease. */
export const LONG_LEASE_MS = 600_000;

export const OWNER = 'owner-a';

let runsSoFar = 0;

/** A run to ask for, with an id and a creation time of its own. */
export function sampleSpec(overrides: Partial<RunSpec> = {}): RunSpec {
  runsSoFar += 1;
  return {
    id: `r${String(runsSoFar).padStart(6, '0')}`,
    batchCount: 2,
    engine: 'local',
    createdBy: 'user:default/guest',
    createdAt: 1_700_000_000_000 + runsSoFar * 1000,
    seed: 42,
    ...overrides,
  };
}

/** A stored run, which must not meet an active one, and its lease. */
export async function createSampleRun(
  runs: RunStore,
  overrides: Partial<RunSpec> = {},
  leaseMs: number = LONG_LEASE_MS,
): Promise<{ readonly run: Run; readonly lease: Lease }> {
  const result = await runs.create(sampleSpec(overrides), {
    owner: OWNER,
    leaseMs,
  });
  if (result.type !== 'created') {
    throw new Error(`Run ${result.stored.run.id} is in the way`);
  }
  return { run: result.stored.run, lease: result.lease };
}

/** The event that frees the slot, and the run after it. */
export function ending(
  run: Run,
  changes: Partial<Run> = {},
): { readonly events: readonly RunEvent[]; readonly snapshot: Run } {
  const endedAt = changes.endedAt ?? run.createdAt + 60_000;
  return {
    events: [{ type: 'NothingLeft', at: endedAt, event: run.event + 1 }],
    snapshot: {
      ...run,
      phase: 'succeeded',
      event: run.event + 1,
      endedAt,
      ...changes,
    },
  };
}

/** A run that was stored and has ended. */
export async function createEndedRun(
  runs: RunStore,
  overrides: Partial<RunSpec> = {},
  changes: Partial<Run> = {},
): Promise<Run> {
  const { run, lease } = await createSampleRun(runs, overrides);
  const { events, snapshot } = ending(run, changes);
  await runs.append(lease, events, snapshot);
  return snapshot;
}

/** A run in the phase running, after its first event. */
export function launched(run: Run): {
  readonly events: readonly RunEvent[];
  readonly snapshot: Run;
} {
  const launchedAt = run.createdAt + 1000;
  return {
    events: [{ type: 'Launched', at: launchedAt, event: run.event + 1 }],
    snapshot: {
      ...run,
      phase: 'starting',
      event: run.event + 1,
      launchedAt,
    },
  };
}

/** A run of which every task took `seconds`, and the first one started at once. */
export function withDurations(spec: RunSpec, seconds: number): Partial<Run> {
  const runningAt = spec.createdAt + 1000;
  const endedAt = runningAt + seconds * 1000;
  return {
    launchedAt: spec.createdAt,
    tasks: newRun(spec).tasks.map(task => ({
      ...task,
      phase: 'succeeded',
      attempts: [
        {
          uid: `${spec.id}-${task.id}`,
          createdAt: runningAt,
          phase: 'succeeded',
          runningAt,
          endedAt,
        },
      ],
    })),
  };
}

/** Lines with the numbers `from..to`. */
export function sampleLines(from: number, to: number): LogLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    line: from + index,
    task: `GENERATE:${1 + ((from + index) % 2)}`,
    at: 1_700_000_000_000 + from + index,
    text: `line ${from + index}`,
  }));
}

/** Text that has broken stores before. */
export const ODD_TEXTS: readonly string[] = [
  '',
  ' ',
  'a\0b',
  'half a pair \ud83d',
  '🚀 ünïcödé 漢字',
  'bare \r return, "quotes" \\ and \u001b[31mcolour\u001b[0m',
  '<script>alert(1)</script>',
  "'; drop table runs; --",
  'x'.repeat(16 * 1024),
];
