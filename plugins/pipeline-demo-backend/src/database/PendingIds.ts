/** Ids that wait for their reader: each once, however often it was added. */
export class PendingIds {
  readonly #ids = new Set<string>();
  #wake: () => void = () => {};

  static create(): PendingIds {
    return new PendingIds();
  }

  add(id: string): void {
    this.#ids.add(id);
    this.#wake();
  }

  /** What was added since the last time; waits until there is something, or the signal is aborted. */
  async take(signal: AbortSignal): Promise<readonly string[]> {
    if (this.#ids.size === 0 && !signal.aborted) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        signal.addEventListener('abort', this.#wake, { once: true });
      });
      signal.removeEventListener('abort', this.#wake);
    }
    const ids = [...this.#ids];
    this.#ids.clear();
    return ids;
  }
}
