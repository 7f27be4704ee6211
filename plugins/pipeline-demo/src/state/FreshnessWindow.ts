/** Figures are of the last minute. */
const WINDOW_MS = 60_000;
/** More samples than this in a minute say nothing more. */
const MAX_SAMPLES = 2_000;

/** From a line's own time to this screen, in milliseconds. */
export interface Freshness {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The freshness of the frames of the last minute. */
export class FreshnessWindow {
  #samples: { readonly at: number; readonly ms: number }[] = [];
  #last: Freshness | undefined;

  /** A frame arrived at `now` whose oldest line was written `ms` before. */
  add(now: number, ms: number): void {
    this.#samples.push({ at: now, ms: Math.max(0, ms) });
    const from = now - WINDOW_MS;
    while (
      this.#samples.length > MAX_SAMPLES ||
      (this.#samples.length > 0 && this.#samples[0].at < from)
    ) {
      this.#samples.shift();
    }
    const sorted = this.#samples.map(sample => sample.ms).sort((a, b) => a - b);
    this.#last = {
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
    };
  }

  /** As of the last frame; undefined before the first. */
  get figures(): Freshness | undefined {
    return this.#last;
  }
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
