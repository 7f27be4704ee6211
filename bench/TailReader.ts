import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** As often as it can be without being in the way. */
const LOOK_MS = 2;
const READ_BYTES = 256 * 1024;

/** A line, and when it was there. */
export interface ReadLine {
  readonly text: string;
  /** In milliseconds of `performance.now()`. */
  readonly receivedAt: number;
}

/**
 * What `tail -f` does, and nothing more: the floor of every measurement. The
 * file need not be there yet.
 */
export class TailReader {
  readonly lines: ReadLine[] = [];
  readonly #file: string;
  readonly #buffer = Buffer.alloc(READ_BYTES);
  readonly #look: NodeJS.Timeout;
  #fd: number | undefined;
  #rest = '';

  private constructor(file: string) {
    this.#file = file;
    this.#look = setInterval(() => this.#read(), LOOK_MS);
  }

  static follow(file: string): TailReader {
    return new TailReader(file);
  }

  close(): void {
    clearInterval(this.#look);
    if (this.#fd !== undefined) {
      closeSync(this.#fd);
    }
  }

  #read(): void {
    if (this.#fd === undefined) {
      if (!existsSync(this.#file)) {
        return;
      }
      this.#fd = openSync(this.#file, 'r');
    }
    const length = readSync(this.#fd, this.#buffer);
    if (length === 0) {
      return;
    }
    const receivedAt = performance.now();
    const texts = (
      this.#rest + this.#buffer.toString('latin1', 0, length)
    ).split('\n');
    this.#rest = texts.pop() ?? '';
    texts.forEach(text => this.lines.push({ text, receivedAt }));
  }
}
