import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../ports/Clock';

const START_AT = Date.UTC(2024, 0, 1);

/** So many turns of the event loop let everything happen that waits for no time: a query takes some. */
const SETTLE_TURNS = 8;

/** A condition that is not met after this much fake time never will be. */
const PATIENCE_MS = 60 * 60_000;

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #now = START_AT;

  static create(): FakeClock {
    return new FakeClock();
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { wakeAt: this.#now + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Lets everything happen that waits for no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < SETTLE_TURNS; turn += 1) {
      await setImmediate();
    }
  }

  /** Lets so much time pass, waking sleepers one after the other. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await this.settle();
      const next = this.#next();
      if (!next || next.wakeAt > until) {
        break;
      }
      this.#wake(next);
    }
    this.#now = until;
    await this.settle();
  }

  /** Lets as much time pass as it takes. @throws when it takes for ever */
  async until(
    condition: () => boolean | Promise<boolean>,
    patienceMs = PATIENCE_MS,
  ): Promise<void> {
    const giveUpAt = this.#now + patienceMs;
    await this.settle();
    while (!(await condition())) {
      const next = this.#next();
      if (!next || next.wakeAt > giveUpAt) {
        throw new Error(`Still not so after ${patienceMs} ms: ${condition}`);
      }
      this.#wake(next);
      await this.settle();
    }
  }

  /** Lets as much time pass as the promise needs. */
  async finish<T>(promise: Promise<T>): Promise<T> {
    let done = false;
    const finished = promise.finally(() => {
      done = true;
    });
    const [result] = await Promise.all([finished, this.until(() => done)]);
    return result;
  }

  /** The machine slept: time has passed, and nobody has noticed yet. */
  jump(ms: number): void {
    this.#now += ms;
  }

  #next(): Sleeper | undefined {
    return [...this.#sleepers].reduce<Sleeper | undefined>(
      (first, sleeper) =>
        first && first.wakeAt <= sleeper.wakeAt ? first : sleeper,
      undefined,
    );
  }

  #wake({ wakeAt, wake }: Sleeper): void {
    this.#now = Math.max(this.#now, wakeAt);
    wake();
  }
}
