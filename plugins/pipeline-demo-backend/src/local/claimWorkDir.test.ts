import { createMockDirectory } from '@backstage/backend-test-utils';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimWorkDir } from './claimWorkDir';
import { processTable } from './processes';

describe('claimWorkDir', () => {
  const folder = createMockDirectory();
  const portals: ChildProcess[] = [];
  const workDir = () => folder.resolve('runs');
  const marks = () => readdir(join(workDir(), '.portals'));

  beforeEach(() => folder.clear());
  afterEach(async () => {
    await Promise.all(portals.splice(0).map(end));
  });

  async function end(portal: ChildProcess) {
    if (portal.exitCode === null && portal.signalCode === null) {
      portal.kill('SIGKILL');
      await once(portal, 'exit');
    }
  }

  /** A process that has left its mark, as a portal does. */
  async function anotherPortal(database: string): Promise<ChildProcess> {
    const portal = spawn('sleep', ['600'], { stdio: 'ignore' });
    portals.push(portal);
    await once(portal, 'spawn');
    const found = await processTable().find(portal.pid ?? 0);
    await mkdir(join(workDir(), '.portals'), { recursive: true });
    await writeFile(
      join(workDir(), '.portals', `${portal.pid}.json`),
      JSON.stringify({ ...found, database }),
    );
    return portal;
  }

  it('takes a directory that is not there yet, again and again', async () => {
    await claimWorkDir({ workDir: workDir(), database: 'a' });
    await claimWorkDir({ workDir: workDir(), database: 'a' });
    expect(await marks()).toEqual([`${process.pid}.json`]);
  });

  it('shares it with a process that has the same database', async () => {
    await anotherPortal('a');
    await claimWorkDir({ workDir: workDir(), database: 'a' });
    expect(await marks()).toHaveLength(2);
  });

  it('refuses it while a process with another database lives, and leaves no mark', async () => {
    const portal = await anotherPortal('b');
    const claim = claimWorkDir({ workDir: workDir(), database: 'a' });
    await expect(claim).rejects.toThrow(
      `The work directory ${workDir()} is in use by process ${
        portal.pid
      }, which keeps its runs in another database`,
    );
    expect(await marks()).toEqual([`${portal.pid}.json`]);

    await end(portal);
    await claimWorkDir({ workDir: workDir(), database: 'a' });
    expect(await marks()).toEqual([`${process.pid}.json`]);
  });

  it('leaves it to the health check when nothing can be written there', async () => {
    folder.setContent({ runs: 'a file' });
    await expect(
      claimWorkDir({ workDir: workDir(), database: 'a' }),
    ).resolves.toBeUndefined();
  });
});
