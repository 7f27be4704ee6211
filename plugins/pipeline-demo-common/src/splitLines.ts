/** Longer lines are cut to this many bytes, as container runtimes do. @public */
export const MAX_LINE_BYTES = 16 * 1024;

/** A line without its terminator. @public */
export interface SplitLine {
  readonly text: string;
  /** Bytes that were cut from an over-long line. */
  readonly cut?: number;
  /** Bytes since the splitter was made, up to and with the line's terminator. */
  readonly end: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** UTF-8 needs at most this many bytes for a character. */
const MAX_CHARACTER_BYTES = 4;
/** What a database cannot store in a text, made visible. */
const VISIBLE_NUL = '\u2400';

/**
 * Bytes to lines, wherever the bytes were split: inside a character, between
 * CR and LF. LF and CRLF end a line; a lone CR stays in the text, since a
 * progress bar is one line that is overwritten. What is not UTF-8 becomes
 * U+FFFD, and NUL becomes U+2400.
 *
 * Holds at most one line of `MAX_LINE_BYTES`, however long the line is.
 *
 * @public
 */
export class LineSplitter {
  // The decoder never sees half a character, so it can be shared by all lines.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** The begin of the open line, with one byte more than a line may have. */
  readonly #kept = new Uint8Array(MAX_LINE_BYTES + 1);
  #keptLength = 0;
  /** Bytes of the open line, kept or not. */
  #lineLength = 0;
  #lastByte = 0;
  #end = 0;

  /** The lines that these bytes complete. */
  push(bytes: Uint8Array): SplitLine[] {
    const lines: SplitLine[] = [];
    let from = 0;
    for (;;) {
      const to = bytes.indexOf(LINE_FEED, from);
      if (to < 0) {
        this.#keep(bytes.subarray(from));
        return lines;
      }
      this.#keep(bytes.subarray(from, to));
      this.#end += 1;
      lines.push(this.#take(this.#lastByte === CARRIAGE_RETURN ? 1 : 0));
      from = to + 1;
    }
  }

  /** The line at the end of the output that has no terminator, if there is one. */
  flush(): SplitLine[] {
    return this.#lineLength === 0 ? [] : [this.#take(0)];
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) {
      return;
    }
    const part = bytes.subarray(0, this.#kept.length - this.#keptLength);
    this.#kept.set(part, this.#keptLength);
    this.#keptLength += part.length;
    this.#lineLength += bytes.length;
    this.#lastByte = bytes[bytes.length - 1];
    this.#end += bytes.length;
  }

  #take(terminatorBytes: number): SplitLine {
    const length = this.#lineLength - terminatorBytes;
    const shown = length <= MAX_LINE_BYTES ? length : seam(this.#kept);
    const text = this.#decoder
      .decode(this.#kept.subarray(0, shown))
      .replaceAll('\0', VISIBLE_NUL);
    this.#keptLength = 0;
    this.#lineLength = 0;
    this.#lastByte = 0;
    return shown < length
      ? { text, cut: length - shown, end: this.#end }
      : { text, end: this.#end };
  }
}

/** Where an over-long line is cut: at its limit, or before the character that crosses it. */
function seam(line: Uint8Array): number {
  const isInside = (index: number) => (line[index] & 0xc0) === 0x80;
  for (let back = 0; back < MAX_CHARACTER_BYTES; back += 1) {
    if (!isInside(MAX_LINE_BYTES - back)) {
      return MAX_LINE_BYTES - back;
    }
  }
  return MAX_LINE_BYTES; // Not UTF-8: one place is as good as another.
}
