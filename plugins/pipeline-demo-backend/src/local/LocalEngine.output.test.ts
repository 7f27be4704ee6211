import {
  PATIENCE_MS,
  attemptsOf,
  followed,
  followedInTurns,
  launched,
  observed,
} from '../testing/engineRuns';
import { createScriptedWorld } from '../testing/localWorld';
import type { LocalWorld } from '../testing/localWorld';

/*
 * What a task may write, and how it arrives: compared with the bytes in its
 * log, split in the plainest way.
 */

const MAX_LINE_BYTES = 16 * 1024;
const LONG_LINE_BYTES = 10 * 1024 * 1024;

jest.setTimeout(PATIENCE_MS);

let world: LocalWorld;
afterEach(() => world.close());

function plainly(bytes: Buffer) {
  const lines: { text: string; cut?: number }[] = [];
  for (let from = 0; from < bytes.length; ) {
    const feed = bytes.indexOf(10, from);
    const to = feed < 0 ? bytes.length : feed;
    let line = bytes.subarray(from, to);
    if (feed >= 0 && line.at(-1) === 13) {
      line = line.subarray(0, -1);
    }
    const cut = Math.max(0, line.length - MAX_LINE_BYTES);
    const text = line
      .subarray(0, line.length - cut)
      .toString('utf8')
      .replaceAll('\0', '\u2400');
    lines.push(cut > 0 ? { text, cut } : { text });
    from = to + 1;
  }
  return lines;
}

async function expectAsWritten(generate: string, chunks = 3) {
  world = await createScriptedWorld({ generate });
  const run = await launched(world, 1);
  const { engine, another } = world;
  const log = await followedInTurns([engine, another()], run, chunks);
  const again = await followed(engine, run);

  const bytes = await world.writtenBytes(run, 'GENERATE:1');
  const lines = log['GENERATE:1'].map(({ text, cut }) =>
    cut === undefined ? { text } : { text, cut },
  );
  expect(lines).toEqual(plainly(bytes));
  expect(log).toEqual(again);
  return { run, lines };
}

describe('the output of a local task', () => {
  it('may be odd', async () => {
    const { lines } = await expectAsWritten(String.raw`
      printf 'crlf\r\nbare\rreturn\n\n  blanks \t\n'
      printf 'nul \0 here\n\033[31mred\033[0m <b>&amp;</b>\n'
      printf 'half \xe2\x82'; sleep 0.1; printf '\xac euro\n'
      printf 'broken \xff\xfe\n\xef\xbb\xbfmark\n'
      printf 'no end'`);

    expect(lines.map(({ text }) => text)).toEqual([
      'crlf',
      'bare\rreturn',
      '',
      '  blanks \t',
      'nul \u2400 here',
      '\u001b[31mred\u001b[0m <b>&amp;</b>',
      'half € euro',
      'broken \ufffd\ufffd',
      '\ufeffmark',
      'no end',
    ]);
  });

  it('may be a line of ten megabytes between others', async () => {
    const { lines } = await expectAsWritten(`
      echo before
      head -c ${LONG_LINE_BYTES} /dev/zero | tr '\\0' x
      echo; echo after`);

    expect(lines).toEqual([
      { text: 'before' },
      {
        text: 'x'.repeat(MAX_LINE_BYTES),
        cut: LONG_LINE_BYTES - MAX_LINE_BYTES,
      },
      { text: 'after' },
    ]);
  });

  it('may be a hundred thousand lines', async () => {
    const { lines } = await expectAsWritten(
      `awk 'BEGIN { while (i < 100000) print "line", ++i }'`,
      1000,
    );

    expect(lines).toHaveLength(100_000);
  });

  it('may be nothing at all', async () => {
    world = await createScriptedWorld({});
    const run = await launched(world, 1);
    const facts = await observed(world.engine, run);

    expect(attemptsOf(facts, 'REPORT').at(-1)?.phase).toBe('succeeded');
    expect(Object.keys(await followed(world.engine, run))).toEqual(['driver']);
  });
});
