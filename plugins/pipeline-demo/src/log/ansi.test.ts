import { parseAnsi, plainText } from './ansi';

const ESC = '\u001b';

/** Marks the styles: `<red bold>text</>`. */
function show(text: string): string {
  return parseAnsi(text)
    .segments.map(segment => {
      const { colour, background, ...flags } = segment.style;
      const names = [
        ...(colour ? [colour] : []),
        ...(background ? [`on-${background}`] : []),
        ...Object.entries(flags)
          .filter(([, value]) => value)
          .map(([name]) => name),
      ];
      return names.length > 0
        ? `<${names.join(' ')}>${segment.text}</>`
        : segment.text;
    })
    .join('');
}

describe('parseAnsi', () => {
  it.each([
    ['plain text', 'plain text'],
    ['', ''],
    [`${ESC}[31mred${ESC}[0m plain`, '<red>red</> plain'],
    [`${ESC}[1;33mboth${ESC}[m off`, '<yellow bold>both</> off'],
    [`${ESC}[92mbright${ESC}[39m off`, '<green>bright</> off'],
    [`${ESC}[90mgrey`, '<grey>grey</>'],
    [`${ESC}[30mblack${ESC}[37m white`, 'black white'],
    [`${ESC}[2;3;4mx${ESC}[22;23;24my`, '<dim italic underline>x</>y'],
    [`${ESC}[7mx${ESC}[27my`, '<reverse>x</>y'],
    [`${ESC}[44;37mx${ESC}[49my`, '<on-blue>x</>y'],
    [`${ESC}[38;5;196mx`, '<red>x</>'],
    [`${ESC}[38;5;46mx`, '<green>x</>'],
    [`${ESC}[38;5;244mx`, '<grey>x</>'],
    [`${ESC}[38;5;255mx`, 'x'],
    [`${ESC}[38;2;80;180;255mx`, '<blue>x</>'],
    [`${ESC}[48;2;250;0;250mx`, '<on-magenta>x</>'],
    [`${ESC}[38:2:0:200:200mx`, '<cyan>x</>'],
    [`${ESC}[38;5;9;1mx`, '<red bold>x</>'],
  ])('%j', (text, expected) => {
    expect(show(text)).toBe(expected);
  });

  it.each([
    ['cursor moves', `a${ESC}[2Kb${ESC}[10;3Hc${ESC}[?25ld`, 'abcd'],
    ['titles', `${ESC}]0;title\u0007a${ESC}]0;t${ESC}\\b`, 'ab'],
    ['links', `${ESC}]8;;https://x.example${ESC}\\text`, 'text'],
    ['character sets', `${ESC}(Ba${ESC}=b`, 'ab'],
    ['control characters', 'a\u0000b\u0008c\u009bd\te', 'abcd\te'],
    ['a cut sequence', `a${ESC}[3`, 'a'],
    ['a lonely escape', `a${ESC}`, 'a'],
  ])('drops %s', (_, text, expected) => {
    expect(show(text)).toBe(expected);
  });

  it('leaves the last state of a line that was written over', () => {
    const line = parseAnsi('1 %\r50 %\r100 %');
    expect(line.segments.map(segment => segment.text)).toEqual(['100 %']);
    expect(line.overwrites).toBe(2);
  });

  it('does not overwrite with nothing', () => {
    const line = parseAnsi('1 %\r100 %\r');
    expect(line.segments.map(segment => segment.text)).toEqual(['100 %']);
    expect(line.overwrites).toBe(1);
    expect(parseAnsi('text\r').overwrites).toBe(0);
  });

  it('keeps the colour over a carriage return', () => {
    expect(show(`${ESC}[32m1 %\r2 %`)).toBe('<green>2 %</>');
  });
});

describe('plainText', () => {
  it('is what is shown', () => {
    expect(plainText('as it is')).toBe('as it is');
    expect(plainText(`1\r${ESC}[31mred${ESC}[0m!`)).toBe('red!');
  });
});
