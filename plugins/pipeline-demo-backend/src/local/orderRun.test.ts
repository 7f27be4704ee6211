import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { WORKFLOWS_DIR } from '../testing/localWorld';
import { orderRun } from './orderRun';

const SPEC: RunSpec = {
  id: 'r1',
  batchCount: 2,
  engine: 'local',
  createdBy: 'user:default/guest',
  createdAt: 1,
  seed: 42,
};
const OPTIONS = { binFolder: '/bin', slots: 4, deadlineMs: 1000, now: 500 };

describe('orderRun', () => {
  it('orders the tasks of the plan, each with what it needs', () => {
    const { tasks, deadlineAt } = orderRun(SPEC, OPTIONS);

    expect(deadlineAt).toBe(1500);
    expect(tasks.map(({ id, name, title }) => [id, name, title])).toEqual([
      ['GENERATE:1', 'GENERATE_1', 'GENERATE (1)'],
      ['GENERATE:2', 'GENERATE_2', 'GENERATE (2)'],
      ['ANALYZE:1', 'ANALYZE_1', 'ANALYZE (1)'],
      ['ANALYZE:2', 'ANALYZE_2', 'ANALYZE (2)'],
      ['REPORT', 'REPORT', 'REPORT'],
    ]);
    expect(tasks[3]).toMatchObject({
      command: 'analyze --batch 2 --in batch_2.csv --out stats_2.json'.split(
        ' ',
      ),
      needs: ['GENERATE:2'],
      inputs: ['GENERATE_2/batch_2.csv'],
    });
    expect(tasks[4]).toMatchObject({
      command: 'report --out report.json stats_1.json stats_2.json'.split(' '),
      needs: ['ANALYZE:1', 'ANALYZE:2'],
      inputs: ['ANALYZE_1/stats_1.json', 'ANALYZE_2/stats_2.json'],
    });
  });

  it('has a nonce that nobody can guess', () => {
    const nonces = [1, 2, 3].map(() => orderRun(SPEC, OPTIONS).nonce);

    expect(new Set(nonces).size).toBe(3);
    nonces.forEach(nonce => expect(nonce).toMatch(/^[0-9a-f]{32}$/));
  });

  it.each([
    [42, '42'],
    [2 ** 31, '0'],
    [-7.9, '7'],
  ])('gives the scripts a seed they take: %d is %s', (seed, given) => {
    const [{ command }] = orderRun({ ...SPEC, seed }, OPTIONS).tasks;

    expect(command[command.indexOf('--seed') + 1]).toBe(given);
  });

  it('gives the commands that demo.nf gives', () => {
    const { tasks } = orderRun(SPEC, { ...OPTIONS, pace: 1 });
    const demo = readFileSync(join(WORKFLOWS_DIR, 'demo.nf'), 'utf8');
    const options = (command: string) =>
      (command.match(/(?<= )--\w+/g) ?? []).sort();
    for (const { command } of tasks) {
      const theirs = demo.match(new RegExp(`^ +(${command[0]} --.*)$`, 'm'));

      expect(options(command.join(' '))).toEqual(options(theirs?.[1] ?? ''));
    }
  });
});
