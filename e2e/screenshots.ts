import { expect, type Locator, type Page } from '@playwright/test';
import { join } from 'node:path';
import { test } from './visitor';

const FOLDER = join(__dirname, '..', 'docs', 'screenshots');

/**
 * One moment in both themes: the page follows the system's theme, but builds
 * itself anew for it.
 *
 * @param ready what is there when the page is complete
 */
async function picture(
  page: Page,
  name: string,
  ready: readonly Locator[],
): Promise<void> {
  // A pointer that rests on something highlights it.
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('body')).toHaveAttribute(
      'data-theme-mode',
      colorScheme,
    );
    for (const part of ready) {
      await expect(part).toBeVisible();
    }
    await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('the pictures of the README, from real runs', async ({ visitor }) => {
  const { page, phase } = visitor;
  const open = () => visitor.sidebar('Pipeline demo').click();

  await open();
  await visitor.startRun(3);
  await expect(phase).toHaveText('Succeeded');

  await open();
  await visitor.startRun(5);
  await expect(page.getByText(/[4-8] of 11 tasks/)).toBeVisible();
  await picture(page, 'running', [
    page.getByText(/forecast 0:/),
    page.getByText('Slots', { exact: true }),
    page.getByText('1 watching'),
  ]);
  // A machine so slow that the run was over makes no pictures.
  expect(await phase.textContent()).toBe('Running');

  await expect(phase).toHaveText('Succeeded');
  await picture(page, 'succeeded', [
    page.getByText('Run succeeded after'),
    page.getByText('Slots', { exact: true }),
    page.getByText('1 watching'),
  ]);

  await open();
  await picture(page, 'start', [
    page.getByRole('button', { name: 'Run 5 batches' }),
    page.getByText('from 2 earlier runs'),
    page.getByRole('row').nth(2),
  ]);
});
