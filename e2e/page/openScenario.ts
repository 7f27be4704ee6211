import { expect, type Page } from '@playwright/test';

/** Of both themes. */
export const THEMES = ['light', 'dark'] as const;

/** How a scenario is shown. */
export interface ShownAs {
  readonly theme?: (typeof THEMES)[number];
  /** A hash, such as `#L12`. */
  readonly hash?: string;
}

/** Opens the page in a scenario of dev/scenarios.ts, and waits until it is drawn. */
export async function openScenario(
  page: Page,
  scenario: string,
  { theme = 'light', hash = '' }: ShownAs = {},
): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`/?scenario=${scenario}&theme=${theme}&chrome=0${hash}`);
  await expect(page.locator('body')).toHaveAttribute('data-theme-mode', theme);
  await expect(page.locator('main').first()).toBeVisible();
  await settled(page, scenario);
}

/** Skeletons stand for what is not here yet; but one scenario is nothing else. */
async function settled(page: Page, scenario: string): Promise<void> {
  if (scenario === 'loading') {
    await expect(page.locator('.bui-Skeleton').first()).toBeVisible();
    return;
  }
  // The plugin's own main, in that of the portal.
  await expect(
    page.locator('main :is(h2, [role="alert"])').first(),
  ).toBeVisible();
  await expect(page.locator('.bui-Skeleton')).toHaveCount(0);
}

/** The ids of all scenarios, as the page itself lists them. */
export async function scenarioIds(page: Page): Promise<string[]> {
  await page.goto('/');
  const options = page.getByLabel('Scenario').locator('option');
  await expect(options).not.toHaveCount(0);
  return options.evaluateAll(all =>
    all.map(option => (option as HTMLOptionElement).value),
  );
}
