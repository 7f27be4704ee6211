import { expect, type Locator, type Page } from '@playwright/test';
import { join, resolve } from 'node:path';
import { Visitor } from '../visitor.ts';
import { expectNothingLeft, expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';

/** Where `npm run e2e -- --pictures` puts them. */
const PICTURES = resolve('docs/screenshots');

// Slowly, so that a busy machine sees it running; pictures are as it is.
test.use({ options: { pace: process.env.CLUSTER_PICTURES ? '1' : '3' } });

test('Run on the page, watched to its report', async ({ world, browser }) => {
  const portal = await (await world.backends.startPortal()).ready();
  const context = await browser.newContext({ baseURL: portal.url });
  const page = await context.newPage();
  const visitor = new Visitor(page);
  const { phase, freshness } = visitor;
  await visitor.signIn();
  await visitor.sidebar('Pipeline demo').click();
  const runId = await visitor.startRun(5);

  await expect(phase).toHaveText('Running');
  const some = await visitor.moreLinesWhileRunning(0);
  await visitor.moreLinesWhileRunning(some);
  await expect(freshness).toContainText('Live');
  await expect(page.getByText(/[4-8] of 11 tasks/)).toBeVisible();
  await picture(page, 'kubernetes-running', [page.getByText('of 14')]);

  await expect(phase).toHaveText('Succeeded', { timeout: 120_000 });
  await expect(page.getByText('11 of 11 tasks')).toBeVisible();
  await expect(freshness).toContainText('0 missing');
  const report = JSON.parse(
    await visitor.download(page.getByRole('button', { name: 'report.json' })),
  );
  expect(report).toMatchObject({ batchCount: 5, totals: { rows: 500 } });
  // The page shows how it ends while the last objects are removed.
  const api = world.backends.api(portal);
  await world.ended(api, runId);
  await expect(freshness).toContainText('Finished');
  await picture(page, 'kubernetes-succeeded', [
    page.getByText('of 14'),
    page.getByText('Predicted and actual'),
  ]);
  await expectNothingLeft(world);
  await expectWholeLog(world, api, runId);
  expect(await visitor.lines()).toBe((await api.run(runId)).lineCount);
  await context.close();
});

/** In both themes, when pictures are wanted. */
async function picture(
  page: Page,
  name: string,
  ready: readonly Locator[],
): Promise<void> {
  if (!process.env.CLUSTER_PICTURES) {
    return;
  }
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('body')).toHaveAttribute(
      'data-theme-mode',
      colorScheme,
    );
    const log = page.getByRole('log', { name: 'Log lines' });
    for (const part of [log, ...ready]) {
      await expect(part).toBeVisible();
    }
    await page.screenshot({
      path: join(PICTURES, `${name}-${colorScheme}.png`),
    });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
