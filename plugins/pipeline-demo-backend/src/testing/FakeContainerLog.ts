/** The output of one container, as its kubelet keeps it. */
export class FakeContainerLog {
  readonly lines: { readonly stamp: string; readonly text: string }[] = [];
  readonly #listeners = new Set<() => void>();
  #hasEnded = false;

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  write(text: string): void {
    const stamp = new Date().toISOString().replace('Z', '000000Z');
    this.lines.push({ stamp, text });
    this.#tell();
  }

  end(): void {
    this.#hasEnded = true;
    this.#tell();
  }

  /** @returns what ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    [...this.#listeners].forEach(listener => listener());
  }
}
