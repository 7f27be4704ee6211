/** A line without its number. */
export interface PlainLine {
  readonly text: string;
  readonly cut?: number;
}

/** Longer lines are cut, as the page says. */
const MAX_LINE_BYTES = 16 * 1024;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * What bytes are as lines, in the plainest way: LF and CRLF end a line, NUL is
 * made visible, what is not UTF-8 is U+FFFD, and long lines are cut.
 */
export function plainLines(bytes: Buffer): readonly PlainLine[] {
  const lines: PlainLine[] = [];
  for (let from = 0; from < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, from);
    const to = feed < 0 ? bytes.length : feed;
    const end =
      feed >= 0 && bytes[to - 1] === CARRIAGE_RETURN && to > from ? to - 1 : to;
    const cut = Math.max(0, end - from - MAX_LINE_BYTES);
    const text = bytes
      .toString('utf8', from, end - cut)
      .replaceAll('\0', '\u2400');
    lines.push(cut > 0 ? { text, cut } : { text });
    from = to + 1;
  }
  return lines;
}
