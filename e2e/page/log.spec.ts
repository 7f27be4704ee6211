import { expect, test, type Locator, type Page } from '@playwright/test';
import { openScenario } from './openScenario';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const logOf = (page: Page): Locator => page.getByRole('log');

/** Where a row stands on the screen, and what it says. */
async function place(page: Page, line: number) {
  const row = page.locator(`[data-line="${line}"]`);
  const box = await row.boundingBox();
  return { y: box?.y, text: await row.innerText() };
}

/** The number of the first line that is wholly in view. */
async function firstInView(page: Page): Promise<number> {
  return logOf(page).evaluate(log => {
    const top = log.getBoundingClientRect().top;
    const rows = [...log.querySelectorAll<HTMLElement>('[data-line]')];
    const first = rows.find(row => row.getBoundingClientRect().top >= top);
    return Number(first?.dataset.line);
  });
}

const linesHere = async (page: Page): Promise<number> => {
  const text = await page.getByLabel('Connection and freshness').innerText();
  return Number(/([\d,]+)\s+lines/.exec(text)?.[1].replace(/,/g, '') ?? 0);
};

const distanceFromEnd = (log: Locator) =>
  log.evaluate(
    element => element.scrollHeight - element.scrollTop - element.clientHeight,
  );

/** The log of a million lines, when the page knows of all of them. */
async function openMillion(page: Page): Promise<void> {
  await openScenario(page, 'million');
  await expect.poll(() => linesHere(page)).toBe(1_000_000);
}

/** Searches it for what is in one of 100,000 lines, most not in the page's memory. */
async function searchMillion(page: Page): Promise<void> {
  await openMillion(page);
  await page.keyboard.press('/');
  await page.keyboard.type('needle');
  await expect(page.getByText('0 of 10', { exact: true })).toBeVisible();
}

test('follows to the pixel, pauses at the first turn of the wheel, and stays', async ({
  page,
}) => {
  await openScenario(page, 'flood');
  const log = logOf(page);
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible();
  for (let look = 0; look < 5; look += 1) {
    const before = await linesHere(page);
    await expect.poll(() => linesHere(page)).toBeGreaterThan(before);
    expect(Math.abs(await distanceFromEnd(log))).toBeLessThan(1);
  }

  await log.hover();
  await page.mouse.wheel(0, -400);
  await expect(page.getByRole('button', { name: 'Follow' })).toBeVisible();
  await expect(page.getByText(/new lines/).first()).toBeVisible();
  const line = await firstInView(page);
  const where = await place(page, line);
  const before = await linesHere(page);
  await expect.poll(() => linesHere(page)).toBeGreaterThan(before + 2_000);
  expect(await place(page, line)).toEqual(where);

  await page.keyboard.press('f');
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible();
  await expect.poll(() => distanceFromEnd(log)).toBeLessThan(1);
});

test('searches 1,000,000 lines, most of which are in the store alone', async ({
  page,
}) => {
  await searchMillion(page);
  const next = page.getByRole('button', { name: 'Next match' });
  await next.click();
  await expect(page.getByText('1 of 10', { exact: true })).toBeVisible();
  await expect(
    logOf(page).getByText('row 4: a needle in the hay'),
  ).toBeInViewport();
  await next.click();
  await expect(
    logOf(page).getByText('row 100004: a needle in the hay'),
  ).toBeInViewport();
});

test('a link to a line opens it in the middle, also when it is only in the store', async ({
  page,
}) => {
  await openScenario(page, 'million', { hash: '#L123456' });
  const row = page.locator('[data-line="123456"]');
  await expect(row).toContainText('row 123456:');
  const [box, view] = [
    await row.boundingBox(),
    await logOf(page).boundingBox(),
  ];
  const middle = (view?.y ?? 0) + (view?.height ?? 0) / 2;
  expect(Math.abs((box?.y ?? 0) - middle)).toBeLessThan(40);
});

test('scrolls through what has left the memory and back', async ({ page }) => {
  await openMillion(page);
  const log = logOf(page);
  await log.focus();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(log.getByText('row 1: value')).toBeInViewport();
  await page.keyboard.press('Shift+G');
  await expect(log.getByText('row 1000000: value')).toBeInViewport();
});

/** What was copied last; the browser has to let the page read it. */
const clipboardOf = (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());

test('a copy is the text alone; with Alt, numbers and times go with it', async ({
  page,
}) => {
  await openScenario(page, 'succeeded');
  const log = logOf(page);
  const rows = log.locator('[data-line]');
  await expect(rows.first()).toBeVisible();
  const [first, second] = await log.evaluate(element => {
    const [one, two] = element.querySelectorAll<HTMLElement>('[data-line]');
    getSelection()?.setBaseAndExtent(one, 0, two, two.childNodes.length);
    return [one, two].map(row => ({
      line: row.dataset.line,
      time: row.querySelector('time')?.textContent,
      task: row.dataset.task,
      text: row.lastElementChild?.textContent,
    }));
  });
  const clipboard = () => clipboardOf(page);
  await page.keyboard.press('Control+c');
  await expect.poll(clipboard).toBe(`${first.text}\n${second.text}`);
  await page.keyboard.press('Control+Alt+c');
  const whole = ({ line, time, task, text }: typeof first) =>
    [line, time, task, text].join(' ');
  await expect.poll(clipboard).toBe(`${whole(first)}\n${whole(second)}`);
});

test('a copy has all that was selected, also what has left the page since', async ({
  page,
}) => {
  const log = logOf(page);
  const textOf = (line: number) =>
    log.locator(`[data-line="${line}"] > :last-child`);
  await openScenario(page, 'succeeded');
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await textOf(3).click({ position: { x: 1, y: 10 } });
  await page.keyboard.press('Shift+G');
  await expect(textOf(3)).toHaveCount(0);
  const last = await log.evaluate(element => {
    const rows = element.querySelectorAll<HTMLElement>('[data-line]');
    return Number(rows[rows.length - 1].dataset.line);
  });
  expect(last).toBeGreaterThan(200);
  await textOf(last).click({ position: { x: 1, y: 10 }, modifiers: ['Shift'] });

  await page.keyboard.press('Control+c');
  const copied = async () => (await clipboardOf(page)).split('\n');
  // Up to the begin of the last one.
  await expect.poll(async () => (await copied()).length).toBe(last - 2);
  const lines = await copied();
  expect(lines[lines.length - 1]).toBe('');
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(textOf(3)).toHaveText(lines[0]);
  await expect(textOf(4)).toHaveText(lines[1]);
});

test('shows only the matches among 1,000,000 lines, with those around them', async ({
  page,
}) => {
  await searchMillion(page);
  const toggle = page.getByRole('button', { name: 'Only matches' });
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('999,990 lines hidden')).toBeVisible();
  const log = logOf(page);
  await expect(log.getByText('row 900004: a needle')).toBeInViewport();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(log.getByText('row 4: a needle')).toBeInViewport();
  await expect(log.getByText('row 100004: a needle')).toBeInViewport();
  await page.getByRole('button', { name: /^With 2 lines/ }).click();
  await expect(page.getByText('999,950 lines hidden')).toBeVisible();
  await toggle.click();
  await expect(page.getByText(/lines hidden/)).toHaveCount(0);
});
