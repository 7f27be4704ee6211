import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { isAlive, parsePs, processTable } from './processes';

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach(child => child.kill('SIGKILL')));

function sleeper(env: Record<string, string> = {}): number {
  const child = spawn('sleep', ['60'], {
    env: { PATH: process.env.PATH, ...env },
  });
  children.push(child);
  return child.pid ?? 0;
}

const MARKS = {
  PIPELINE_DEMO_NONCE: 'abc',
  PIPELINE_DEMO_RUN: 'work.r1',
  PIPELINE_DEMO_TASK: 'GENERATE:1',
};

describe('the process table', () => {
  it('finds a living process by its number', async () => {
    const found = await processTable().find(process.pid);

    expect(found).toMatchObject({ pid: process.pid });
    expect(found?.startedAt).not.toBe('');
    expect(found?.startedAt).not.toContain('unknown');
  });

  it('knows that a process which was killed lives no more', async () => {
    const pid = sleeper();
    const found = await processTable().find(pid);
    expect(found && (await isAlive(found))).toBe(true);
    const gone = new Promise(resolve => children[0].once('exit', resolve));
    process.kill(pid, 'SIGKILL');
    await gone;

    expect(found && (await isAlive(found))).toBe(false);
  });

  it('takes no later process with the same number for the one it was', async () => {
    const pid = sleeper();

    expect(await isAlive({ pid, startedAt: 'another day' })).toBe(false);
  });

  it('lists processes with the marks in their environment', async () => {
    const pid = sleeper(MARKS);
    const { nonce, run, task } = (await processTable().list()).find(
      found => found.pid === pid,
    )!;

    expect({ nonce, run, task }).toEqual({
      nonce: 'abc',
      run: 'work.r1',
      task: 'GENERATE:1',
    });
  });
});

describe('parsePs', () => {
  it('reads what ps prints on macOS', () => {
    const output = [
      '    1     1 Ss   Tue Nov 24 08:00:00 2026     /sbin/launchd',
      ' 4711  4711 Ss   Tue Nov 24 09:01:02 2026     node supervisor.ts PATH=/bin PIPELINE_DEMO_RUN=work.r1 PIPELINE_DEMO_NONCE=abc',
      ' 4712  4712 S    Tue Nov 24 09:01:03 2026     bash .command.sh',
      ' 4713  4712 Z    Tue Nov 24 09:01:03 2026     (sleep)',
      '',
    ].join('\n');

    expect(parsePs(output)).toEqual([
      { pid: 1, group: 1, startedAt: 'Tue Nov 24 08:00:00 2026' },
      {
        pid: 4711,
        group: 4711,
        startedAt: 'Tue Nov 24 09:01:02 2026',
        run: 'work.r1',
        nonce: 'abc',
      },
      { pid: 4712, group: 4712, startedAt: 'Tue Nov 24 09:01:03 2026' },
    ]);
  });

  it('reads what ps prints here', () => {
    const pid = sleeper(MARKS);
    const flags = process.platform === 'linux' ? 'axeww' : '-axEww';
    const columns = 'pid=,pgid=,stat=,lstart=,command=';
    const output = execFileSync('ps', [flags, '-o', columns], {
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      encoding: 'utf8',
    });

    const found = parsePs(output).find(one => one.pid === pid);
    expect(found).toMatchObject({ task: 'GENERATE:1' });
    expect(Date.parse(`${found?.startedAt} UTC`)).not.toBeNaN();
  });
});
