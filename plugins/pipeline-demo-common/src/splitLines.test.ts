import fc from 'fast-check';
import { LineSplitter, MAX_LINE_BYTES } from './splitLines';
import type { SplitLine } from './splitLines';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function split(...chunks: Uint8Array[]): SplitLine[] {
  const splitter = new LineSplitter();
  const lines = chunks.flatMap(chunk => splitter.push(chunk));
  return [...lines, ...splitter.flush()];
}

/** The bytes in pieces that end at these offsets. */
function piecesOf(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...cuts, bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

describe('lines', () => {
  it.each<[string, string, SplitLine[]]>([
    ['nothing', '', []],
    [
      'LF',
      'a\nb\n',
      [
        { text: 'a', end: 2 },
        { text: 'b', end: 4 },
      ],
    ],
    [
      'CRLF',
      'a\r\nb\r\n',
      [
        { text: 'a', end: 3 },
        { text: 'b', end: 6 },
      ],
    ],
    [
      'no last LF',
      'a\nb',
      [
        { text: 'a', end: 2 },
        { text: 'b', end: 3 },
      ],
    ],
    ['empty lines', '\n\r\n\n', [1, 3, 4].map(end => ({ text: '', end }))],
    ['a lone CR', '10%\r20%\r\n', [{ text: '10%\r20%', end: 9 }]],
    ['a CR at the end', 'a\r', [{ text: 'a\r', end: 2 }]],
    ['CR CR LF', 'a\r\r\n', [{ text: 'a\r', end: 4 }]],
    ['characters of 2, 3 and 4 bytes', 'é€😀\n', [{ text: 'é€😀', end: 10 }]],
    ['a byte order mark', '\ufeffa\n', [{ text: '\ufeffa', end: 5 }]],
    ['NUL', 'a\0b\n', [{ text: 'a␀b', end: 4 }]],
  ])('%s', (_, text, lines) => {
    expect(split(bytesOf(text))).toEqual(lines);
  });

  it('shows what is not UTF-8', () => {
    const bytes = new Uint8Array([0x61, 0xff, 0x0a, 0xc3, 0x0a, 0xa9, 0x0a]);
    expect(split(bytes).map(({ text }) => text)).toEqual(['a�', '�', '�']);
  });

  it('completes a line only with its terminator', () => {
    const splitter = new LineSplitter();
    expect(splitter.push(bytesOf('a'))).toEqual([]);
    expect(splitter.push(bytesOf('b\nc'))).toEqual([{ text: 'ab', end: 3 }]);
    expect(splitter.flush()).toEqual([{ text: 'c', end: 4 }]);
    expect(splitter.flush()).toEqual([]);
    expect(splitter.push(bytesOf('d\n'))).toEqual([{ text: 'd', end: 6 }]);
  });
});

describe('over-long lines', () => {
  it('keeps a line of exactly the limit whole, also with CRLF', () => {
    const text = 'x'.repeat(MAX_LINE_BYTES);
    expect(split(bytesOf(`${text}\r\n`))).toEqual([
      { text, end: MAX_LINE_BYTES + 2 },
    ]);
  });

  it('counts what it cuts', () => {
    const [line, next] = split(
      bytesOf(`${'x'.repeat(MAX_LINE_BYTES + 3)}\r\nnext\n`),
    );
    expect(line).toEqual({
      text: 'x'.repeat(MAX_LINE_BYTES),
      cut: 3,
      end: MAX_LINE_BYTES + 5,
    });
    expect(next.text).toBe('next');
  });

  it.each([1, 2, 3])('cuts before a character, %i bytes before it ends', n => {
    const head = 'x'.repeat(MAX_LINE_BYTES - 4 + n);
    const [line] = split(bytesOf(`${head}😀tail\n`));
    expect(line).toMatchObject({ text: head, cut: 8 });
  });

  it('keeps a character that just fits', () => {
    const fits = `${'x'.repeat(MAX_LINE_BYTES - 4)}😀`;
    expect(split(bytesOf(`${fits}y\n`))[0]).toMatchObject({
      text: fits,
      cut: 1,
    });
  });

  it('cuts at the limit what is not UTF-8', () => {
    const bytes = new Uint8Array(MAX_LINE_BYTES + 7).fill(0x80);
    expect(split(bytes)[0].cut).toBe(7);
  });

  it('holds little of a line of 10 MB', () => {
    const chunk = new Uint8Array(64 * 1024).fill(0x78);
    const splitter = new LineSplitter();
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 160; count += 1) {
      expect(splitter.push(chunk)).toEqual([]);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
    const [line] = splitter.push(bytesOf('\n'));
    expect(line.text).toHaveLength(MAX_LINE_BYTES);
    expect(line.cut).toBe(160 * chunk.length - MAX_LINE_BYTES);
    expect(line.end).toBe(160 * chunk.length + 1);
  });
});

describe('wherever the bytes are split', () => {
  it.each(['é\r\n€\n😀', '\r\n\r\r\n\n', 'a\0\r\n\ufeffb\r', '\u{10ffff}\n\n'])(
    'gives the same lines: %j in all its pieces',
    text => {
      const bytes = bytesOf(text);
      const whole = split(bytes);
      for (let mask = 0; mask < 2 ** (bytes.length - 1); mask += 1) {
        const cuts = [...bytes.keys()].filter(
          index => index > 0 && (mask >> (index - 1)) % 2 === 1,
        );
        expect(split(...piecesOf(bytes, cuts))).toEqual(whole);
      }
    },
  );

  const piece = fc.oneof(
    fc
      .constantFrom('\n', '\r\n', '\r', '\0', 'é', '€', '😀', 'ab')
      .map(bytesOf),
    fc.uint8Array({ maxLength: 4 }),
    fc
      .integer({ min: MAX_LINE_BYTES - 5, max: MAX_LINE_BYTES + 5 })
      .map(length => new Uint8Array(length).fill(0x78)),
  );
  const input = fc.array(piece, { maxLength: 12 }).map(concat);
  const inputWithCuts = input.chain(bytes =>
    fc.tuple(fc.constant(bytes), fc.array(fc.nat(bytes.length))),
  );

  it('gives the same lines and ends for any bytes', () => {
    fc.assert(
      fc.property(inputWithCuts, ([bytes, cuts]) => {
        expect(split(...piecesOf(bytes, cuts))).toEqual(split(bytes));
      }),
      { seed: 16, numRuns: 500 },
    );
  });

  it('goes on from the end of any line as if nothing had happened', () => {
    fc.assert(
      fc.property(input, bytes => {
        const lines = split(bytes);
        lines.forEach(({ end }, index) => {
          const rest = split(bytes.slice(end));
          expect(rest.map(line => ({ ...line, end: line.end + end }))).toEqual(
            lines.slice(index + 1),
          );
        });
        expect(lines[lines.length - 1]?.end ?? 0).toBe(bytes.length);
      }),
      { seed: 16, numRuns: 300 },
    );
  });
});
