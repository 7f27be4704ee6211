/** Half of a delay is left to chance. */
const JITTER = 0.5;

/**
 * Delays between attempts: each up to twice the one before, up to a limit, and
 * from the beginning again after a success. A part of each is left to chance,
 * so that what was cut off together does not come back together.
 */
export class JitteredBackoff {
  readonly #minMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;
  #nextMs: number;

  private constructor(options: BackoffOptions) {
    this.#minMs = options.minMs;
    this.#maxMs = options.maxMs;
    this.#random = options.random;
    this.#nextMs = options.minMs;
  }

  static create(options: BackoffOptions): JitteredBackoff {
    return new JitteredBackoff(options);
  }

  /** The delay before the next attempt, in milliseconds. */
  next(): number {
    const ms = this.#nextMs;
    this.#nextMs = Math.min(ms * 2, this.#maxMs);
    return ms * (1 - JITTER * this.#random());
  }

  /** An attempt has worked. */
  reset(): void {
    this.#nextMs = this.#minMs;
  }
}

/** `random` gives 0 to 1, without the 1. */
export interface BackoffOptions {
  readonly minMs: number;
  readonly maxMs: number;
  readonly random: () => number;
}
