import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newKubernetesRun, TEST_OPTIONS } from '../testing/clusterWorld';
import { driverPod } from './driverPod';

const run = promisify(execFile);

describe('the init step of the driver', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pipeline-demo-claim-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("removes older runs of its own portal, and no other one's", async () => {
    const workflow = join(folder, 'workflow');
    await mkdir(join(workflow, 'bin'), { recursive: true });
    await writeFile(join(workflow, 'demo.nf'), 'workflow {}');
    await writeFile(join(workflow, 'bin', 'generate'), 'true');
    for (const older of ['ours/rolder', 'theirs/rgoeson']) {
      await mkdir(join(folder, 'runs', older, 'work'), { recursive: true });
    }
    const spec = newKubernetesRun(1);
    const place = { namespace: 'demo', portal: 'ours' };
    const pod = driverPod(spec, place, [], TEST_OPTIONS);
    const [{ command = [], env = [] }] = pod.initContainers ?? [];
    const onClaim = Object.fromEntries(
      env.map(({ name, value = '' }) => [
        name,
        value.replace('/workspace', folder).replace(/^\/workflow$/, workflow),
      ]),
    );

    const [bash, ...args] = command;
    await run(bash, args, { env: { ...process.env, ...onClaim } });

    expect(await readdir(join(folder, 'runs', 'ours'))).toEqual([spec.id]);
    expect(await readdir(join(folder, 'runs', 'theirs'))).toEqual(['rgoeson']);
    const made = await readdir(join(folder, 'runs', 'ours', spec.id));
    expect(made).toEqual(['bin', 'demo.nf']);
  });
});
