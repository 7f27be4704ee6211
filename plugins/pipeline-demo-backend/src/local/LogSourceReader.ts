import type { FileHandle } from 'node:fs/promises';
import { LineSplitter } from 'backstage-plugin-pipeline-demo-common';
import type { SplitLine } from 'backstage-plugin-pipeline-demo-common';
import type { LogChunk, LogSource, ResumePoint } from '../ports/Engine';
import { openIfThere } from './AppendedLines';
import { changedAt } from './DriverWatch';

const READ_BYTES = 64 * 1024;

/** Where reading begins. */
export interface LogStart {
  /** Undefined: with the first byte. */
  readonly resume: ResumePoint | undefined;
  /** No line is older: epoch milliseconds. */
  readonly startedAt: number;
}

/**
 * Reads the log of one source, from the byte where its resume point says that
 * a line begins. Every line has the time of the first stamp that covers its
 * end, so reading it again gives the same line with the same time.
 */
export class LogSourceReader {
  readonly #source: LogSource;
  readonly #file: string;
  readonly #splitter = new LineSplitter();
  readonly #buffer = Buffer.alloc(READ_BYTES);
  #handle: FileHandle | undefined;
  /** Where the splitter's count of bytes begins. */
  #base: number;
  /** The next byte to read. */
  #position: number;
  #lastAt: number;

  private constructor(source: LogSource, file: string, start: LogStart) {
    const offset = Number(start.resume ?? 0);
    this.#source = source;
    this.#file = file;
    this.#base = offset;
    this.#position = offset;
    this.#lastAt = start.startedAt;
  }

  /** The file need not be there yet. */
  static create(
    source: LogSource,
    file: string,
    start: LogStart,
  ): LogSourceReader {
    return new LogSourceReader(source, file, start);
  }

  /** The lines up to a stamp's offset. */
  async *readTo(offset: number, at: number): AsyncGenerator<LogChunk> {
    while (this.#position < offset) {
      const bytes = await this.#read(offset - this.#position);
      if (bytes.length === 0) {
        yield* this.#skipTo(offset, at);
        return;
      }
      yield* this.#chunk(this.#splitter.push(bytes), at);
    }
    this.#lastAt = Math.max(this.#lastAt, at);
  }

  /** The last line, when it has no terminator: no more is to come. */
  *flush(): Generator<LogChunk> {
    yield* this.#chunk(this.#splitter.flush(), this.#lastAt);
  }

  /** What no stamp covers, since nobody was left to make one. */
  async *drain(): AsyncGenerator<LogChunk> {
    const at = Math.max(this.#lastAt, await changedAt(this.#file));
    for (;;) {
      const bytes = await this.#read(READ_BYTES);
      if (bytes.length === 0) {
        break;
      }
      yield* this.#chunk(this.#splitter.push(bytes), at);
    }
    this.#lastAt = at;
    yield* this.flush();
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  /** The task, or somebody else, made the log shorter than it had been. */
  *#skipTo(offset: number, at: number): Generator<LogChunk> {
    this.#base += offset - this.#position;
    this.#position = offset;
    yield {
      type: 'gap',
      source: this.#source,
      from: this.#lastAt,
      to: at,
      reason: 'The log became shorter than it had been.',
      resume: String(offset),
    };
  }

  async #read(atMost: number): Promise<Uint8Array> {
    this.#handle ??= await openIfThere(this.#file);
    if (!this.#handle) {
      return this.#buffer.subarray(0, 0);
    }
    const { bytesRead } = await this.#handle.read(
      this.#buffer,
      0,
      Math.min(atMost, READ_BYTES),
      this.#position,
    );
    this.#position += bytesRead;
    return this.#buffer.subarray(0, bytesRead);
  }

  *#chunk(lines: readonly SplitLine[], at: number): Generator<LogChunk> {
    const last = lines.at(-1);
    if (last) {
      yield {
        type: 'lines',
        source: this.#source,
        lines: lines.map(({ text, cut }) =>
          cut === undefined ? { at, text } : { at, text, cut },
        ),
        resume: String(this.#base + last.end),
      };
    }
  }
}
