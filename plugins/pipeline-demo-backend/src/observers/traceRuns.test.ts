import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { createProcess } from '../testing/runProcess';
import { useRunWorld } from '../testing/useRunWorld';
import { traceRuns } from './traceRuns';

const world = useRunWorld();

/** A process of the world's, and the spans that it has made. */
function traced(owner: string) {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const { engine, runs, logs, clock } = world();
  const ports = { engine, runs, logs, clock };
  const observer = traceRuns(provider.getTracer('test'));
  const process = createProcess(ports, owner, () => 'r1', [observer]);
  process.keepers.start();
  return {
    ...process,
    spans: () =>
      exporter.getFinishedSpans().map(span => ({
        name: span.name.replace('pipeline_demo.', ''),
        from: millis(span.startTime),
        to: millis(span.endTime),
        span,
      })),
    close: () => clock.finish(process.keepers.stop()),
  };
}

function millis([seconds, nanos]: ReadableSpan['startTime']): number {
  return seconds * 1000 + nanos / 1e6;
}

it('makes one trace of a run, with the times that are stored', async () => {
  const process = traced('single');
  await world().clock.finish(process.start());
  const run = await world().ended('r1');
  await process.close();

  const spans = process.spans();
  const find = (name: string) => spans.find(span => span.name === name);
  const { createdAt, launchedAt, finishedAt, endedAt } = run;
  expect(find('run')).toMatchObject({ from: createdAt, to: endedAt });
  expect(find('launch')).toMatchObject({ from: createdAt, to: launchedAt });
  expect(find('execute')).toMatchObject({ from: launchedAt, to: finishedAt });
  expect(find('drain')).toMatchObject({ from: finishedAt });
  expect(find('remove')).toMatchObject({
    from: find('drain')?.to,
    to: endedAt,
  });
  for (const { id, attempts } of run.tasks) {
    const { runningAt, endedAt: to } = attempts[0];
    expect(find(id)).toMatchObject({ from: runningAt, to });
    expect(find(id)?.span.parentSpanContext?.spanId).toBe(
      find('execute')?.span.spanContext().spanId,
    );
  }
  expect(spans).toHaveLength(5 + run.tasks.length);
  const traces = spans.map(({ span }) => span.spanContext().traceId);
  expect(new Set(traces).size).toBe(1);
  expect(find('run')?.span.attributes).toEqual({
    'pipeline_demo.run.id': 'r1',
    'pipeline_demo.engine': 'local',
    'pipeline_demo.batches': 2,
    'pipeline_demo.outcome': 'succeeded',
    'pipeline_demo.lines': run.logsComplete?.lastLine,
    'pipeline_demo.gaps': 0,
    'pipeline_demo.epoch': 1,
  });
});

it('is made once, whole, by the one that has seen the end', async () => {
  const first = traced('first');
  await world().clock.finish(first.start());
  await world().reached('r1', 'running');
  const second = traced('second');
  await first.close();
  const run = await world().ended('r1');
  await second.close();

  expect(first.spans()).toEqual([]);
  const whole = second.spans().find(({ name }) => name === 'run');
  expect(whole).toMatchObject({ from: run.createdAt, to: run.endedAt });
  expect(whole?.span.attributes).toMatchObject({ 'pipeline_demo.epoch': 2 });
});

it('says why a run has failed', async () => {
  const process = traced('single');
  await world().clock.finish(process.start());
  await world().reached('r1', 'running');
  world().fake.made[0].removeObjects();
  const run = await world().ended('r1');
  await process.close();

  const whole = process.spans().find(({ name }) => name === 'run');
  const message = run.outcome?.type === 'failed' ? run.outcome.message : '';
  expect(message).not.toBe('');
  expect(whole?.span.status).toEqual({ code: 2, message });
});
