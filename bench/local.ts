// The local engine, measured at a viewer and, in the same run, at who reads
// the same files: npm run bench -- local
import { availableParallelism, cpus, loadavg } from 'node:os';
import type { BackendProcess } from '../e2e/faults/BackendProcess.ts';
import type { RunApi } from '../e2e/faults/RunApi.ts';
import { World } from '../e2e/faults/World.ts';
import { calm } from './calm.ts';
import { clickToLine } from './clickToLine.ts';
import type { Finding } from './Finding.ts';
import { flood } from './flood.ts';
import { manyRuns } from './manyRuns.ts';
import { quiet } from './quiet.ts';

type Bench = (
  world: World,
  api: RunApi,
  backend: BackendProcess,
) => Promise<Finding>;

main().then(
  isLossless => process.exit(isLossless ? 0 : 1),
  error => {
    console.error(error);
    process.exit(1);
  },
);

/** @returns whether every line that was written has come */
async function main(): Promise<boolean> {
  const { model } = cpus()[0];
  console.log(
    `${availableParallelism()} × ${model}, Node ${
      process.version
    }, load before: ${load()}\n`,
  );
  const findings: Finding[] = [];
  for (const bench of [clickToLine, quiet, calm, flood, manyRuns]) {
    const finding = await alone(bench);
    findings.push(finding);
    show(finding);
  }
  console.log(`Load after: ${load()}`);
  return findings.every(({ lines }) => lines.written === lines.received);
}

/** In a world of its own, which knows of no other run. */
async function alone(bench: Bench): Promise<Finding> {
  const world = World.create();
  try {
    const backend = await (await world.start()).ready();
    return await bench(world, world.api(backend), backend);
  } finally {
    await world.close();
  }
}

function show({ title, measures, lines }: Finding): void {
  const { written, received } = lines;
  const rows = [
    { what: title, viewer: 'viewer', floor: 'tail -f' },
    ...measures,
  ];
  for (const { what, viewer, floor = '' } of rows) {
    console.log(
      `${what.padEnd(60)}${viewer.padStart(16)}${floor.padStart(16)}`,
    );
  }
  console.log(
    `${written} lines written, ${received} received, ${
      written - received
    } lost\n`,
  );
}

/** Programs that want a processor: with more than there are, everything takes longer. */
function load(): string {
  return loadavg()[0].toFixed(1);
}
