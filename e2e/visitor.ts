import {
  expect,
  type Locator,
  type Page,
  test as base,
} from '@playwright/test';
import { readFile } from 'node:fs/promises';

/** What a visitor does and sees, by the names that are on the screen. */
export class Visitor {
  readonly page: Page;
  /** The run's phase, as the page's heading says it. */
  readonly phase: Locator;
  readonly freshness: Locator;

  constructor(page: Page) {
    this.page = page;
    this.phase = page.locator('main').getByRole('heading', { level: 2 });
    this.freshness = page.getByLabel('Connection and freshness');
  }

  async signIn(): Promise<void> {
    await this.page.goto('/');
    await this.page.getByRole('button', { name: 'Enter' }).click();
    await expect(this.sidebar('Pipeline demo')).toBeVisible();
  }

  sidebar(name: string): Locator {
    return this.page
      .getByLabel('sidebar nav')
      .getByRole('link', { name, exact: true })
      .last();
  }

  /** Moves the slider to a number of batches, from wherever it is. */
  async chooseBatches(count: number): Promise<void> {
    const slider = this.page.getByRole('slider', { name: 'Batches' });
    await slider.press('Home');
    for (let batches = 1; batches < count; batches += 1) {
      await slider.press('ArrowRight');
    }
    await expect(slider).toHaveValue(String(count));
  }

  /** Starts a run from the form that is on the screen, and waits for its page. */
  async startRun(count: number): Promise<string> {
    await this.chooseBatches(count);
    const words = count === 1 ? 'Run 1 batch' : `Run ${count} batches`;
    await this.page.getByRole('button', { name: words, exact: true }).click();
    await this.page.waitForURL('**/pipeline-demo/runs/*');
    return new URL(this.page.url()).pathname.split('/').pop() ?? '';
  }

  /** Presses a button that downloads something; its text. */
  async download(button: Locator): Promise<string> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      button.click(),
    ]);
    return readFile(await download.path(), 'utf8');
  }

  /** How many lines of the run the page has. */
  async lines(): Promise<number> {
    return linesIn(await this.freshness.innerText());
  }

  /** Waits until the page has more lines than that; how many it has then. */
  async moreLinesThan(count: number): Promise<number> {
    await expect.poll(() => this.lines()).toBeGreaterThan(count);
    return this.lines();
  }

  /**
   * Waits until the page shows, in one and the same moment, that the run is
   * running and has more lines than that.
   *
   * @returns how many it has
   */
  async moreLinesWhileRunning(count: number): Promise<number> {
    let lines = 0;
    await expect(async () => {
      const [phase, freshness] = await this.page.evaluate(() => [
        document.querySelector('main h2')?.textContent ?? '',
        document.querySelector<HTMLElement>(
          '[aria-label="Connection and freshness"]',
        )?.innerText ?? '',
      ]);
      expect(phase).toBe('Running');
      lines = linesIn(freshness);
      expect(lines).toBeGreaterThan(count);
    }).toPass();
    return lines;
  }
}

/** "1,204 lines" */
function linesIn(text: string): number {
  return Number(/([\d,]+)\s+lines?/.exec(text)?.[1].replace(/,/g, '') ?? 0);
}

/** A test with a visitor who has signed in as guest. */
export const test = base.extend<{ visitor: Visitor }>({
  visitor: async ({ page }, use) => {
    const visitor = new Visitor(page);
    await visitor.signIn();
    await use(visitor);
  },
});
