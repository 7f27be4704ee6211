import { expect } from '@playwright/test';
import { markedProcesses } from './processes';
import { test } from './visitor';

test('a visitor runs 3 batches, watches them live, reloads, and reads the report', async ({
  visitor,
}) => {
  const { page, phase, freshness } = visitor;
  await visitor.sidebar('Pipeline demo').click();
  await visitor.startRun(3);

  await test.step('lines arrive while the run is running', async () => {
    const some = await visitor.moreLinesWhileRunning(0);
    await visitor.moreLinesWhileRunning(some);
    await expect(freshness).toContainText('Live');
    await expect(
      page
        .getByRole('log')
        .getByText(/^batch \d: /)
        .last(),
    ).toBeVisible();
  });

  await test.step('a reload in mid-run loses nothing', async () => {
    const before = await visitor.lines();
    await page.reload();
    const after = await visitor.moreLinesWhileRunning(before);
    await visitor.moreLinesThan(after);
    await expect(freshness).toContainText('0 missing');
  });

  await test.step('the report is read', async () => {
    await expect(phase).toHaveText('Succeeded');
    await expect(page.getByText('7 of 7 tasks')).toBeVisible();
    await expect(page.getByText('100 %').first()).toBeVisible();
    const report = JSON.parse(
      await visitor.download(page.getByRole('button', { name: 'report.json' })),
    );
    expect(report.batchCount).toBe(3);
    expect(report.totals.rows).toBe(300);
    const rows = page.getByRole('grid', { name: 'By batch' }).getByRole('row');
    await expect(rows).toHaveCount(1 + 3);
    await expect(rows.nth(1)).toContainText(
      report.batches[0].sum.toLocaleString('en-US'),
    );
  });

  await test.step('no line is missing', async () => {
    await expect(freshness).toContainText('Finished');
    await expect(freshness).toContainText('0 missing');
    await page.getByRole('button', { name: 'Download the log' }).click();
    const log = await visitor.download(
      page.getByRole('menuitem', { name: 'Text with times' }),
    );
    expect(await visitor.lines()).toBe(log.trimEnd().split('\n').length);
  });
});

test('cancel ends every process of a run', async ({ visitor }) => {
  const { page, phase } = visitor;
  await visitor.sidebar('Pipeline demo').click();
  const run = await visitor.startRun(12);
  await visitor.moreLinesWhileRunning(0);
  const nonces = new Set(
    markedProcesses()
      .filter(({ folder }) => folder.includes(run))
      .map(({ nonce }) => nonce),
  );
  expect([...nonces]).toHaveLength(1);

  await page.getByRole('button', { name: 'Cancel run' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Cancel run' })
    .click();

  await expect(phase).toHaveText('Cancelled');
  const left = markedProcesses().filter(({ nonce }) => nonces.has(nonce));
  expect(left).toEqual([]);
});
