interface Offer<T> {
  readonly item: T;
  readonly taken: () => void;
}

/**
 * Many streams in one. Each stream is read on when what it gave last was
 * taken, so that all get their turn and none runs ahead.
 */
export class Funnel<T> {
  readonly #offers: Offer<T>[] = [];
  readonly #flows = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;
  /** "sealed": no stream is added any more; "closed": nobody takes any more. */
  #state: 'open' | 'sealed' | 'closed' = 'open';
  #wake = () => {};

  static create<T>(): Funnel<T> {
    return new Funnel<T>();
  }

  /** How many streams have not ended. */
  get size(): number {
    return this.#flows.size;
  }

  /** @param onEnd - called when the stream has ended and all of it was taken */
  add(stream: AsyncIterable<T>, onEnd: () => void): void {
    const flow = this.#flow(stream)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.#flows.delete(flow);
        onEnd();
        this.#wake();
      });
    this.#flows.add(flow);
  }

  /** No stream is added any more. */
  seal(): void {
    this.#state = this.#state === 'open' ? 'sealed' : this.#state;
    this.#wake();
  }

  /** What is thrown at the one who takes. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /**
   * What all streams give. Ends when it is sealed and every stream has ended.
   *
   * @throws what a stream has thrown, or `fail` was told
   */
  async *items(): AsyncGenerator<T, void> {
    try {
      for (;;) {
        const offer = this.#offers.shift();
        if (offer) {
          try {
            yield offer.item;
          } finally {
            offer.taken();
          }
        } else if (this.#failure) {
          throw this.#failure.error;
        } else if (this.#state === 'sealed' && this.#flows.size === 0) {
          return;
        } else {
          await new Promise<void>(resolve => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      this.#state = 'closed';
      this.#offers.splice(0).forEach(({ taken }) => taken());
    }
  }

  /** Returns when every stream has ended: they are ended by their own signal. */
  async ended(): Promise<void> {
    await Promise.all(this.#flows);
  }

  async #flow(stream: AsyncIterable<T>): Promise<void> {
    for await (const item of stream) {
      if (this.#state === 'closed') {
        return;
      }
      await new Promise<void>(taken => {
        this.#offers.push({ item, taken });
        this.#wake();
      });
    }
  }
}
