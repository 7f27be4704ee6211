import { expect, test, type Page } from '@playwright/test';
import { faultsOf } from './faultsOf';
import { THEMES, openScenario } from './openScenario';

const timelineOf = (page: Page) =>
  page.getByRole('region', { name: 'Timeline' });
const partOf = (page: Page) => page.getByRole('group', { name: /arrow keys/ });
const leftOf = (page: Page) => partOf(page).evaluate(part => part.scrollLeft);

/** Clicks on the axis of a timeline that shows all there is. */
async function clickAxis(page: Page, label: string): Promise<void> {
  const tick = timelineOf(page).locator('svg text', { hasText: label });
  await tick.first().click({ force: true });
}

/** The line of the log that stands in the middle, and when it was written. */
async function middleOf(page: Page): Promise<string> {
  return page.getByRole('log').evaluate(log => {
    const box = log.getBoundingClientRect();
    const times = [...log.querySelectorAll('[data-line] time')];
    const middle = box.top + box.height / 2;
    const [nearest] = times.sort((a, b) => away(a) - away(b));
    return nearest.getAttribute('datetime') ?? '';

    function away(element: Element): number {
      const { top, height } = element.getBoundingClientRect();
      return Math.abs(top + height / 2 - middle);
    }
  });
}

test('is zoomed by buttons and keys, and moved by keys and by scrolling', async ({
  page,
}) => {
  await openScenario(page, 'recorded');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(partOf(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.keyboard.press('+');
  const part = partOf(page);
  await expect(part).toBeVisible();
  // The middle stays in its place.
  expect(await leftOf(page)).toBeGreaterThan(50);

  await part.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => leftOf(page)).toBe(0);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => leftOf(page)).toBeGreaterThan(0);
  await page.keyboard.press('End');
  await expect
    .poll(() =>
      part.evaluate(
        element =>
          element.scrollWidth - element.clientWidth - element.scrollLeft,
      ),
    )
    .toBeLessThan(1);
  const end = await leftOf(page);
  await part.hover();
  await page.mouse.wheel(-120, 0);
  await expect.poll(() => leftOf(page)).toBeLessThan(end);

  await page.keyboard.press('0');
  await expect(partOf(page)).toHaveCount(0);
});

test('while it is zoomed, a running run moves nothing but its own bars', async ({
  page,
}) => {
  await openScenario(page, 'running-5');
  await page.keyboard.press('+');
  const part = partOf(page);
  await part.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => leftOf(page)).toBe(0);
  const finished = timelineOf(page)
    .locator('rect[data-kind="running"][data-phase="succeeded"]')
    .first();
  const now = timelineOf(page).locator('[data-line-of="now"] text');
  const [place, time] = [await finished.boundingBox(), await now.innerHTML()];
  await expect(now).not.toHaveText(time);
  expect(await finished.boundingBox()).toEqual(place);
  expect(await leftOf(page)).toBe(0);
});

test('a click on the axis brings the log to that time, and the log stays there', async ({
  page,
}) => {
  await openScenario(page, 'running-5');
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible();
  const first = page.locator('[data-line] time');
  await expect(first.first()).toBeVisible();
  await clickAxis(page, '0:10');
  await expect(page.getByRole('button', { name: 'Follow' })).toBeVisible();
  const shown = Date.parse(await middleOf(page));

  await clickAxis(page, '0:20');
  await expect
    .poll(async () => Date.parse(await middleOf(page)) - shown)
    .toBeGreaterThan(8_000);
  const later = await middleOf(page);
  expect(Date.parse(later) - shown).toBeLessThan(12_000);
  // New lines come, and it stays.
  const lines = page.getByText(/new lines/).first();
  await expect(lines).toBeVisible();
  expect(await middleOf(page)).toBe(later);
});

test('a click on the axis finds lines that are only in the store', async ({
  page,
}) => {
  await openScenario(page, 'million');
  await expect(page.locator('[data-line="1000000"]')).toBeVisible();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const tick = page.locator('svg text', { hasText: /^0:05$/ });
  const middle = async () => Date.parse(await middleOf(page));
  const end = await middle();
  await tick.click({ force: true });
  // 100,000 lines a second, from the beginning on.
  await expect.poll(async () => end - (await middle())).toBeGreaterThan(4_000);
  const first = page.locator('[data-line]').first();
  const line = Number(await first.getAttribute('data-line'));
  expect(line).toBeGreaterThan(400_000);
  expect(line).toBeLessThan(600_000);
});

test('the time of the log row under the pointer is drawn as a hair line', async ({
  page,
}) => {
  await openScenario(page, 'succeeded');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const hair = page.locator('svg [data-line-of="pointer"]');
  await expect(hair).toHaveCount(0);
  await page.locator('[data-line]').first().hover();
  await expect(hair).toContainText(/^\d+:\d\d$/);
  const place = await hair.boundingBox();
  await page.locator('[data-line]').last().hover();
  await expect
    .poll(async () => (await hair.boundingBox())?.x)
    .toBeGreaterThan(place?.x ?? 0);
  await page.getByRole('button', { name: 'Copy link' }).hover();
  await expect(hair).toHaveCount(0);
});

test('what was not seen is hatched and said, and grows', async ({ page }) => {
  await openScenario(page, 'reconnecting');
  const unseen = timelineOf(page).locator('svg [data-line-of="unseen"]');
  await expect(unseen).toContainText('not seen yet');
  await expect(timelineOf(page).getByRole('list')).toContainText(
    'not seen yet',
  );
  await expect(
    page.getByRole('row', { name: /^GENERATE:5 .*not seen since/ }),
  ).toHaveCount(1);
  const hatch = unseen.locator('rect');
  const width = Number(await hatch.getAttribute('width'));
  await expect
    .poll(async () => Number(await hatch.getAttribute('width')))
    .toBeGreaterThan(width);
});

test('with less motion the line of now goes on in steps', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openScenario(page, 'running-5');
  const line = timelineOf(page).locator('[data-line-of="now"]');
  const places = await line.evaluate(
    element =>
      new Promise<number>(resolve => {
        const seen = new Set<string | null>();
        const end = performance.now() + 2_000;
        requestAnimationFrame(function look(now) {
          seen.add(element.getAttribute('transform'));
          if (now < end) {
            requestAnimationFrame(look);
          } else {
            resolve(seen.size);
          }
        });
      }),
  );
  expect(places).toBeGreaterThan(3);
  expect(places).toBeLessThan(16);
});

for (const theme of THEMES) {
  test(`axe finds no fault in what was not seen, zoomed (${theme})`, async ({
    page,
  }) => {
    await openScenario(page, 'reconnecting', { theme });
    await page.keyboard.press('+');
    await partOf(page).focus();
    expect(await faultsOf(page)).toEqual([]);
  });
}
