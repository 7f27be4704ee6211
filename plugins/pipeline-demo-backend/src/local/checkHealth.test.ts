import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORKFLOWS_DIR } from '../testing/localWorld';
import { checkHealth, checkMachine } from './checkHealth';

const folder = mkdtempSync(join(tmpdir(), 'pipeline-demo-health-'));
const needs = {
  workDir: join(folder, 'made', 'when', 'needed'),
  binFolder: join(WORKFLOWS_DIR, 'bin'),
  slots: 3,
};
const { PATH } = process.env;
const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;

afterEach(() => {
  process.env.PATH = PATH;
  Object.defineProperty(process, 'platform', platform);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('checkHealth', () => {
  it('says what the engine is', async () => {
    expect(await checkHealth(needs)).toEqual({
      ok: true,
      message: `local engine, 3 slots, ${needs.workDir}`,
    });
  });

  it('misses a shell', async () => {
    process.env.PATH = folder;

    expect(await checkHealth(needs)).toEqual({
      ok: false,
      message: 'The local engine needs bash, which is not on the PATH.',
    });
  });

  it('misses the scripts', async () => {
    const { ok, message } = await checkHealth({ ...needs, binFolder: folder });

    expect(ok).toBe(false);
    expect(message).toBe(`The script ${folder}/generate cannot be read.`);
  });

  it('misses a place to work', async () => {
    const workDir = join(process.execPath, 'not-a-folder');

    expect(await checkHealth({ ...needs, workDir })).toEqual({
      ok: false,
      message: `The work directory ${workDir} cannot be written.`,
    });
  });

  it('points to WSL on Windows', async () => {
    Object.defineProperty(process, 'platform', { value: 'win32' });

    expect(await checkHealth(needs)).toEqual({
      ok: false,
      message: 'The local engine needs a Unix shell: use WSL on Windows.',
    });
  });
});

describe('checkMachine', () => {
  const statuses = async (missing: Partial<typeof needs> = {}) =>
    (await checkMachine({ ...needs, ...missing })).map(
      ({ id, status, repair }) => [id, status, repair !== undefined],
    );

  it('looks at each thing, whatever is wrong with the others', async () => {
    expect(await statuses()).toEqual([
      ['shell', 'ok', false],
      ['scripts', 'ok', false],
      ['folder', 'ok', false],
    ]);
    process.env.PATH = folder;
    expect(await statuses({ binFolder: folder })).toEqual([
      ['shell', 'failed', true],
      ['scripts', 'failed', true],
      ['folder', 'ok', false],
    ]);
  });
});
