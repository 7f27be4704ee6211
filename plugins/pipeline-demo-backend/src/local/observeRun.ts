import type { Clock } from '../ports/Clock';
import type { Fact } from '../ports/Engine';
import { AppendedLines } from './AppendedLines';
import { DriverWatch, changedAt } from './DriverWatch';
import type { DriverState } from './DriverWatch';
import { readWhole } from './runFolder';
import type { RunFiles, RunOrder, TaskFact } from './runFolder';

const TICK_MS = 50;
const SEEN_INTERVAL_MS = 1_000;
/** A supervisor that has not moved for so long after its deadline is stuck. */
const STUCK_MS = 30_000;

/** The facts of a run, from its folder: `Engine.observe`. */
export async function* observeRun(
  files: RunFiles,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Fact> {
  const facts = AppendedLines.of(files.facts);
  const watch = DriverWatch.of(files);
  const pulse = new Pulse(files);
  let seenAt = -Infinity;
  try {
    while (!signal.aborted) {
      // Before reading: what was written before an exit is then read before it is told.
      const state = await watch.look();
      yield* newFacts(facts);
      const end = endOf(state, files, clock) ?? (await pulse.overdue(clock));
      if (signal.aborted) {
        return;
      }
      if (end) {
        yield end;
        return;
      }
      if (performance.now() - seenAt >= SEEN_INTERVAL_MS) {
        seenAt = performance.now();
        yield { type: 'seen', at: clock.now() };
      }
      await clock.sleep(TICK_MS, signal);
    }
  } finally {
    await facts.close();
  }
}

async function* newFacts(facts: AppendedLines): AsyncGenerator<Fact> {
  for (;;) {
    const lines = await facts.read();
    if (lines.length === 0) {
      return;
    }
    for (const line of lines) {
      yield { type: 'task', ...(JSON.parse(line) as TaskFact) };
    }
  }
}

function endOf(
  state: DriverState,
  files: RunFiles,
  clock: Clock,
): Fact | undefined {
  switch (state.type) {
    case 'present':
      return undefined;
    case 'absent':
      return {
        type: 'jobMissing',
        at: clock.now(),
        message: `There is no run in ${files.folder}: it was removed, or never started.`,
      };
    case 'exited': {
      const { exit } = state;
      return exit.type === 'exited'
        ? { type: 'driverExited', at: exit.at, outcome: exit.outcome }
        : exit;
    }
    case 'lost':
      return {
        type: 'driverExited',
        at: state.at,
        outcome: {
          type: 'failed',
          reason: 'lost',
          message:
            'The supervisor of the run is gone: it was killed, or the machine was restarted.',
        },
      };
    default: {
      const impossible: never = state;
      throw new Error(`No such state: ${impossible}`);
    }
  }
}

/**
 * Tells a supervisor that is stuck after its deadline from one whose machine
 * has slept: only our own waking time counts, and a beat starts it anew.
 */
class Pulse {
  readonly #files: RunFiles;
  #beat = 0;
  #beatSeenAt = performance.now();
  #checkedAt = performance.now();

  constructor(files: RunFiles) {
    this.#files = files;
  }

  async overdue(clock: Clock): Promise<Fact | undefined> {
    const now = performance.now();
    if (now - this.#checkedAt < SEEN_INTERVAL_MS) {
      return undefined;
    }
    this.#checkedAt = now;
    const beat = await changedAt(this.#files.heartbeat);
    if (beat !== this.#beat) {
      this.#beat = beat;
      this.#beatSeenAt = now;
    }
    if (now - this.#beatSeenAt < STUCK_MS) {
      return undefined;
    }
    const order = await readWhole<RunOrder>(this.#files.order);
    return order && clock.now() > order.deadlineAt
      ? {
          type: 'deadline',
          at: clock.now(),
          message:
            'The run took longer than it may, and its supervisor does not move.',
        }
      : undefined;
  }
}
