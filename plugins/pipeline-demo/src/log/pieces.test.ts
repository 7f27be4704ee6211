import { parseAnsi } from './ansi';
import { textLinks } from './links';
import { pieces } from './pieces';

const ESC = '\u001b';

const TASKS = new Set(['GENERATE:1', 'ANALYZE:3', 'ANALYZE:12', 'REPORT']);

describe('textLinks to addresses', () => {
  it.each([
    ['see https://x.example/a?b=c#d.', 'https://x.example/a?b=c#d'],
    ['(http://x.example)', 'http://x.example'],
    ['"https://x.example" y', 'https://x.example'],
  ])('%j', (text, url) => {
    const links = textLinks(text, TASKS);
    expect(links).toMatchObject([{ target: { type: 'address', href: url } }]);
    expect(text.slice(...links[0].range)).toBe(url);
  });

  it.each(['data:text/html,hi', 'ftp://x.example', 'xhttps//y', 'https://'])(
    'nothing in %j',
    text => {
      expect(textLinks(text, TASKS)).toEqual([]);
    },
  );
});

describe('textLinks to tasks', () => {
  it.each([
    ['GENERATE:1 is done', [['GENERATE:1', 'GENERATE:1']]],
    ['(ANALYZE:12), then REPORT.', [['ANALYZE:12'], ['REPORT']]],
    ['ANALYZE:3: no space left', [['ANALYZE:3']]],
    [
      '[ANALYZE_3] Submitted process > ANALYZE (3)',
      [
        ['ANALYZE_3', 'ANALYZE:3'],
        ['ANALYZE (3)', 'ANALYZE:3'],
      ],
    ],
    ['[REPORT] Submitted process > REPORT', [['REPORT'], ['REPORT']]],
  ])('%j', (text, expected) => {
    expect(
      textLinks(text, TASKS).map(({ range, target }) => [
        text.slice(...range),
        target,
      ]),
    ).toEqual(
      expected.map(([shown, task = shown]) => [shown, { type: 'task', task }]),
    );
  });

  it.each([
    ['a task the plan has not', 'ANALYZE:4 ANALYZE (4) [ANALYZE_4] ANALYZE:03'],
    ['a process', 'ANALYZE GENERATE (all) ANALYZE:'],
    ['a part of a word', 'REPORTS REPORT_1 MY_REPORT XANALYZE:3 ANALYZE:3x'],
    ['a part of a path', '/data/REPORT/x REPORT.html ANALYZE:3/out a-REPORT'],
    ['a work name outside of brackets', 'ANALYZE_3'],
    ['other letters', 'report analyze:3'],
  ])('none for %s', (_, text) => {
    expect(textLinks(text, TASKS)).toEqual([]);
  });

  it('none inside an address', () => {
    expect(
      textLinks('http://x.example/?task=ANALYZE:3&REPORT', TASKS),
    ).toMatchObject([{ target: { type: 'address' } }]);
  });
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
      textLinks(text, TASKS),
    );
    expect(result.map(piece => piece.text).join('')).toBe(text);
    expect(result.filter(piece => piece.target)).toMatchObject([
      { text: 'http://x.example/', marked: false },
      { text: 'abc', marked: true, target: { href: 'http://x.example/abc' } },
    ]);
  });
});
