/** How many of the last readings count: about a minute of presence messages. */
const READINGS = 12;

/**
 * Estimates how far the server's clock is ahead of this browser's. A message
 * travels, so each reading is too small by its delay: the greatest of the last
 * ones is the nearest.
 */
export class ServerClock {
  #readings: number[] = [];

  /** Server's clock minus browser's, in milliseconds; 0 before the first reading. */
  get offsetMs(): number {
    return this.#readings.length > 0 ? Math.max(...this.#readings) : 0;
  }

  /** The server wrote `serverNow` into a message that arrived at `now`. */
  heard(serverNow: number, now: number): void {
    this.#readings = [...this.#readings, serverNow - now].slice(-READINGS);
  }
}
