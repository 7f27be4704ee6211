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
