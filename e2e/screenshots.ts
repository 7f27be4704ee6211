import { expect, type Page } from '@playwright/test';
import { join } from 'node:path';
import { test } from './visitor';

const FOLDER = join(__dirname, '..', 'docs', 'screenshots');

/** One moment in both themes: the page follows the system's without a reload. */
async function picture(page: Page, name: string): Promise<void> {
  // A pointer that rests on something highlights it.
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('body')).toHaveAttribute(
      'data-theme-mode',
      colorScheme,
    );
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
  await picture(page, 'running');
  // A machine so slow that the run was over makes no pictures.
  expect(await phase.textContent()).toBe('Running');

  await expect(phase).toHaveText('Succeeded');
  await expect(page.getByText('Run succeeded after')).toBeVisible();
  await picture(page, 'succeeded');

  await open();
  await expect(page.getByRole('row')).toHaveCount(1 + 2);
  await picture(page, 'start');
});
