import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { colourOfIndex, colourOfRgb } from './ansiColour';
import type { AnsiColour } from './ansiColour';

type Rgb = readonly [red: number, green: number, blue: number];

/** What WCAG 2 asks of text of this size. */
const LEAST_CONTRAST = 4.5;
/** How much of a background's colour there is, as `.onColour` has it. */
const WASH_SHARE = 0.24;
/** Each token is declared once a theme, in this order. */
const THEMES = ['light', 'dark'] as const;
const COLOURS: readonly AnsiColour[] = [
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'grey',
];
// By path: a style sheet that is imported is empty in a test.
const ROW_CSS = readFileSync(join(__dirname, 'LogRow.module.css'), 'utf8');
/** How much of the text's colour there is behind a line that is linked. */
const LINKED_SHARE =
  Number(/\.linked \{[^}]*fg-primary\) (\d+)%/.exec(ROW_CSS)?.[1]) / 100;
const TOKENS = readFileSync(
  join(dirname(require.resolve('@backstage/ui')), 'css/styles.css'),
  'utf8',
);

describe.each(THEMES)('colours of the terminal in the %s theme', theme => {
  const token = (name: string): Rgb => {
    const declared = [
      ...TOKENS.matchAll(new RegExp(`${name}:\\s*([^;}]+)`, 'g')),
    ];
    const value =
      declared[Math.min(declared.length - 1, THEMES.indexOf(theme))];
    return resolve(value[1].trim());
  };
  const resolve = (value: string): Rgb => {
    const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
    return name ? token(name) : rgbOf(value);
  };
  /** The colour that a rule gives, by one token or half of each of two. */
  const colourOf = (selector: string, property: string): Rgb => {
    const rule = new RegExp(`\\.${selector}(?:,[^{]*)? \\{([^}]*)\\}`).exec(
      ROW_CSS,
    )?.[1];
    const value = new RegExp(`(?:^|\\s)${property}: ([^;]*);`).exec(
      rule ?? '',
    )?.[1];
    const [first, second] = [
      ...(value ?? '').matchAll(/var\((--[\w-]+)\)/g),
    ].map(match => token(match[1]));
    if (first === undefined) {
      throw new Error(`No ${property} of .${selector}`);
    }
    if (second === undefined) {
      return first;
    }
    return value?.includes('in oklch')
      ? mixInOklch(first, second)
      : mix(first, second, 0.5);
  };
  const page = token('--bui-bg-app');
  const text = token('--bui-fg-primary');

  it.each(COLOURS)('%s can be read', colour => {
    expect(contrast(colourOf(colour, 'color'), page)).toBeGreaterThanOrEqual(
      LEAST_CONTRAST,
    );
  });

  it.each(COLOURS)('%s can be read on a line that is linked', colour => {
    const linked = mix(text, page, LINKED_SHARE);
    const shown = colour === 'grey' ? String.raw`linked \.grey` : colour;
    expect(contrast(colourOf(shown, 'color'), linked)).toBeGreaterThanOrEqual(
      LEAST_CONTRAST,
    );
  });

  it.each(COLOURS)('text on %s can be read', colour => {
    const wash = mix(colourOf(`on-${colour}`, '--wash'), page, WASH_SHARE);
    expect(contrast(text, wash)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  });

  it('what has no colour, or is turned round, can be read', () => {
    expect(contrast(text, page)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  });
});

describe('every colour of a terminal', () => {
  const known: readonly (AnsiColour | undefined)[] = [undefined, ...COLOURS];

  it('is one of those that can be read, by number', () => {
    for (let index = 0; index < 256; index += 1) {
      expect(known).toContain(colourOfIndex(index));
    }
  });

  it('is one of those that can be read, as a true colour', () => {
    for (let value = 0; value < 256 ** 3; value += 4_099) {
      const [red, green, blue] = partsOf(value);
      expect(known).toContain(colourOfRgb(red, green, blue));
    }
  });
});

function partsOf(value: number): Rgb {
  return [
    Math.floor(value / 65_536),
    Math.floor(value / 256) % 256,
    value % 256,
  ];
}

function rgbOf(hex: string): Rgb {
  const digits = /^#([\da-f]{6}|[\da-f]{3})$/i.exec(hex)?.[1];
  if (digits === undefined) {
    throw new Error(`Not a colour: ${hex}`);
  }
  const full = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  return partsOf(parseInt(full, 16));
}

function mix(over: Rgb, under: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => over[at] * share + under[at] * (1 - share);
  return [part(0), part(1), part(2)];
}

/** As WCAG 2 defines it: from 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** What is outside of sRGB is clipped. */
function encoded(value: number): number {
  const share = Math.min(1, Math.max(0, value));
  return (
    255 *
    (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055)
  );
}

/** Half of each, by the shorter way around the circle of hues, as CSS does. */
function mixInOklch(one: Rgb, other: Rgb): Rgb {
  const [l1, a1, b1] = oklab(one);
  const [l2, a2, b2] = oklab(other);
  const from = Math.atan2(b1, a1);
  const turn = Math.atan2(b2, a2) - from;
  const hue = from + Math.atan2(Math.sin(turn), Math.cos(turn)) / 2;
  const chroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  return fromOklab(
    (l1 + l2) / 2,
    chroma * Math.cos(hue),
    chroma * Math.sin(hue),
  );
}

/** The numbers are those of CSS Color 4. */
function oklab(colour: Rgb): readonly [l: number, a: number, b: number] {
  const [red, green, blue] = colour.map(linear);
  const l = Math.cbrt(
    0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
  );
  const m = Math.cbrt(
    0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
  );
  const s = Math.cbrt(
    0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
  );
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab(lightness: number, a: number, b: number): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
