import type { StreamClock } from '../StreamClock';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** Time that passes only when a test says so. */
export class ManualClock implements StreamClock {
  #now = 1_000_000;
  #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const sleeper = {
        at: this.#now + ms,
        wake: () => {
          this.#sleepers = this.#sleepers.filter(other => other !== sleeper);
          resolve();
        },
      };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', sleeper.wake);
      if (signal.aborted) {
        sleeper.wake();
      }
    });
  }

  /** How many wait. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Lets time pass, waking everybody in order. */
  async advance(ms: number): Promise<void> {
    const to = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#sleepers
        .filter(sleeper => sleeper.at <= to)
        .sort((a, b) => a.at - b.at)[0];
      if (!next) {
        break;
      }
      this.#now = next.at;
      next.wake();
      await settle();
    }
    this.#now = to;
  }
}

/** Lets everything that does not wait for time go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
  }
}
