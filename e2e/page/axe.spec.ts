import { expect, test } from '@playwright/test';
import { faultsOf } from './faultsOf';
import { THEMES, openScenario, scenarioIds } from './openScenario';

test('axe finds no fault in any state, in both themes', async ({ page }) => {
  test.setTimeout(2_400_000);
  const faults: Record<string, readonly string[]> = {};
  for (const id of await scenarioIds(page)) {
    for (const theme of THEMES) {
      await openScenario(page, id, { theme });
      const found = await faultsOf(page);
      if (found.length > 0) {
        faults[`${id}, ${theme}`] = found;
      }
    }
  }
  expect(faults).toEqual({});
});

for (const theme of THEMES) {
  test(`axe finds no fault in what opens: details, keys, cancel, search (${theme})`, async ({
    page,
  }) => {
    await openScenario(page, 'image-pull', { theme });
    await page.getByRole('gridcell', { name: /^GENERATE:1,/ }).click();
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('complementary', { name: 'Details of GENERATE:1' }),
    ).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toContainText('Search the log');
    expect(await faultsOf(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('c');
    await expect(page.getByRole('dialog')).toContainText('Cancel run r4f2?');
    expect(await faultsOf(page)).toEqual([]);

    await openScenario(page, 'succeeded', { theme });
    await page.keyboard.press('/');
    await page.keyboard.type('batch 1');
    await expect(page.getByText(/^0 of \d+/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^1 of \d+/)).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
  });

  test(`axe finds no fault on a phone (${theme})`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const id of ['start', 'running-5', 'failed', 'succeeded']) {
      await openScenario(page, id, { theme });
      expect({ id, faults: await faultsOf(page) }).toEqual({ id, faults: [] });
    }
    await page.getByRole('tab', { name: /^Logs/ }).click();
    await expect(page.getByRole('log')).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
  });
}
