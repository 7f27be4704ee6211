import { expect } from '@playwright/test';
import { test } from './visitor';

test('the API page shows the OpenAPI document', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.sidebar('APIs').click();
  await page.getByRole('link', { name: 'Pipeline demo API' }).click();
  await page.getByRole('link', { name: 'Definition' }).click();
  for (const path of [
    '/demo/run',
    '/demo/runs/{runId}/report',
    '/pipeline/stream',
  ]) {
    await expect(
      page.locator(`[data-path="${path}"]`).first(),
      path,
    ).toBeVisible();
  }
});

test('a run of a catalog entity is on its tab', async ({ visitor }) => {
  const { page, phase } = visitor;
  await visitor.sidebar('Catalog').click();
  await page.getByRole('link', { name: 'Demo pipeline' }).click();
  await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
  const run = await visitor.startRun(1);
  await expect(phase).toHaveText('Succeeded');

  await page.goBack();
  await expect(page.getByRole('link', { name: run }).first()).toBeVisible();
  await expect(page.getByText('3 of 3 tasks')).toBeVisible();
});

test('an annotated entity has a card with its newest run, other entities have none', async ({
  visitor,
}) => {
  const { page, phase } = visitor;
  const card = page.getByRole('region', { name: 'Latest pipeline run' });
  await page.goto('/catalog/default/component/demo-pipeline');
  await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
  const run = await visitor.startRun(2);
  await expect(phase).toHaveText('Succeeded');

  await page.goto('/catalog/default/component/demo-pipeline');
  await expect(card).toContainText(run);
  await expect(card).toContainText('200 rows');
  await card.getByRole('link', { name: 'Open run' }).click();
  await page.waitForURL(`**/pipeline-demo/runs/${run}`);

  await page.goto('/catalog/default/system/pipeline-demo');
  await expect(page.getByText('About')).toBeVisible();
  await expect(card).toBeHidden();
});

test('the history is narrowed by a link, and by choice', async ({
  visitor,
}) => {
  const { page, phase } = visitor;
  await page.goto('/pipeline-demo');
  const run = await visitor.startRun(1);
  await expect(phase).toHaveText('Succeeded');

  await page.goto('/pipeline-demo?phase=succeeded&by=user:default/guest');
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  await expect(runs.getByRole('link', { name: run })).toBeVisible();
  await runs.getByRole('button', { name: /Engine/ }).click();
  await page.getByRole('option', { name: 'Kubernetes' }).click();
  await expect(runs).toContainText(
    'No run matches: succeeded, Kubernetes, started by you.',
  );
  expect(new URL(page.url()).searchParams.get('engine')).toBe('kubernetes');
  await runs.getByRole('button', { name: 'Show all runs' }).click();
  await expect(runs.getByRole('link', { name: run })).toBeVisible();
});
