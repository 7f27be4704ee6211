import { colourOfIndex, colourOfRgb } from './ansiColour';
import type { AnsiColour } from './ansiColour';

/** How a piece of text looks; what is missing is the theme's default. */
export interface AnsiStyle {
  readonly colour?: AnsiColour;
  readonly background?: AnsiColour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly reverse?: boolean;
}

const PLAIN: AnsiStyle = {};

/** The style after an escape sequence; the same one when it is not about style. */
export function sgr(style: AnsiStyle, sequence: string): AnsiStyle {
  const parameters = /^.\[([\d;:]*)m$/.exec(sequence)?.[1];
  if (parameters === undefined) {
    return style;
  }
  const codes = parameters.split(/[;:]/).map(Number);
  let next = style;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at];
    if (code === 38 || code === 48) {
      const extended = extendedColour(codes, at + 1);
      at += extended.length;
      next =
        code === 38
          ? { ...next, colour: extended.colour }
          : { ...next, background: extended.colour };
    } else {
      next = withCode(next, code);
    }
  }
  return next;
}

function withCode(style: AnsiStyle, code: number): AnsiStyle {
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 7:
      return { ...style, reverse: true };
    case 22:
      return { ...style, bold: undefined, dim: undefined };
    case 23:
      return { ...style, italic: undefined };
    case 24:
      return { ...style, underline: undefined };
    case 27:
      return { ...style, reverse: undefined };
    case 39:
      return { ...style, colour: undefined };
    case 49:
      return { ...style, background: undefined };
    default:
      return withBasicColour(style, code);
  }
}

function withBasicColour(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) {
    return { ...style, colour: colourOfIndex(code - 30) };
  }
  if (code >= 90 && code <= 97) {
    return { ...style, colour: colourOfIndex(code - 90 + 8) };
  }
  if (code >= 40 && code <= 47) {
    return { ...style, background: colourOfIndex(code - 40) };
  }
  if (code >= 100 && code <= 107) {
    return { ...style, background: colourOfIndex(code - 100 + 8) };
  }
  return style;
}

/** `5;n` or `2;r;g;b`, and how many codes that was. */
function extendedColour(
  codes: readonly number[],
  at: number,
): { readonly colour?: AnsiColour; readonly length: number } {
  if (codes[at] === 5) {
    return { colour: colourOfIndex(codes[at + 1] ?? 0), length: 2 };
  }
  if (codes[at] === 2) {
    const [red = 0, green = 0, blue = 0] = codes.slice(at + 1, at + 4);
    return { colour: colourOfRgb(red, green, blue), length: 4 };
  }
  return { length: 0 };
}
