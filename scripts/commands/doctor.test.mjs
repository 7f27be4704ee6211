import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
after(() => rmSync(folder, { recursive: true }));

/** The doctor's words about a local engine with this work directory. */
function examine(workDir) {
  const config = join(folder, 'app-config.yaml');
  const settings = { pipelineDemo: { engine: 'local', local: { workDir } } };
  writeFileSync(config, JSON.stringify(settings));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join('scripts', 'commands', 'doctor.mjs'), '--config', config],
    { encoding: 'utf8' },
  );
  return { status, stdout };
}

test('finds nothing wrong with this machine', () => {
  const { status, stdout } = examine(join(folder, 'runs'));
  assert.match(stdout, /^Engine: local\nok {7}Shell: bash and awk are there\./);
  assert.equal(status, 0);
});

test('says what is missing, what to do, and fails', () => {
  const { status, stdout } = examine(join(process.execPath, 'no-folder'));
  assert.match(
    stdout,
    /FAILED {3}Folder of the runs: .* cannot be written\.\n/,
  );
  assert.match(stdout, /pipelineDemo\.local\.workDir/);
  assert.equal(status, 1);
});
