import type { Lease, StoredRun } from '../ports/RunStore';
import { createProcess, type Process } from '../testing/runProcess';
import { FakeSink } from '../testing/FakeSink';
import { sampleLines } from '../testing/sampleRuns';
import { useRunWorld } from '../testing/useRunWorld';
import { createTestMeter, type TestMeter } from './__testUtils__/testMeter';
import { measure } from './measure';

const world = useRunWorld();
const started: Process[] = [];
afterEach(async () => {
  for (const { keepers, broadcaster } of started.splice(0)) {
    await world().clock.finish(keepers.stop());
    await world().clock.finish(broadcaster.close('The test ends'));
  }
});

/** A process that works, and what it measures. */
function measured(owner = 'single'): Process & { readonly meter: TestMeter } {
  const { engine, runs, logs, clock } = world();
  const meter = createTestMeter();
  const observer = measure({
    metrics: meter.metrics,
    clock,
    broadcaster: {
      viewers: () => process.broadcaster.viewers(),
      get counts() {
        return process.broadcaster.counts;
      },
    },
  });
  const ports = { engine, runs, logs, clock };
  const process = createProcess(ports, owner, () => 'r1', [observer]);
  started.push(process);
  process.keepers.start();
  return { ...process, meter };
}

it('has zeros before anything has happened', async () => {
  const samples = await measured().meter.samples();
  expect([...samples.values()].every(value => value === 0)).toBe(true);
  expect([...samples.keys()]).toEqual(
    expect.arrayContaining([
      'pipeline_demo_gaps_total',
      'pipeline_demo_lines_missing_total',
      'pipeline_demo_lease_lost_total',
      'pipeline_demo_viewers',
      'pipeline_demo_runs{phase="cancelling"}',
    ]),
  );
});

it('shows a run that goes on, and its end', async () => {
  const { meter, start, broadcaster } = measured();
  const page = FakeSink.create();
  await world().clock.finish(start());
  broadcaster.open(page, { run: 'r1' });
  await world().reached('r1', 'running');
  const during = await meter.samples();
  expect(during.get('pipeline_demo_runs{phase="running"}')).toBe(1);
  expect(during.get('pipeline_demo_viewers')).toBe(1);
  const tasks = [...during].filter(([name]) => name.includes('_tasks{'));
  expect(tasks.reduce((sum, [, count]) => sum + count, 0)).toBe(5);
  await world().clock.advance(250);
  const seenAge = 'pipeline_demo_engine_seen_age';
  expect((await meter.samples()).get(seenAge)).toBeLessThan(1);

  const run = await world().ended('r1');
  await world().clock.settle();
  const after = await meter.samples();
  const of = '{outcome="succeeded",engine="local",batches="2"}';
  expect(after.get(`pipeline_demo_run_duration_count${of}`)).toBe(1);
  expect(after.get(`pipeline_demo_run_duration_sum${of}`)).toBe(
    ((run.endedAt ?? 0) - run.createdAt) / 1000,
  );
  expect(after.get('pipeline_demo_runs{phase="running"}')).toBe(0);
  expect(after.get('pipeline_demo_lines_total')).toBe(
    (await world().lines('r1')).length,
  );
  expect(after.get('pipeline_demo_lines_missing_total')).toBe(0);
  const sent = page.messages.filter(({ type }) =>
    ['event', 'lines'].includes(type),
  );
  expect(after.get('pipeline_demo_frames_sent_total')).toBe(sent.length);
  // A batch waits for 15 ms; a line of this engine takes no other time.
  const batches = after.get('pipeline_demo_line_freshness_count') ?? 0;
  expect(batches).toBeGreaterThan(5);
  expect(after.get('pipeline_demo_line_freshness_bucket{le="0.025"}')).toBe(
    batches,
  );
  expect(after.get(seenAge)).toBe(0);
});

it('counts the frames that a slow viewer was not given', async () => {
  const { meter, start, broadcaster } = measured();
  const page = FakeSink.create();
  await world().clock.finish(start());
  broadcaster.open(page, { run: 'r1' });
  await world().reached('r1', 'running');
  jest.spyOn(page, 'buffered').mockReturnValue(2 * 1024 * 1024);
  await world().ended('r1');
  await world().clock.settle();
  const slow = await meter.samples();
  expect(slow.get('pipeline_demo_frames_dropped_total')).toBe(1);
});

it('counts a run that another process has taken, where each is', async () => {
  const [first, second] = [measured('first'), measured('second')];
  await world().clock.finish(first.start());
  await world().reached('r1', 'running');
  await world().clock.finish(first.keepers.stop());
  await world().clock.until(
    async () => (await world().runs.get('r1'))?.epoch === 2,
  );
  await world().runs.takeLease('r1', 'second', 60_000);
  await world().clock.advance(20_000);
  const [before, after] = [
    await first.meter.samples(),
    await second.meter.samples(),
  ];
  expect(before.get('pipeline_demo_lease_changes_total')).toBe(0);
  expect(after.get('pipeline_demo_lease_changes_total')).toBeGreaterThan(0);
  expect(before.get('pipeline_demo_lease_lost_total')).toBe(0);
  expect(after.get('pipeline_demo_lease_lost_total')).toBe(1);
});

it('counts gaps, and numbers that no line has', async () => {
  const meter = createTestMeter();
  const { clock } = world();
  const broadcaster = measured().broadcaster;
  const observer = measure({ metrics: meter.metrics, clock, broadcaster });
  const { stored } = await world().clock.finish(world().process().start());
  const lease: Lease = { runId: stored.run.id, owner: 'a', epoch: 1 };
  const resumed: StoredRun = { ...stored, lastLine: 3 };
  const runId = stored.run.id;
  const publish = (from: number, to: number) =>
    observer.published({ runId, lines: sampleLines(from, to) });
  const missing = async () =>
    (await meter.samples()).get('pipeline_demo_lines_missing_total');

  observer.kept(lease, resumed);
  publish(4, 5);
  expect(await missing()).toBe(0);
  publish(8, 9);
  expect(await missing()).toBe(2);
  const at = clock.now();
  const gap = { task: 'driver', afterLine: 9, from: at, to: at, reason: 'x' };
  const events = [
    { type: 'Gap', at, event: 1, ...gap },
    { type: 'LogsComplete', at, event: 2, lastLine: 12 },
  ] as const;
  observer.published({ runId, events, run: stored.run });
  expect(await missing()).toBe(5);
  expect((await meter.samples()).get('pipeline_demo_gaps_total')).toBe(1);
});
