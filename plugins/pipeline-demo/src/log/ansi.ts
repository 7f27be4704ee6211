import { sgr } from './sgr';
import type { AnsiStyle } from './sgr';

/** Text in one style. */
export interface AnsiSegment {
  readonly text: string;
  readonly style: AnsiStyle;
}

/** A line without its control characters. */
export interface AnsiLine {
  readonly segments: readonly AnsiSegment[];
  /** How often the line was written over in place, as progress bars do. */
  readonly overwrites: number;
}

const BELL = 0x07;
const TAB = 0x09;
const RETURN = 0x0d;
const ESCAPE = 0x1b;
const SPACE = 0x20;
const DELETE = 0x7f;
const LAST_C1 = 0x9f;

/**
 * Reads the colours of a line, and drops every other control sequence. Of a
 * line that was written over (carriage returns), the last state is left.
 */
export function parseAnsi(text: string): AnsiLine {
  let segments: AnsiSegment[] = [];
  let shown: readonly AnsiSegment[] = segments;
  let style: AnsiStyle = {};
  let returns = 0;
  let at = 0;
  while (at < text.length) {
    const end = endOfText(text, at);
    if (end > at) {
      segments.push({ text: text.slice(at, end), style });
      shown = segments;
      at = end;
      continue;
    }
    const code = text.charCodeAt(at);
    if (code === ESCAPE) {
      const after = endOfEscape(text, at);
      style = sgr(style, text.slice(at, after));
      at = after;
    } else {
      if (code === RETURN) {
        returns += shown === segments && segments.length > 0 ? 1 : 0;
        segments = [];
      }
      at += 1;
    }
  }
  // A carriage return at the very end has not overwritten anything yet.
  return {
    segments: shown,
    overwrites: shown === segments ? returns : Math.max(0, returns - 1),
  };
}

/** The text that `parseAnsi` shows: what is searched. */
export function plainText(text: string): string {
  return endOfText(text, 0) === text.length
    ? text
    : parseAnsi(text)
        .segments.map(segment => segment.text)
        .join('');
}

function isControl(code: number): boolean {
  return (code < SPACE && code !== TAB) || (code >= DELETE && code <= LAST_C1);
}

function endOfText(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isControl(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

/** The place after the control sequence that begins at `from`. */
function endOfEscape(text: string, from: number): number {
  const kind = text[from + 1] ?? '';
  if (kind === '[') {
    return skip(text, from + 2, 0x20, 0x3f) + 1;
  }
  if (kind !== '' && ']PX^_'.includes(kind)) {
    return endOfString(text, from + 2);
  }
  return skip(text, from + 1, 0x20, 0x2f) + 1;
}

/** Titles and links end with BEL or with ESC \. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BELL) {
      return at + 1;
    }
    if (code === ESCAPE) {
      return at + 2;
    }
  }
  return text.length;
}

function skip(text: string, from: number, low: number, high: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code < low || code > high) {
      break;
    }
    at += 1;
  }
  return at;
}
