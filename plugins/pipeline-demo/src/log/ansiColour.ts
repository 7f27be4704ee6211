/**
 * The colours that both themes show with a contrast of 4.5:1 on the log. Every
 * other colour is mapped to the nearest of these; undefined is the default.
 */
export type AnsiColour =
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'grey';

const BASIC: readonly (AnsiColour | undefined)[] = [
  undefined,
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  undefined,
];
const BRIGHT_BLACK = 8;
/** 6 x 6 x 6 colours from 16 to 231, then 24 greys. */
const CUBE = { first: 16, side: 6, last: 231 } as const;
const CUBE_LEVELS: readonly number[] = [0, 95, 135, 175, 215, 255];
/** Of 24 greys, the ends are black and white: those are the theme's default. */
const MIDDLE_GREYS = { first: 236, last: 248 } as const;

/** Below this difference of its parts, a colour is a grey. */
const GREY_CHROMA = 40;
/** Greys between these are grey; darker and brighter ones the theme's default. */
const GREY_LEVELS = { dark: 60, bright: 200 } as const;
/** Up to these degrees of the colour circle. */
const HUES: readonly (readonly [number, AnsiColour])[] = [
  [20, 'red'],
  [70, 'yellow'],
  [160, 'green'],
  [200, 'cyan'],
  [260, 'blue'],
  [335, 'magenta'],
  [360, 'red'],
];

/** One of the 256 colours of a terminal. */
export function colourOfIndex(index: number): AnsiColour | undefined {
  if (index < CUBE.first) {
    return index === BRIGHT_BLACK ? 'grey' : BASIC[index % BASIC.length];
  }
  if (index <= CUBE.last) {
    const place = index - CUBE.first;
    const level = (divisor: number) =>
      CUBE_LEVELS[Math.floor(place / divisor) % CUBE.side];
    return colourOfRgb(level(CUBE.side ** 2), level(CUBE.side), level(1));
  }
  return index >= MIDDLE_GREYS.first && index <= MIDDLE_GREYS.last
    ? 'grey'
    : undefined;
}

/** A true colour; parts from 0 to 255. */
export function colourOfRgb(
  red: number,
  green: number,
  blue: number,
): AnsiColour | undefined {
  const high = Math.max(red, green, blue);
  const chroma = high - Math.min(red, green, blue);
  if (chroma < GREY_CHROMA) {
    return high > GREY_LEVELS.dark && high < GREY_LEVELS.bright
      ? 'grey'
      : undefined;
  }
  const hue = hueOf(red, green, blue, high, chroma);
  return HUES.find(([to]) => hue <= to)?.[1];
}

/** Degrees, from 0 to 360. */
function hueOf(
  red: number,
  green: number,
  blue: number,
  high: number,
  chroma: number,
): number {
  const sextant = () => {
    if (high === red) {
      return (green - blue) / chroma;
    }
    return high === green
      ? (blue - red) / chroma + 2
      : (red - green) / chroma + 4;
  };
  return (sextant() * 60 + 360) % 360;
}
