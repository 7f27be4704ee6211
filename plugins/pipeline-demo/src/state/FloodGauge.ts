/** More lines in a second than this is a flood: nobody reads them one by one. */
const FLOOD_LINES = 5_000;
const WINDOW_MS = 1_000;
/** In a flood the page is drawn so often, which is enough to see it move. */
export const FLOOD_FRAME_MS = 100;

/** Whether lines come faster than anyone reads. Times in milliseconds. */
export class FloodGauge {
  #from = 0;
  #count = 0;
  #isFlood = false;

  get isFlood(): boolean {
    return this.#isFlood;
  }

  /** So many lines have come. */
  add(now: number, lines: number): void {
    const age = now - this.#from;
    if (age >= WINDOW_MS) {
      // A window that nobody closed in time was a quiet one.
      this.#isFlood = age < 2 * WINDOW_MS && this.#count > FLOOD_LINES;
      this.#from = now;
      this.#count = 0;
    }
    this.#count += lines;
  }
}
