import { expect } from '@playwright/test';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base } from './fixtures.ts';
import { freePort } from './freePort.ts';
import { until } from './until.ts';

interface Span {
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string };
  }[];
}

/** Stands where a collector of traces would, and keeps what it is given. */
class Collector {
  readonly spans: Span[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
      for (const { scopeSpans } of resourceSpans) {
        for (const { spans } of scopeSpans) {
          this.spans.push(...spans);
        }
      }
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  }

  static async start(): Promise<Collector> {
    const collector = new Collector();
    const server = collector.#server;
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return collector;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(done => this.#server.close(done));
  }
}

const test = base.extend<{ collector: Collector; metricsPort: number }>({
  collector: async ({}, use) => {
    const collector = await Collector.start();
    await use(collector);
    await collector.close();
  },
  metricsPort: async ({}, use) => use(await freePort()),
  options: async ({ collector, metricsPort }, use) =>
    use({
      env: {
        OTEL_METRICS_EXPORTER: 'prometheus',
        OTEL_EXPORTER_PROMETHEUS_PORT: String(metricsPort),
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      },
    }),
});

test('a run as Prometheus and a collector of traces see it', async ({
  world,
  collector,
  metricsPort,
}) => {
  const scrape = async (): Promise<ReadonlyMap<string, number>> => {
    const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    return samplesOf(await response.text());
  };
  world.tasks.perform({ generate: 'talk 0.1 2; real generate "$@"' });
  const portal = await (await world.startPortal()).ready();
  expect(await sum(scrape, 'runs')).toBe(0);

  const api = world.api(portal);
  const { run } = await api.start(1);
  await world.talking(run.id, 1);
  await until('the run is seen', async () => (await sum(scrape, 'runs')) === 1);
  expect(await sum(scrape, 'tasks')).toBe(3);
  const stream = api.openStream(run.id, 0, 0);
  await until('so is a viewer', async () => (await sum(scrape, 'viewers')) > 0);
  world.tasks.enough();
  const { lineCount } = await world.ended(api, run.id);
  stream.close();

  expect(await sum(scrape, 'run_duration_count')).toBe(1);
  expect(await sum(scrape, 'lines_total')).toBe(lineCount);
  expect(await sum(scrape, 'lines_missing_total')).toBe(0);
  expect(await sum(scrape, 'gaps_total')).toBe(0);
  expect(await sum(scrape, 'frames_sent_total')).toBeGreaterThan(5);
  // Lines are dated by their task: they were fresh for most of a second.
  const late = [...(await scrape())].filter(([name]) =>
    name.startsWith('pipeline_demo_line_freshness_bucket'),
  );
  expect(late.length).toBeGreaterThan(3);

  // What was not sent yet is sent before the process ends.
  await portal.stop();
  const whole = collector.spans.find(
    ({ name }) => name === 'pipeline_demo.run',
  );
  expect(whole?.attributes).toContainEqual({
    key: 'pipeline_demo.run.id',
    value: { stringValue: run.id },
  });
  const names = collector.spans.map(({ name }) => name);
  for (const part of ['launch', 'execute', 'drain', 'remove', 'REPORT']) {
    expect(names).toContain(`pipeline_demo.${part}`);
  }
});

/** The sum of a metric's samples. */
async function sum(
  scrape: () => Promise<ReadonlyMap<string, number>>,
  metric: string,
): Promise<number> {
  return [...(await scrape())]
    .filter(([name]) => name.split('{')[0] === `pipeline_demo_${metric}`)
    .reduce((total, [, value]) => total + value, 0);
}

function samplesOf(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
  );
}
