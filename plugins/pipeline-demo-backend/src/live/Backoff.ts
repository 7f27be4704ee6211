/**
 * Delays between attempts: each twice the one before, up to a limit, and from
 * the beginning again after a success. Stands in the innermost room because
 * all three use it.
 */
export class Backoff {
  readonly #minMs: number;
  readonly #maxMs: number;
  #nextMs: number;

  static create(options: {
    readonly minMs: number;
    readonly maxMs: number;
  }): Backoff {
    return new Backoff(options.minMs, options.maxMs);
  }

  private constructor(minMs: number, maxMs: number) {
    this.#minMs = minMs;
    this.#maxMs = maxMs;
    this.#nextMs = minMs;
  }

  /** The delay before the next attempt, in milliseconds. */
  next(): number {
    const ms = this.#nextMs;
    this.#nextMs = Math.min(ms * 2, this.#maxMs);
    return ms;
  }

  /** An attempt has worked. */
  reset(): void {
    this.#nextMs = this.#minMs;
  }
}
