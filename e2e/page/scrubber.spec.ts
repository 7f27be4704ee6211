import { expect, test, type Page } from '@playwright/test';
import { faultsOf } from './faultsOf';
import { THEMES, openScenario } from './openScenario';

const sliderOf = (page: Page) =>
  page.getByRole('slider', { name: 'Moment that is shown' });
const lookingAt = (page: Page) => page.getByText(/^Looking at /);

/** Puts the slider at a share of its length. */
async function goTo(page: Page, share: number): Promise<void> {
  const box = await sliderOf(page).boundingBox();
  if (!box) {
    throw new Error('The slider is not on the screen');
  }
  await page.mouse.click(box.x + box.width * share, box.y + box.height / 2);
}

/** Where the parts of the page stand. */
async function places(page: Page) {
  const parts = [
    page.locator('main').getByRole('heading', { level: 2 }),
    sliderOf(page),
    page.getByRole('region', { name: 'Topology' }),
    page.getByRole('gridcell', { name: /^GENERATE:1,/ }),
    page.getByRole('log'),
    page.getByRole('button', { name: 'Copy link' }),
  ];
  return Promise.all(parts.map(part => part.boundingBox()));
}

/** Seconds since the run began of the line in the middle of the log. */
async function logTime(page: Page): Promise<number> {
  return page.getByRole('log').evaluate(log => {
    const box = log.getBoundingClientRect();
    const times = [...log.querySelectorAll('[data-line] time')];
    const middle = times.find(
      time => time.getBoundingClientRect().top >= box.top + box.height / 2 - 16,
    );
    return Date.parse(middle?.getAttribute('datetime') ?? '') / 1000;
  });
}

/** The number of the line in the middle of the log. */
async function middleLine(page: Page): Promise<number> {
  return page.getByRole('log').evaluate(log => {
    const { top, height } = log.getBoundingClientRect();
    const line = [...log.querySelectorAll<HTMLElement>('[data-line]')].find(
      row => row.getBoundingClientRect().bottom >= top + height / 2,
    );
    return Number(line?.dataset.line);
  });
}

for (const theme of THEMES) {
  test(`goes back in a run that is over, and nothing else moves (${theme})`, async ({
    page,
  }) => {
    await openScenario(page, 'succeeded', { theme });
    const before = await places(page);
    const title = await page.title();
    const icon = page.locator('link[rel="icon"]').first();
    const favicon = await icon.getAttribute('href');
    await expect(sliderOf(page)).toHaveAttribute(
      'aria-valuetext',
      '1:04 of 1:04',
    );

    await goTo(page, 0.25);
    await expect(lookingAt(page)).toHaveText(/^Looking at 0:1\d of 1:04$/);
    await expect(sliderOf(page)).toHaveAttribute(
      'aria-valuetext',
      /^0:1\d of 1:04$/,
    );
    await expect(
      page.getByRole('gridcell', { name: /^GENERATE:1, Running/ }),
    ).toBeVisible();
    await expect(
      page.getByRole('gridcell', { name: /^REPORT, Planned/ }),
    ).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expect(page.locator('svg [data-line-of="now"]')).toContainText(
      /^0:1\d$/,
    );
    expect(await places(page)).toEqual(before);

    // What the run is now stays to be seen.
    await expect(
      page.locator('main').getByRole('heading', { level: 2 }),
    ).toHaveText('Succeeded');
    expect(await page.title()).toBe(title);
    expect(await icon.getAttribute('href')).toBe(favicon);

    expect(await faultsOf(page)).toEqual([]);

    await page.getByRole('button', { name: 'Back to the end' }).click();
    await expect(lookingAt(page)).toHaveCount(0);
    await expect(page.getByRole('tab', { name: 'Report' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(await places(page)).toEqual(before);
  });
}

test('takes the log along, and back to following what comes', async ({
  page,
}) => {
  await openScenario(page, 'running-5');
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible();
  await goTo(page, 0.3);
  await expect(page.getByRole('button', { name: 'Follow' })).toBeVisible();
  const early = await logTime(page);
  await goTo(page, 0.5);
  // A fifth of a slider that is a minute long.
  await expect
    .poll(async () => (await logTime(page)) - early)
    .toBeGreaterThan(9);
  expect((await logTime(page)) - early).toBeLessThan(15);

  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible();
  await expect(lookingAt(page)).toHaveCount(0);
  await expect(sliderOf(page)).toHaveAttribute('aria-valuetext', /, now$/);
});

test('plays with Space ten times as fast, and stops at the end', async ({
  page,
}) => {
  await openScenario(page, 'succeeded');
  await sliderOf(page).focus();
  const before = Date.now();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(
    page.getByRole('gridcell', { name: /^GENERATE:1, Running/ }),
  ).toBeVisible();
  await expect(
    page.getByRole('gridcell', { name: /^ANALYZE:1, Running/ }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  // A run of 64 s; a busy machine may look late, but not as late as that.
  const took = Date.now() - before;
  expect(took).toBeGreaterThan(6_000);
  expect(took).toBeLessThan(60_000);
  await expect(lookingAt(page)).toHaveCount(0);
  await expect(sliderOf(page)).toBeFocused();
});

test('goes by keys, and plays in steps for who wants less motion', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openScenario(page, 'succeeded');
  const slider = sliderOf(page);
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', '0:00 of 1:04');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', '0:02 of 1:04');

  await page.keyboard.press('Space');
  const values = await slider.evaluate(
    element =>
      new Promise<number>(resolve => {
        const seen = new Set<string>();
        const end = performance.now() + 2_000;
        requestAnimationFrame(function look(now) {
          seen.add((element as HTMLInputElement).value);
          if (now < end) {
            requestAnimationFrame(look);
          } else {
            resolve(seen.size);
          }
        });
      }),
  );
  expect(values).toBeGreaterThan(2);
  expect(values).toBeLessThan(7);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(lookingAt(page)).toHaveCount(0);
});

test('is off while nothing has begun', async ({ page }) => {
  await openScenario(page, 'queued');
  await expect(sliderOf(page)).toBeDisabled();
});

for (const theme of THEMES) {
  test(`goes back on a phone, and nothing else moves (${theme})`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openScenario(page, 'succeeded', { theme });
    await page.getByRole('tab', { name: /^Logs/ }).click();
    const last = await middleLine(page);
    await page.getByRole('tab', { name: 'Tasks' }).click();
    const parts = [
      sliderOf(page),
      page.getByRole('tab', { name: 'Tasks' }),
      page.locator('main').getByRole('heading', { level: 2 }),
    ];
    const placesOf = () => Promise.all(parts.map(part => part.boundingBox()));
    const before = await placesOf();

    await goTo(page, 0.25);
    await expect(lookingAt(page)).toHaveText(/^Looking at 0:1\d of 1:04$/);
    await expect(
      page.getByRole('button', { name: /^GENERATE:1/ }),
    ).toBeVisible();
    expect(await placesOf()).toEqual(before);
    expect(await faultsOf(page)).toEqual([]);

    await page.getByRole('tab', { name: /^Logs/ }).click();
    await expect(lookingAt(page)).toBeVisible();
    await expect.poll(() => middleLine(page)).toBeLessThan(last / 2);
    await page.getByRole('tab', { name: 'Tasks' }).click();
    await page.getByRole('button', { name: 'Back to the end' }).click();
    await expect(lookingAt(page)).toHaveCount(0);
    expect(await placesOf()).toEqual(before);
  });
}

test('on a phone the mark of a tab that is pointed at covers nothing', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openScenario(page, 'succeeded');
  await page.getByRole('tab', { name: 'Tasks' }).click();
  await goTo(page, 0.25);
  await expect(lookingAt(page)).toBeVisible();
});
