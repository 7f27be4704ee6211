import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  REPORT_MARK,
  parseReport,
} from 'backstage-plugin-pipeline-demo-common';
import { WORKFLOWS_DIR } from '../testing/localWorld';

/*
 * The scripts by themselves, under every awk of this machine. What they give
 * is compared with sums that were taken once, so that one awk is enough to
 * see that all give the same.
 */
const ALL_ROWS_SHA256 =
  'c214e74b0c7fed8858eb8db924936f7249fa60bbb9da633229e6aa979c0abb03';
const ALL_STATS_SHA256 =
  '002dbed1cb043dcbe172adf411ae5b10f9bc00247925a192a14ac6c63ab598a2';

const BATCHES = Array.from({ length: 12 }, (_, index) => index + 1);
const AWKS = ['mawk', 'gawk', 'original-awk', 'busybox', 'awk'].filter(isThere);

interface Done {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function isThere(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A folder where scripts run with one awk, without waiting. */
class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'pipeline-demo-workflow-'));
  readonly env: NodeJS.ProcessEnv;

  constructor(awk: string, pace = 0) {
    const applet = awk === 'busybox' ? 'busybox awk' : awk;
    const shim = `#!/bin/sh\nexec ${applet} "$@"\n`;
    // A shim named awk that calls awk would find itself.
    if (awk !== 'awk') {
      writeFileSync(join(this.folder, 'awk'), shim, { mode: 0o755 });
    }
    this.env = {
      PATH: `${this.folder}${delimiter}${process.env.PATH}`,
      PIPELINE_DEMO_PACE: String(pace),
    };
  }

  run(command: string): Promise<Done> {
    const [script, ...args] = command.split(' ').filter(word => word !== '');
    return new Promise(resolve => {
      execFile(
        join(WORKFLOWS_DIR, 'bin', script),
        args,
        { cwd: this.folder, env: this.env },
        (error, stdout, stderr) =>
          resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

async function makeStats(bench: Bench): Promise<void> {
  await Promise.all(
    BATCHES.map(async batch => {
      const generate = `generate --batch ${batch} --rows 100 --seed 42 --out batch_${batch}.csv`;
      const analyze = `analyze --batch ${batch} --in batch_${batch}.csv --out stats_${batch}.json`;
      expect(await bench.run(generate)).toMatchObject({ exitCode: 0 });
      expect(await bench.run(analyze)).toMatchObject({ exitCode: 0 });
    }),
  );
}

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

describe('the scripts of the workflow', () => {
  it('are tested under at least one awk', () => {
    expect(AWKS).not.toEqual([]);
  });

  describe.each(AWKS)('under %s', awk => {
    const bench = new Bench(awk);
    beforeAll(() => makeStats(bench));
    afterAll(() => bench.close());

    it('make the rows that every awk makes', () => {
      const rows = BATCHES.map(batch => bench.read(`batch_${batch}.csv`));

      expect(rows[2]).toMatch(/^(3,\d+,\d+\.\d\d\n){100}$/);
      expect(new Set(rows).size).toBe(12);
      expect(sha256(rows.join(''))).toBe(ALL_ROWS_SHA256);
    });

    it('describe them as every awk does, and rightly', () => {
      const stats = BATCHES.map(batch => bench.read(`stats_${batch}.json`));

      expect(JSON.parse(stats[2])).toEqual(described(bench, 3));
      expect(sha256(stats.join(''))).toBe(ALL_STATS_SHA256);
    });

    it.each(BATCHES)('report on %d batches', async count => {
      const files = BATCHES.slice(0, count).map(of => `stats_${of}.json`);
      const done = await bench.run(
        `report --out report.json ${files.reverse().join(' ')}`,
      );
      const text = bench.read('report.json');
      const reading = parseReport(text);

      expect(done).toMatchObject({ exitCode: 0, stderr: '' });
      expect(done.stdout).toContain(`\n${REPORT_MARK}${text}`);
      expect(reading).toMatchObject({ report: { batchCount: count } });
      const { generatedAt, totals, batches } = JSON.parse(text);
      expect(batches).toEqual(
        BATCHES.slice(0, count).map(of => described(bench, of)),
      );
      expect(totals).toEqual(totalled(batches));
      expect(generatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(Math.abs(Date.parse(generatedAt) - Date.now())).toBeLessThan(5e3);
    });
  });

  describe('generate', () => {
    const bench = new Bench('awk', 0.2);
    afterAll(() => bench.close());

    it('tells at once that it begins, and goes on telling while it works', async () => {
      const startedAt = performance.now();
      const script = spawn(
        join(WORKFLOWS_DIR, 'bin', 'generate'),
        '--batch 1 --rows 100 --seed 1 --out rows.csv'.split(' '),
        { cwd: bench.folder, env: bench.env },
      );
      const arrivals: number[] = [];
      for await (const chunk of script.stdout) {
        const lines = String(chunk).split('\n').length - 1;
        const at = performance.now() - startedAt;
        arrivals.push(...Array.from({ length: lines }, () => at));
      }

      expect(arrivals.length).toBeGreaterThanOrEqual(10);
      expect(arrivals[0]).toBeLessThan(500);
      // One second in twenty steps: no two thirds of the lines come together.
      expect(new Set(arrivals).size).toBeGreaterThan(arrivals.length / 3);
      expect(Number(arrivals.at(-1)) - arrivals[0]).toBeGreaterThan(900);
    });

    it('makes other rows of another seed, and as many as are asked for', async () => {
      for (const seed of [0, 1, 2, 2147483640]) {
        const generate = `generate --batch 1 --rows 7 --seed ${seed} --pace 0`;
        await bench.run(`${generate} --out seed_${seed}.csv`);
      }
      const all = [0, 1, 2, 2147483640].map(seed =>
        bench.read(`seed_${seed}.csv`),
      );

      expect(new Set(all).size).toBe(4);
      expect(all[0].split('\n')).toHaveLength(8);
    });
  });

  describe('refuse in one sentence, with exit code 2,', () => {
    const bench = new Bench('awk');
    afterAll(() => bench.close());

    it.each([
      ['generate', /--batch is a whole number from 1 to 12, not ''/],
      ['generate --batch 13 --rows 1 --seed 1 --out x', /12, not '13'/],
      ['generate --batch 2.5 --rows 1 --seed 1 --out x', /12, not '2.5'/],
      ['generate --batch 1 --rows 0 --seed 1 --out x', /--rows .* not '0'/],
      ['generate --batch 1 --rows 1 --seed 2147483648 --out x', /--seed/],
      ['generate --batch 1 --rows 1 --seed 1', /--out names the file/],
      ['generate --batch 1 --rows 1 --seed 1 --out x --pace fast', /--pace/],
      ['generate --batch', /--batch needs a value/],
      ['generate --colour blue', /there is no option '--colour'/],
      ['analyze --batch 0 --in x --out y', /--batch/],
      ['analyze --batch 1 --in nothing.csv --out y', /'nothing.csv' is none/],
      ['report --out x', /at least one file/],
      ['report --out x nothing.json', /no file 'nothing.json'/],
    ])('%s', async (command, sentence) => {
      const done = await bench.run(command);

      expect(done).toMatchObject({ exitCode: 2, stdout: '' });
      expect(done.stderr).toMatch(sentence);
      expect(done.stderr.trim().split('\n')).toHaveLength(1);
    });
  });

  describe('fail with a reason, and exit code 1,', () => {
    const bench = new Bench('awk');
    beforeAll(() => {
      bench.write('empty.csv', '');
      bench.write('other.csv', '1,500,50.00\n2,500,50.00\n');
      const stats = '"rows":1,"sum":1,"mean":1,"min":1,"max":1,"stdDev":0}\n';
      bench.write('one.json', `{"batch":1,${stats}`);
      bench.write('three.json', `{"batch":3,${stats}`);
      bench.write('odd.json', '{"batch":2}\n');
    });
    afterAll(() => bench.close());

    it.each([
      ['generate --batch 1 --rows 1 --seed 1 --out no/where', /could not be/],
      ['analyze --batch 1 --in empty.csv --out y', /empty.csv has no rows/],
      ['analyze --batch 1 --in other.csv --out y', /line 2 is not a row of ba/],
      ['report --out y one.json three.json', /batch 2 of 2 is missing/],
      ['report --out y one.json one.json', /batch 1 was given twice/],
      ['report --out y one.json odd.json', /line 2 .* has no rows/],
    ])('%s', async (command, sentence) => {
      const done = await bench.run(command);

      expect(done.exitCode).toBe(1);
      expect(done.stderr).toMatch(sentence);
    });
  });
});

/** The same figures, the plain way. */
function described(bench: Bench, batch: number) {
  const values = bench
    .read(`batch_${batch}.csv`)
    .trim()
    .split('\n')
    .map(line => Number(line.split(',')[1]));
  const sum = values.reduce((a, b) => a + b, 0);
  const mean = sum / values.length;
  const variance =
    values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  return {
    batch,
    rows: values.length,
    sum,
    mean: Number(mean.toFixed(2)),
    min: Math.min(...values),
    max: Math.max(...values),
    stdDev: Number(Math.sqrt(variance).toFixed(2)),
  };
}

function totalled(batches: readonly ReturnType<typeof described>[]) {
  const total = (key: 'rows' | 'sum') =>
    batches.reduce((sum, batch) => sum + batch[key], 0);
  return {
    rows: total('rows'),
    sum: total('sum'),
    mean: Number((total('sum') / total('rows')).toFixed(2)),
    min: Math.min(...batches.map(({ min }) => min)),
    max: Math.max(...batches.map(({ max }) => max)),
  };
}
