import { LineSplitter } from 'backstage-plugin-pipeline-demo-common';
import type { SplitLine } from 'backstage-plugin-pipeline-demo-common';

/** A time in nanoseconds, which one number cannot hold. */
export interface Stamp {
  /** Since the epoch. */
  readonly second: number;
  readonly nanos: number;
}

/** A line as the kubelet gives it. */
export interface StampedLine {
  /** Missing where the line is not of the container's log: see `StampedLines`. */
  readonly stamp?: Stamp;
  readonly text: string;
  /** Bytes that were cut from an over-long line. */
  readonly cut?: number;
}

const LINE_FEED = 0x0a;
const SPACE = 0x20;

/** "2026-11-24T14:10:14.846079296+01:00" has 35 characters. */
const MAX_STAMP_BYTES = 40;
const STAMP =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;
const NANO_DIGITS = 9;
const NANOS_PER_MS = 1e6;
const MS_PER_SECOND = 1000;

/** @returns undefined when the text is not a time in RFC 3339 */
export function parseStamp(text: string): Stamp | undefined {
  const [, time, fraction = '', zone] = STAMP.exec(text) ?? [];
  const ms = Date.parse(`${time}${zone}`);
  return Number.isNaN(ms)
    ? undefined
    : {
        second: ms / MS_PER_SECOND,
        nanos: Number(fraction.padEnd(NANO_DIGITS, '0')),
      };
}

/** RFC 3339 with nine digits of the second, UTC. */
export function formatStamp({ second, nanos }: Stamp): string {
  const fraction = String(nanos).padStart(NANO_DIGITS, '0');
  return formatSecond(second).replace('Z', `.${fraction}Z`);
}

/** RFC 3339 in whole seconds, UTC. */
export function formatSecond(second: number): string {
  return new Date(second * MS_PER_SECOND).toISOString().replace('.000', '');
}

/** Epoch milliseconds, cut. */
export function stampMs({ second, nanos }: Stamp): number {
  return second * MS_PER_SECOND + Math.floor(nanos / NANOS_PER_MS);
}

export function isAfter(a: Stamp, b: Stamp): boolean {
  return a.second === b.second ? a.nanos > b.nanos : a.second > b.second;
}

/**
 * The bytes of a container's log with timestamps to its lines, wherever the
 * bytes were split. The parts into which the runtime has cut a long line come
 * joined, under the time of the first one.
 *
 * A line without a stamp is not of the log. It is what the kubelet itself has
 * to say ("unable to retrieve container logs"), or, at the begin of a log that
 * is read from a time on, the rest of a long line whose first part is older.
 */
export class StampedLines {
  // Only the content passes here, so that a line is cut where it always is.
  readonly #splitter = new LineSplitter();
  readonly #head = Buffer.alloc(MAX_STAMP_BYTES);
  #headLength = 0;
  /** Whether the next byte belongs to the stamp of a line. */
  #inHead = true;
  #stamp: Stamp | undefined;

  /** The lines that these bytes complete. */
  push(bytes: Uint8Array): StampedLine[] {
    const lines: StampedLine[] = [];
    let from = 0;
    while (from < bytes.length) {
      if (this.#inHead) {
        from = this.#readHead(bytes, from);
      } else {
        const lineFeed = bytes.indexOf(LINE_FEED, from);
        const to = lineFeed < 0 ? bytes.length : lineFeed + 1;
        lines.push(
          ...this.#take(this.#splitter.push(bytes.subarray(from, to))),
        );
        from = to;
      }
    }
    return lines;
  }

  /** The line at the end of the log that has no terminator, if there is one. */
  flush(): StampedLine[] {
    if (this.#inHead && this.#headLength > 0) {
      this.#endHead();
    }
    return this.#take(this.#splitter.flush());
  }

  /** @returns where reading goes on */
  #readHead(bytes: Uint8Array, from: number): number {
    for (let index = from; index < bytes.length; index += 1) {
      const isFull = this.#headLength === MAX_STAMP_BYTES;
      if (bytes[index] === LINE_FEED || isFull) {
        this.#endHead();
        return index;
      }
      this.#head[this.#headLength] = bytes[index];
      this.#headLength += 1;
      if (bytes[index] === SPACE) {
        this.#endHead();
        return index + 1;
      }
    }
    return bytes.length;
  }

  #endHead(): void {
    const head = this.#head.subarray(0, this.#headLength);
    this.#stamp = parseStamp(head.toString('latin1').trimEnd());
    if (!this.#stamp) {
      this.#splitter.push(head);
    }
    this.#headLength = 0;
    this.#inHead = false;
  }

  #take(complete: readonly SplitLine[]): StampedLine[] {
    return complete.map(({ text, cut }) => {
      const stamp = this.#stamp;
      this.#stamp = undefined;
      this.#inHead = true;
      return cut === undefined ? { stamp, text } : { stamp, text, cut };
    });
  }
}
