import type { MetricsService } from '@backstage/backend-plugin-api/alpha';

/** Seconds: the demo takes half a minute on a laptop, and some minutes in a cluster. */
const RUN_BUCKETS = [5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800];

/** Seconds: a healthy line takes some hundredths. */
const FRESHNESS_BUCKETS = [
  ...[0.01, 0.025, 0.05, 0.1, 0.25, 0.5],
  ...[1, 2.5, 5, 10, 30, 60, 300],
];

/** What is measured as it happens: names, units and meaning in one place. */
export type Instruments = ReturnType<typeof createInstruments>;

/** Counters begin at 0, so that the first of anything is seen as a change. */
export function createInstruments(metrics: MetricsService) {
  const counter = (name: string, description: string) => {
    const instrument = metrics.createCounter(`pipeline_demo.${name}`, {
      description,
    });
    instrument.add(0);
    return instrument;
  };
  return {
    runDuration: metrics.createHistogram('pipeline_demo.run.duration', {
      description: 'From the start of a run until nothing of it was left',
      unit: 's',
      advice: { explicitBucketBoundaries: RUN_BUCKETS },
    }),
    lineFreshness: metrics.createHistogram('pipeline_demo.line.freshness', {
      description:
        'From the writing of a line until it was stored and sent: the oldest of each batch',
      unit: 's',
      advice: { explicitBucketBoundaries: FRESHNESS_BUCKETS },
    }),
    lines: counter('lines', 'Lines that were numbered and stored'),
    linesMissing: counter(
      'lines.missing',
      'Numbers between stored lines that no line has: anything but 0 is a fault',
    ),
    gaps: counter('gaps', 'Times of which output was lost before it was read'),
    leaseChanges: counter('lease.changes', 'Runs taken over by this process'),
    leasesLost: counter('lease.lost', 'Runs that another process took from us'),
  };
}
