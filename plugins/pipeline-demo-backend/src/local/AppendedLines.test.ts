import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppendedLines } from './AppendedLines';

const folder = mkdtempSync(join(tmpdir(), 'pipeline-demo-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function readAll(lines: AppendedLines): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const some = await lines.read();
    if (some.length === 0) {
      return all;
    }
    all.push(...some);
  }
}

describe('AppendedLines', () => {
  it('waits for the file, and for the end of each line', async () => {
    const file = join(folder, 'grows');
    const lines = AppendedLines.of(file);
    expect(await readAll(lines)).toEqual([]);
    writeFileSync(file, 'one\ntw');
    expect(await readAll(lines)).toEqual(['one']);
    appendFileSync(file, 'o\n\nthree €\n');
    expect(await readAll(lines)).toEqual(['two', '', 'three €']);
    expect(await readAll(lines)).toEqual([]);
    await lines.close();
  });

  it('reads a large file in parts, whole lines only', async () => {
    const file = join(folder, 'large');
    const written = Array.from({ length: 20_000 }, (_, n) => `${n} größer`);
    writeFileSync(file, `${written.join('\n')}\ntorn`);
    const lines = AppendedLines.of(file);

    expect(await readAll(lines)).toEqual(written);
    await lines.close();
  });
});
