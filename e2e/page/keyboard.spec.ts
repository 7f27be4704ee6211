import { expect, test } from '@playwright/test';
import { openScenario } from './openScenario';

test('from the start to the report with the keyboard alone', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openScenario(page, 'start');
  // The slider, then the button after it.
  const slider = page.getByRole('slider', { name: 'Batches' });
  for (let tabs = 0; tabs < 40; tabs += 1) {
    if (await slider.evaluate(input => input === document.activeElement)) {
      break;
    }
    await page.keyboard.press('Tab');
  }
  await expect(slider).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(
    page.getByRole('button', { name: 'Run 5 batches' }),
  ).toBeFocused();
  await page.keyboard.press('Enter');

  const phase = page.locator('main').getByRole('heading', { level: 2 });
  await expect(phase).toHaveText('Running');
  await page.waitForURL('**/runs/r7d2');

  // A task: chosen, opened, closed; then nothing is chosen.
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/task=GENERATE:1/);
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', {
    name: 'Details of GENERATE:1',
  });
  await expect(details).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/task=/);

  // All of ANALYZE; the log alone, and back.
  await page.keyboard.press('2');
  await expect(page).toHaveURL(/task=ANALYZE:1,ANALYZE:2,ANALYZE:3/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('[');
  await expect(page.getByRole('region', { name: 'Topology' })).toHaveCount(0);
  await page.keyboard.press('[');
  await expect(page.getByRole('region', { name: 'Topology' })).toBeVisible();

  await expect(phase).toHaveText('Succeeded', { timeout: 60_000 });
  await expect(page.getByRole('tab', { name: 'Report' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(page.getByText('Predicted and actual')).toBeVisible();
});

test('keys can be turned off, and stay off', async ({ page }) => {
  await openScenario(page, 'succeeded');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('switch', { name: 'Use these keys' }).press(' ');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('j');
  await page.reload();
  await expect(
    page.locator('main').getByRole('heading', { level: 2 }),
  ).toHaveText('Succeeded');
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(/task=/);
});
