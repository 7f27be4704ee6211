import { test } from '@playwright/test';
import { join } from 'node:path';
import { THEMES, openScenario, scenarioIds } from './openScenario';

/** Beside the pictures of the README, but not kept: there are many. */
const FOLDER = join(__dirname, '..', '..', 'data', 'screenshots');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

test('every scenario in both themes and two widths', async ({ page }) => {
  test.setTimeout(1_800_000);
  const wanted = process.env.SCENARIOS?.split(',');
  const ids = wanted ?? (await scenarioIds(page));
  for (const id of ids) {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const theme of THEMES) {
        await openScenario(page, id, { theme });
        await page.screenshot({
          path: join(FOLDER, `${id}-${theme}-${size.width}.png`),
        });
      }
    }
  }
});
