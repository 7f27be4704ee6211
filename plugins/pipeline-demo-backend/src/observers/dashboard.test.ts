import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createProcess } from '../testing/runProcess';
import { useRunWorld } from '../testing/useRunWorld';
import { createTestMeter } from './__testUtils__/testMeter';
import { measure } from './measure';

const DASHBOARD = resolve(
  __dirname,
  '../../../../deploy/grafana/pipeline-demo.json',
);

/** What Prometheus itself puts beside our labels. */
const LABELS_OF_PROMETHEUS = ['job', 'instance'];

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

const { panels } = JSON.parse(readFileSync(DASHBOARD, 'utf8')) as Dashboard;
const queries = panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }): [string, string] => [title, expr]),
);

const world = useRunWorld();

/** Names and their labels, as the exporter prints them after a run. */
async function exported(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { engine, runs, logs, clock } = world();
  const meter = createTestMeter();
  const observer = measure({
    metrics: meter.metrics,
    clock,
    broadcaster: {
      viewers: () => 0,
      counts: { framesSent: 0, framesDropped: 0 },
    },
  });
  const ports = { engine, runs, logs, clock };
  const process = createProcess(ports, 'single', () => 'r1', [observer]);
  process.keepers.start();
  await clock.finish(process.start());
  await world().ended('r1');
  await clock.finish(process.keepers.stop());
  return new Map(
    [...(await meter.samples()).keys()].map(sample => {
      const [name, labels = ''] = sample.split('{');
      return [name, [...labels.matchAll(/(\w+)=/g)].map(([, label]) => label)];
    }),
  );
}

function metricsOf(expr: string): readonly string[] {
  return expr.match(/pipeline_demo_\w+/g) ?? [];
}

/** A histogram has three names. */
function instruments(metrics: readonly string[]): readonly string[] {
  const names = metrics.map(name => name.replace(/_(bucket|count|sum)$/, ''));
  return [...new Set(names)].sort();
}

/** Labels that a query groups by or selects. */
function labelsOf(expr: string): readonly string[] {
  const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list]) =>
    list.split(',').map(label => label.trim()),
  );
  const selected = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, list]) =>
    [...list.matchAll(/(\w+)\s*[=!]/g)].map(([, label]) => label),
  );
  return [...grouped, ...selected];
}

it.each(queries)('%s asks for what there is: %s', async (_title, expr) => {
  const metrics = await exported();
  expect(metricsOf(expr)).not.toEqual([]);
  for (const name of metricsOf(expr)) {
    expect([...metrics.keys()]).toContain(name);
    for (const label of labelsOf(expr)) {
      const known = [...(metrics.get(name) ?? []), ...LABELS_OF_PROMETHEUS];
      expect(known).toContain(label);
    }
  }
});

it('shows all that is measured', async () => {
  const shown = queries.flatMap(([, expr]) => metricsOf(expr));
  const measured = [...(await exported()).keys()];
  expect(instruments(shown)).toEqual(instruments(measured));
});
