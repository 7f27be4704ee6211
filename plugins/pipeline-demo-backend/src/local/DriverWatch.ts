import { stat } from 'node:fs/promises';
import { isAlive } from './processes';
import { errorCode, readWhole } from './runFolder';
import type { ProcessIdentity, RunExit, RunFiles, RunOrder } from './runFolder';

/** What is known of a run's supervisor. */
export type DriverState =
  /** There is no such run here: never launched, removed, or deleted by somebody. */
  | { readonly type: 'absent' }
  /** It is there, or is about to be. */
  | { readonly type: 'present' }
  | { readonly type: 'exited'; readonly exit: RunExit }
  /** It is gone without a word; `at` is its last sign of life, in epoch milliseconds. */
  | { readonly type: 'lost'; readonly at: number };

/** How often the process itself is looked for: that is dear where `ps` does it. */
const LIFE_CHECK_INTERVAL_MS = 500;
/** A launch that was cut off leaves an order that nobody claims. */
const CLAIM_TIMEOUT_MS = 15_000;

/** Watches over one run's supervisor, for as long as it is asked. */
export class DriverWatch {
  readonly #files: RunFiles;
  readonly #since = performance.now();
  #checkedAt = -Infinity;

  private constructor(files: RunFiles) {
    this.#files = files;
  }

  static of(files: RunFiles): DriverWatch {
    return new DriverWatch(files);
  }

  /**
   * The state as of now, or at most `LIFE_CHECK_INTERVAL_MS` ago for a death.
   * What a supervisor wrote before its exit can be read once this says
   * `exited` or `lost`.
   */
  async look(): Promise<DriverState> {
    const exit = await readWhole<RunExit>(this.#files.exit);
    if (exit) {
      return { type: 'exited', exit };
    }
    if (performance.now() - this.#checkedAt < LIFE_CHECK_INTERVAL_MS) {
      return { type: 'present' };
    }
    const state = await this.#lookForProcess();
    this.#checkedAt = performance.now();
    return state;
  }

  async #lookForProcess(): Promise<DriverState> {
    const order = await readWhole<RunOrder>(this.#files.order);
    if (!order) {
      return { type: 'absent' };
    }
    const identity = await readWhole<ProcessIdentity>(this.#files.claim);
    if (!identity) {
      const waited = performance.now() - this.#since;
      return { type: waited < CLAIM_TIMEOUT_MS ? 'present' : 'absent' };
    }
    if (await isAlive(identity)) {
      return { type: 'present' };
    }
    // It may have written its exit after we looked for that, and then died.
    const exit = await readWhole<RunExit>(this.#files.exit);
    return exit
      ? { type: 'exited', exit }
      : { type: 'lost', at: await lastSignOfLife(this.#files) };
  }
}

async function lastSignOfLife(files: RunFiles): Promise<number> {
  const times = await Promise.all(
    [files.claim, files.heartbeat, files.stamps].map(changedAt),
  );
  return Math.max(...times);
}

/** Epoch milliseconds; 0 when there is no such file. */
export async function changedAt(file: string): Promise<number> {
  try {
    return Math.floor((await stat(file)).mtimeMs);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return 0;
    }
    throw error;
  }
}
