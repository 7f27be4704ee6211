import { parseAnsi } from './ansi';
import { linkRanges } from './links';
import { pieces } from './pieces';

const ESC = '\u001b';

describe('linkRanges', () => {
  it.each([
    ['see https://x.example/a?b=c#d.', 'https://x.example/a?b=c#d'],
    ['(http://x.example)', 'http://x.example'],
    ['"https://x.example" y', 'https://x.example'],
  ])('%j', (text, url) => {
    expect(linkRanges(text).map(range => text.slice(...range))).toEqual([url]);
  });

  it.each(['data:text/html,hi', 'ftp://x.example', 'xhttps//y', 'https://'])(
    'nothing in %j',
    text => {
      expect(linkRanges(text)).toEqual([]);
    },
  );
});

describe('pieces', () => {
  it('are the segments when there is nothing to mark', () => {
    const { segments } = parseAnsi(`a${ESC}[31mb`);
    expect(pieces(segments, [], [])).toEqual([
      { text: 'a', style: {}, marked: false },
      { text: 'b', style: { colour: 'red' }, marked: false },
    ]);
  });

  it('are cut at matches, also across colours', () => {
    const { segments } = parseAnsi(`ab${ESC}[31mcd`);
    expect(
      pieces(segments, [[1, 3]], []).map(({ text, marked }) => [text, marked]),
    ).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
      ['d', false],
    ]);
  });

  it('keep the whole address where a match is inside of it', () => {
    const text = 'go http://x.example/abc now';
    const result = pieces(
      parseAnsi(text).segments,
      [[20, 23]],
      linkRanges(text),
    );
    expect(result.map(piece => piece.text).join('')).toBe(text);
    expect(result.filter(piece => piece.href)).toMatchObject([
      { text: 'http://x.example/', marked: false },
      { text: 'abc', marked: true, href: 'http://x.example/abc' },
    ]);
  });
});
