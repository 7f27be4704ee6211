import { closeSync, fstatSync, openSync } from 'node:fs';

/** A log that others write to, and whose size is looked at. */
export class GrowingLog {
  readonly fd: number;
  #size = 0;

  private constructor(fd: number) {
    this.fd = fd;
  }

  static open(file: string): GrowingLog {
    return new GrowingLog(openSync(file, 'a'));
  }

  /** Bytes at the last look. */
  get size(): number {
    return this.#size;
  }

  /** @returns its size, when it has grown since the last look */
  grown(): number | undefined {
    const { size } = fstatSync(this.fd);
    if (size <= this.#size) {
      return undefined;
    }
    this.#size = size;
    return size;
  }

  close(): void {
    closeSync(this.fd);
  }
}
