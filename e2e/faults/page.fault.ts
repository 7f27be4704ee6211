import { expect } from '@playwright/test';
import { Visitor } from '../visitor.ts';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';

test('a page that is open shows a kill -9, and goes on without a reload', async ({
  world,
  browser,
}) => {
  world.tasks.perform({ generate: 'talk 0.2 2; real generate "$@"' });
  const portal = await (await world.startPortal()).ready();
  const context = await browser.newContext({ baseURL: portal.url });
  const page = await context.newPage();
  const visitor = new Visitor(page);
  const { phase, freshness } = visitor;
  const log = page.getByRole('log', { name: 'Log lines' });
  await visitor.signIn();
  await visitor.sidebar('Pipeline demo').click();
  const runId = await visitor.startRun(3);
  await world.talking(runId);
  await visitor.moreLinesThan(0);
  await expect(phase).toHaveText('Running');
  const documents: string[] = [];
  page.on('domcontentloaded', () => documents.push(page.url()));

  await portal.kill();
  await expect(freshness).toContainText('Reconnecting');
  // What has come is still there.
  await expect(log.getByText(/GENERATE:\d says/).last()).toBeVisible();
  const before = await visitor.lines();

  const after = await (await world.startPortal(portal)).ready();
  await expect(freshness).toContainText('Live');
  await visitor.moreLinesThan(before);
  await expect(phase).toHaveText('Running');
  world.tasks.enough();

  await expect(phase).toHaveText('Succeeded');
  await expect(page.getByText('7 of 7 tasks')).toBeVisible();
  await expect(freshness).toContainText('0 missing');
  const lines = await expectWholeLog(
    world,
    world.api(after),
    runId,
    'by themselves',
  );
  expect(await visitor.lines()).toBe(lines.length);
  await expect(log).toContainText(lines[lines.length - 1].text);
  expect(documents, 'reloads').toEqual([]);
  expect(world.rows('select id from runs')).toEqual([{ id: runId }]);
  await context.close();
});
