import type { V1Pod } from '@kubernetes/client-node';
import {
  REPORT_MARK,
  type RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import { fakeReport } from '../testing/fakeReport';
import type { Cluster, LogRequest } from './Cluster';
import { PodCluster, podOf } from './__testUtils__/PodCluster';
import { readReport } from './readReport';

const run = { id: 'r1' } as RunSpec;
const report = fakeReport(2);
const { signal } = new AbortController();

const ended = (message?: string) => ({ terminated: { exitCode: 0, message } });
const left = (value: object) => ended(JSON.stringify({ v: 1, ...value }));
const driver = (state: ReturnType<typeof ended>) =>
  podOf('driver-pod', 'r1', 'driver', { driver: state });
const reporter = (exitCode = 0) =>
  podOf('nf-report', 'r1', 'REPORT', {
    'nf-report': { terminated: { exitCode } },
  });

/** A cluster with these pods, in which REPORT has printed this. */
function clusterOf(pods: readonly V1Pod[], printed = '') {
  const asked: LogRequest[] = [];
  const cluster: Cluster = Object.assign(new PodCluster(), {
    list: async () => ({ items: pods, resourceVersion: '1' }),
    async *log(request: LogRequest) {
      asked.push(request);
      // Cut where no line ends.
      const bytes = Buffer.from(printed);
      yield bytes.subarray(0, 30);
      yield bytes.subarray(30);
    },
  });
  return { cluster, asked };
}

const line = (text: string) => `2026-11-24T14:00:00.000000001Z ${text}\n`;
const marked = (value: unknown) => line(REPORT_MARK + JSON.stringify(value));
const NONE = {
  type: 'unreadable',
  message: 'Neither the driver nor REPORT has left a report.',
};

describe('readReport', () => {
  it('takes what the driver has left, and looks no further', async () => {
    const { cluster, asked } = clusterOf([
      reporter(),
      driver(left({ kind: 'report', report })),
    ]);
    expect(await readReport(cluster, run, signal)).toEqual({
      type: 'report',
      report,
    });
    expect(asked).toEqual([]);
  });

  it.each<[string, readonly V1Pod[]]>([
    ['the pod of the driver is gone', []],
    ['the driver has left nothing', [driver(ended())]],
    ['the driver has left words', [driver(ended('N E X T F L O W'))]],
    [
      'the driver has left an error',
      [driver(left({ kind: 'error', message: 'no' }))],
    ],
  ])('takes what REPORT has printed when %s', async (_, pods) => {
    const printed = line('before') + marked(report) + line('after');
    const { cluster, asked } = clusterOf([...pods, reporter()], printed);
    expect(await readReport(cluster, run, signal)).toEqual({
      type: 'report',
      report,
    });
    expect(asked).toEqual([
      { pod: 'nf-report', container: 'nf-report', mode: 'read' },
    ]);
  });

  it('takes the last report of several', async () => {
    const printed = marked(fakeReport(1)) + marked(report);
    const { cluster } = clusterOf([reporter()], printed);
    expect(await readReport(cluster, run, signal)).toMatchObject({ report });
  });

  it('says that there is none', async () => {
    const nothing = clusterOf([]);
    expect(await readReport(nothing.cluster, run, signal)).toEqual(NONE);
    const silent = clusterOf([reporter()], line('no mark'));
    expect(await readReport(silent.cluster, run, signal)).toEqual(NONE);
  });

  it('does not read the log of a REPORT that has failed', async () => {
    const { cluster, asked } = clusterOf([reporter(1)], marked(report));
    expect(await readReport(cluster, run, signal)).toEqual(NONE);
    expect(asked).toEqual([]);
  });

  it.each(['{"v": 1', '{}', 'null'])(
    'says what is wrong with %s',
    async text => {
      const { cluster } = clusterOf([reporter()], line(REPORT_MARK + text));
      const reading = await readReport(cluster, run, signal);
      expect(reading).toEqual({
        type: 'unreadable',
        message: expect.stringMatching(/./),
      });
      expect(reading).not.toEqual(NONE);
    },
  );

  it('throws when the log cannot be read: it may be tried again', async () => {
    const { cluster } = clusterOf([reporter()]);
    const broken = Object.assign(cluster, {
      log() {
        throw new Error('the connection broke');
      },
    });
    await expect(readReport(broken, run, signal)).rejects.toThrow('broke');
  });
});
