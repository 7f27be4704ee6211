import type { Clock } from '../ports/Clock';

/** A sleep that others can cut short; a `ring` that comes too early is not lost. */
export class Alarm {
  readonly #clock: Clock;
  #rung = false;
  #waking?: AbortController;

  static create(clock: Clock): Alarm {
    return new Alarm(clock);
  }

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Ends the sleep of now, or makes the next one end at once. */
  ring(): void {
    this.#rung = true;
    this.#waking?.abort();
  }

  /** Returns after `ms`, when it rings, or when the signal is aborted. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung) {
      this.#waking = new AbortController();
      await this.#clock.sleep(
        ms,
        AbortSignal.any([signal, this.#waking.signal]),
      );
    }
    this.#rung = false;
    this.#waking = undefined;
  }
}
