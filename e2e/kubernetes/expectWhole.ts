import { expect } from '@playwright/test';
import { firstDifference } from '../faults/firstDifference.ts';
import { plainLines } from '../faults/plainLines.ts';
import type { RunApi } from '../faults/RunApi.ts';
import type { ClusterWorld } from './ClusterWorld.ts';

/**
 * The log of an ended run against what each container has written:
 * line by line, in order, once. Only a task whose output has a gap may lack
 * its end.
 */
export async function expectWholeLog(
  world: ClusterWorld,
  api: RunApi,
  runId: string,
): Promise<void> {
  const lines = await api.lines(runId);
  const numbers = lines.map((_, index) => index + 1);
  expect(
    firstDifference(
      lines.map(({ line }) => line),
      numbers,
    ),
  ).toBeUndefined();

  const gaps = new Set(world.gaps(runId));
  const byTask = Map.groupBy(lines, ({ task }) => task);
  const written = await world.pods.written();
  expect([...written.keys()]).toEqual(
    expect.arrayContaining([...byTask.keys()]),
  );
  for (const [task, bytes] of written) {
    const log = (byTask.get(task) ?? []).map(({ text, cut }) =>
      cut === undefined ? { text } : { text, cut },
    );
    const kept = plainLines(bytes);
    const expected = gaps.has(task) ? kept.slice(0, log.length) : kept;
    expect(
      firstDifference(log, expected),
      `${task}: log and oracle`,
    ).toBeUndefined();
  }
}

/** By labels and without them: the namespace has nobody at work. */
export async function expectNothingLeft({
  namespace,
}: ClusterWorld): Promise<void> {
  expect(await namespace.ofRuns()).toEqual([]);
  expect(await namespace.atWork()).toEqual([]);
}

/** Succeeded, with a report and the whole log, and nothing left. */
export async function expectSuccess(
  world: ClusterWorld,
  api: RunApi,
  runId: string,
): Promise<void> {
  expect(await world.ended(api, runId)).toMatchObject({
    outcome: { type: 'succeeded' },
    phase: 'succeeded',
    hasReport: true,
  });
  await expectNothingLeft(world);
  expect(world.gaps(runId)).toEqual([]);
  await expectWholeLog(world, api, runId);
}

/** The slot is free, and the cluster still takes runs. */
export async function expectNextRun(
  world: ClusterWorld,
  api: RunApi,
): Promise<void> {
  const { status, run } = await api.start(1);
  expect(status).toBe(201);
  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
  await expectNothingLeft(world);
}
