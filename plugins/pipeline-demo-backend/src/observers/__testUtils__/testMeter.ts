import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import {
  PrometheusExporter,
  PrometheusSerializer,
} from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/** The real SDK, and what Prometheus would be given by it. */
export interface TestMeter {
  readonly metrics: MetricsService;
  /** As text, as `GET /metrics` answers. */
  readonly scrape: () => Promise<string>;
  /** Sample by sample: `name{labels}` to its value, without labels of the SDK's own. */
  readonly samples: () => Promise<ReadonlyMap<string, number>>;
}

/** A meter of its own, without a server. */
export function createTestMeter(): TestMeter {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const scrape = async () => {
    const { resourceMetrics, errors } = await exporter.collect();
    expect(errors).toEqual([]);
    return new PrometheusSerializer().serialize(resourceMetrics);
  };
  return {
    metrics: provider.getMeter('pipeline-demo'),
    scrape,
    samples: async () => readSamples(await scrape()),
  };
}

/** The samples of a scrape. */
export function readSamples(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split('\n')
      .filter(line => line.startsWith('pipeline_demo_'))
      .map(line => {
        const [, name, labels = '', value] =
          /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
        const own = labels
          .split(',')
          .filter(label => label !== '' && !label.startsWith('otel_'));
        return [
          own.length > 0 ? `${name}{${own.join(',')}}` : name,
          Number(value),
        ];
      }),
  );
}
