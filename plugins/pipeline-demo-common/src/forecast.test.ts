import { durationsFrom, NOMINAL_DURATIONS } from './durations';
import {
  DEFAULT_FOOTPRINT,
  durationsByBatchCount,
  forecast,
  KUBERNETES_CAPACITY,
} from './forecast';
import type { ForecastInput } from './forecast';
import { freeOf } from './resources';
import type { Capacity } from './resources';

const GIB = 2 ** 30;

const onKubernetes = (
  batchCount: number,
  capacity: Partial<Capacity> = {},
): ForecastInput => ({
  engine: 'kubernetes',
  batchCount,
  footprint: DEFAULT_FOOTPRINT,
  capacity: { ...KUBERNETES_CAPACITY, ...capacity },
  durations: NOMINAL_DURATIONS.kubernetes,
});

const onLaptop = (batchCount: number, slots: number): ForecastInput => ({
  engine: 'local',
  batchCount,
  footprint: DEFAULT_FOOTPRINT,
  capacity: { basis: 'slots', at: 0, slots },
  durations: NOMINAL_DURATIONS.local,
});

const limit = (cpu: number, memory = 50 * GIB) => ({ limit: { cpu, memory } });
const used = (cpu: number, memory = 0) => ({ used: { cpu, memory } });

describe('the sentence', () => {
  it.each<[string, ForecastInput]>([
    [
      '12 batches: 24 workers and REPORT, 12 at once, peak 14 of 14 CPU, about 0:35',
      onKubernetes(12),
    ],
    [
      '1 batch: 2 workers and REPORT, 1 at once, peak 3 of 14 CPU, about 0:35',
      onKubernetes(1),
    ],
    [
      '12 batches: 24 workers and REPORT, 7 at once, peak 9 of 14 CPU (5 in use), about 0:55',
      onKubernetes(12, used(5)),
    ],
    [
      '12 batches: 24 workers and REPORT, 4 at once, peak 18.9 of 20 GiB memory, about 1:15',
      onKubernetes(12, limit(14, 20 * GIB)),
    ],
    [
      '5 batches: 10 workers and REPORT, 5 at once, peak 7 CPU, about 0:35',
      onKubernetes(5, { basis: 'none', limit: undefined, used: undefined }),
    ],
    [
      '5 batches: 10 workers and REPORT, but the driver and one worker need 3 CPU; free: 1.5 of 14 CPU',
      onKubernetes(5, used(12.5)),
    ],
    [
      '5 batches: 10 workers and REPORT, 4 at once on 4 local slots, about 0:15',
      onLaptop(5, 4),
    ],
    [
      '1 batch: 2 workers and REPORT, 1 at once on 1 local slot, about 0:10',
      onLaptop(1, 1),
    ],
  ])('%s', (sentence, input) => {
    expect(forecast(input).sentence).toBe(sentence);
  });
});

describe('the verdict', () => {
  it.each<[string, ForecastInput, string, number, string]>([
    [
      'all at once',
      onKubernetes(12),
      'fits',
      12,
      'There is room for all 12 batches at once.',
    ],
    ['one batch', onKubernetes(1), 'fits', 1, 'There is room for the batch.'],
    [
      'too little CPU is free',
      onKubernetes(12, used(5)),
      'fits-with-waiting',
      7,
      '7 of 12 batches at once, the others wait: all at once need 14 CPU; free: 9 of 14 CPU.',
    ],
    [
      'too little memory is free',
      onKubernetes(12, used(0, 30 * GIB)),
      'fits-with-waiting',
      4,
      '4 of 12 batches at once, the others wait: all at once need 48.7 GiB memory; free: 20 of 50 GiB memory.',
    ],
    [
      'room for the driver and exactly one worker',
      onKubernetes(2, limit(3)),
      'fits-with-waiting',
      1,
      '1 of 2 batches at once, the others wait: all at once need 4 CPU; free: 3 of 3 CPU.',
    ],
    [
      'a CPU limit under the least',
      onKubernetes(2, limit(2.9)),
      'cannot-fit',
      0,
      'The driver and one worker need 3 CPU; the limit is 2.9 CPU.',
    ],
    [
      'a memory limit under the least',
      onKubernetes(2, limit(14, 7 * GIB)),
      'cannot-fit',
      0,
      'The driver and one worker need 7.7 GiB memory; the limit is 7 GiB memory.',
    ],
    [
      'others use too much',
      onKubernetes(2, used(13)),
      'cannot-fit',
      0,
      'The driver and one worker need 3 CPU; free: 1 of 14 CPU.',
    ],
    [
      'others use some of a limit that is just enough',
      onKubernetes(1, { ...limit(3), ...used(1) }),
      'cannot-fit',
      0,
      'The driver and one worker need 3 CPU; free: 2 of 3 CPU.',
    ],
    [
      'others use more than the limit, which was lowered',
      onKubernetes(2, used(20)),
      'cannot-fit',
      0,
      'The driver and one worker need 3 CPU; free: 0 of 14 CPU.',
    ],
    [
      'no node is large enough for the driver',
      onKubernetes(2, { largestNode: { cpu: 1.9, memory: 64 * GIB } }),
      'cannot-fit',
      0,
      'The driver needs 2 CPU; no node has more than 1.9 CPU.',
    ],
    [
      'no node is large enough for a worker',
      {
        ...onKubernetes(2, { largestNode: { cpu: 8, memory: 30 * GIB } }),
        footprint: {
          ...DEFAULT_FOOTPRINT,
          worker: { cpu: 1, memory: 32 * GIB },
        },
      },
      'cannot-fit',
      0,
      'A worker needs 32 GiB memory; no node has more than 30 GiB memory.',
    ],
    [
      'a pod may be exactly as large as the driver',
      onKubernetes(2, { largestPod: { memory: 4 * GIB, cpu: 2 } }),
      'fits',
      2,
      'There is room for all 2 batches at once.',
    ],
    [
      'a pod may not be as large as the driver',
      onKubernetes(2, { largestPod: { memory: 2 * GIB } }),
      'cannot-fit',
      0,
      'The driver needs 4 GiB memory; a pod may have at most 2 GiB memory.',
    ],
    [
      'fewer slots than batches',
      onLaptop(12, 2),
      'fits-with-waiting',
      2,
      '2 of 12 batches at once, the others wait: there are 2 slots.',
    ],
    [
      'one slot',
      onLaptop(2, 1),
      'fits-with-waiting',
      1,
      '1 of 2 batches at once, the others wait: there is 1 slot.',
    ],
    [
      'no slot',
      onLaptop(1, 0),
      'cannot-fit',
      0,
      'There is no slot to run a task in.',
    ],
  ])('%s', (_, input, verdict, parallelSlots, reason) => {
    expect(forecast(input)).toMatchObject({ verdict, parallelSlots, reason });
  });

  it('does not look at CPU or memory of a laptop', () => {
    const input = onLaptop(3, 3);
    const capacity = { ...input.capacity, ...limit(1) };
    expect(forecast({ ...input, capacity }).verdict).toBe('fits');
  });

  it('takes a limit that JSON could not carry for none', () => {
    const capacity = JSON.parse(
      JSON.stringify({ ...KUBERNETES_CAPACITY, ...limit(14, Infinity) }),
    );
    expect(forecast(onKubernetes(12, capacity)).verdict).toBe('fits');
  });

  it('adds parts of cores without an error', () => {
    const footprint = {
      worker: { cpu: 0.1, memory: 0 },
      driver: { cpu: 0.2, memory: 0 },
    };
    const input = { ...onKubernetes(3, limit(0.5)), footprint };
    expect(forecast(input)).toMatchObject({
      verdict: 'fits',
      parallelSlots: 3,
    });
  });
});

describe('peaks and spans', () => {
  it('gives the peaks of each process, alone and with the driver', () => {
    const { processes, peak, taskCount } = forecast(onKubernetes(12, used(5)));
    expect(taskCount).toBe(25);
    expect(peak).toEqual({ cpu: 9, memory: 28e9 + 4 * GIB });
    expect(processes).toEqual([
      {
        process: 'GENERATE',
        tasks: 12,
        parallel: 7,
        seconds: 5,
        peak: { cpu: 7, memory: 28e9 },
        peakWithDriver: { cpu: 9, memory: 28e9 + 4 * GIB },
      },
      expect.objectContaining({ process: 'ANALYZE', tasks: 12, parallel: 7 }),
      expect.objectContaining({
        process: 'REPORT',
        tasks: 1,
        parallel: 1,
        peakWithDriver: { cpu: 3, memory: 4e9 + 4 * GIB },
      }),
    ]);
  });

  it('starts the first task after the start and ends with the report', () => {
    const { spans, durationSeconds } = forecast(onKubernetes(2));
    expect(spans).toEqual([
      { task: 'GENERATE:1', from: 14, to: 19 },
      { task: 'GENERATE:2', from: 14, to: 19 },
      { task: 'ANALYZE:1', from: 25, to: 28 },
      { task: 'ANALYZE:2', from: 25, to: 28 },
      { task: 'REPORT', from: 34, to: 35 },
    ]);
    expect(durationSeconds).toBe(35);
  });

  it('has no noise of fractions', () => {
    expect(forecast(onLaptop(5, 4)).durationSeconds).toBe(14.8);
  });

  it('has no dust of sums in its peaks', () => {
    const footprint = {
      worker: { cpu: 0.05, memory: 0.1 },
      driver: { cpu: 0.1, memory: 0.2 },
    };
    const { peak, processes } = forecast({ ...onKubernetes(1), footprint });
    expect(peak).toEqual({ cpu: 0.15, memory: 0 });
    expect(processes[0].peakWithDriver.cpu).toBe(0.15);
    expect(forecast({ ...onKubernetes(3), footprint }).peak.cpu).toBe(0.25);
  });

  it('draws a run that cannot fit as the least it would take', () => {
    const { spans, peak, verdict } = forecast(onKubernetes(2, used(13)));
    expect(verdict).toBe('cannot-fit');
    expect(peak.cpu).toBe(3);
    expect(spans[1].from).toBeGreaterThanOrEqual(spans[0].to);
  });

  it('refuses a number of batches that no run has', () => {
    expect(() => forecast(onKubernetes(13))).toThrow(RangeError);
  });
});

describe('what is free', () => {
  it('is what is left, without dust, and never less than nothing', () => {
    const free = freeOf({
      ...KUBERNETES_CAPACITY,
      limit: { cpu: 0.3, memory: 100 },
      used: { cpu: 0.1, memory: 200 },
    });
    expect(free).toEqual({ cpu: 0.2, memory: 0 });
    expect(freeOf({ basis: 'none', at: 0 })).toBeUndefined();
  });
});

describe('durationsByBatchCount', () => {
  it('gives the duration for 1 to 12 batches, never less for more', () => {
    const durations = durationsByBatchCount(onLaptop(1, 4));
    expect(durations).toHaveLength(12);
    expect(durations[4]).toBe(forecast(onLaptop(5, 4)).durationSeconds);
    expect(durations).toEqual([...durations].sort((a, b) => a - b));
    expect(durations[11]).toBeGreaterThan(durations[0]);
  });
});

describe('with measured durations', () => {
  it('says where they come from and uses them', () => {
    const durations = durationsFrom(
      {
        runs: 3,
        seconds: { GENERATE: 6, ANALYZE: 4, REPORT: 2 },
        startSeconds: 20,
      },
      'kubernetes',
    );
    const found = forecast({ ...onKubernetes(1), durations });
    expect(found.durations.basis).toEqual({ type: 'history', runs: 3 });
    expect(found.durationSeconds).toBe(20 + 6 + 6 + 4 + 6 + 2);
  });

  it('never says that a run takes no time', () => {
    const seconds = { GENERATE: 0.2, ANALYZE: 0.2, REPORT: 0.2 };
    const durations = durationsFrom(
      { runs: 1, seconds, startSeconds: 0.1 },
      'local',
    );
    const { sentence } = forecast({ ...onLaptop(1, 1), durations });
    expect(sentence).toMatch(/about 0:05$/);
  });
});
