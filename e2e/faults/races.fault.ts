import { expect } from '@playwright/test';
import { AMOUNTS } from './amounts.ts';
import { test } from './postgresFixtures.ts';

/* Two replicas are two processes that share a database and a work directory. */

test(`${AMOUNTS.races} races of two starts`, async ({ world, postgres }) => {
  world.tasks.perform({ generate: ':', analyze: ':', report: ':' });
  const database = postgres.config('postgres');
  // One after the other: of two at once on an empty database, one may fail,
  // since Backstage's own tables are made by both.
  const apis = [
    world.api(await (await world.start({ database })).ready()),
    world.api(await (await world.start({ database })).ready()),
  ];
  const results: string[] = [];
  for (let race = 1; race <= AMOUNTS.races; race += 1) {
    const answers = await Promise.all(apis.map(api => api.start(1)));
    const active = postgres.rows(
      'select id, owner from runs where slot is not null',
    );
    const [runId] = new Set(answers.map(({ run }) => run.id));
    results.push(
      answers
        .map(
          ({ status, attached }) => `${status}${attached ? ' attached' : ''}`,
        )
        .toSorted()
        .join(', '),
    );
    expect(new Set(answers.map(({ run }) => run.id)).size, 'runs').toBe(1);
    expect(active.length).toBeLessThanOrEqual(1);
    expect(postgres.rows('select id from runs')).toHaveLength(race);
    await world.ended(apis[race % 2], runId);
    expect(world.tasks.nonces(runId).size, 'supervisors').toBe(1);
  }
  expect(new Set(results)).toEqual(new Set(['200 attached, 201']));
  expect(results).toHaveLength(AMOUNTS.races);
  expect(postgres.rows(`select distinct phase, epoch from runs`)).toEqual([
    { phase: 'succeeded', epoch: 1 },
  ]);
  // Both have won some.
  expect(postgres.rows('select distinct owner from runs')).toHaveLength(2);
});
