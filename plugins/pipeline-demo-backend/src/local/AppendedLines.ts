import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { errorCode } from './runFolder';

const READ_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/**
 * The lines of a file that is only appended to, as they come. A line that is
 * not complete yet, or was torn by a full disk, is left where it is.
 */
export class AppendedLines {
  readonly #file: string;
  readonly #buffer = Buffer.alloc(READ_BYTES);
  #handle: FileHandle | undefined;
  #offset = 0;

  private constructor(file: string) {
    this.#file = file;
  }

  /** The file need not be there yet. */
  static of(file: string): AppendedLines {
    return new AppendedLines(file);
  }

  /** Lines that were not read before, some at a time; empty when there are none now. */
  async read(): Promise<readonly string[]> {
    this.#handle ??= await openIfThere(this.#file);
    if (!this.#handle) {
      return [];
    }
    const { bytesRead } = await this.#handle.read(
      this.#buffer,
      0,
      READ_BYTES,
      this.#offset,
    );
    const complete =
      this.#buffer.subarray(0, bytesRead).lastIndexOf(LINE_FEED) + 1;
    if (complete === 0) {
      return [];
    }
    this.#offset += complete;
    return this.#buffer.toString('utf8', 0, complete - 1).split('\n');
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}

/** @returns undefined when there is no such file */
export async function openIfThere(
  file: string,
): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
