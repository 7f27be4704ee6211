import { expect, test } from '@playwright/test';
import { openScenario } from './openScenario';

test('the plan is on the screen before the server has answered', async ({
  page,
}) => {
  await openScenario(page, 'start-slow');
  await page.getByRole('button', { name: 'Run 5 batches' }).click();
  await expect(page.getByRole('heading', { name: 'Queued' })).toBeVisible();
  await expect(page.getByRole('gridcell')).toHaveCount(11);
  await expect(page).not.toHaveURL(/runs/);
  await page.waitForURL('**/runs/r7d2');
  await expect(page.getByRole('gridcell')).toHaveCount(11);
});

test('a start that fails comes back to the form, with its sentence', async ({
  page,
}) => {
  await openScenario(page, 'start-fails');
  const slider = page.getByRole('slider', { name: 'Batches' });
  await slider.press('ArrowRight');
  await page.getByRole('button', { name: 'Run 6 batches' }).click();
  await expect(page.getByRole('alert')).toContainText('still being tidied up');
  await expect(slider).toHaveValue('6');
});

test('a change of the theme keeps the session: nothing is loaded again', async ({
  page,
}) => {
  await openScenario(page, 'live');
  const lines = page.getByLabel('Connection and freshness');
  await expect(lines).toContainText('Live');
  await page.evaluate(() => {
    const seen = { skeleton: false };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      seen.skeleton ||= document.querySelector('.bui-Skeleton') !== null;
    }).observe(document.body, { childList: true, subtree: true });
    localStorage.setItem('theme', 'dark');
    window.dispatchEvent(
      new StorageEvent('storage', { key: 'theme', newValue: 'dark' }),
    );
  });
  await expect(page.locator('body')).toHaveAttribute('data-theme-mode', 'dark');
  await expect(lines).toContainText('Live');
  await expect(page.getByRole('log')).toBeVisible();
});

test('two tabs have each their own selection', async ({ context, page }) => {
  await openScenario(page, 'running-5');
  const other = await context.newPage();
  await openScenario(other, 'running-5');
  await page.getByRole('gridcell', { name: /^GENERATE:2,/ }).click();
  await expect(page).toHaveURL(/task=GENERATE:2/);
  await expect(other).not.toHaveURL(/task=/);
  await expect(other.getByRole('button', { name: /^All tasks/ })).toBeVisible();
});

test('on a phone nothing is wider than the screen, and the tab stays', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const id of [
    'start',
    'running-5',
    'cancelling',
    'failed',
    'succeeded',
  ]) {
    await openScenario(page, id);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect({ id, wider }).toEqual({ id, wider: 0 });
  }
  await openScenario(page, 'live');
  await page.getByRole('tab', { name: /^Logs/ }).click();
  await expect(page.getByRole('log')).toBeVisible();
  await expect(
    page.locator('main').getByRole('heading', { level: 2 }),
  ).toHaveText('Succeeded', { timeout: 60_000 });
  await expect(page.getByRole('tab', { name: /^Logs/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('the splitter moves by keys, is remembered, and goes back', async ({
  page,
}) => {
  await openScenario(page, 'running-5');
  const splitter = page.getByRole('separator', {
    name: 'Height of the upper part',
  });
  const first = Number(await splitter.getAttribute('aria-valuenow'));
  await splitter.press('ArrowUp');
  await expect(splitter).toHaveAttribute('aria-valuenow', String(first - 24));
  await page.reload();
  await expect(splitter).toHaveAttribute('aria-valuenow', String(first - 24));
  await splitter.dblclick();
  await expect(splitter).toHaveAttribute('aria-valuenow', String(first));
});
