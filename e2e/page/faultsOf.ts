import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds on a page that stands still: half transparent, nothing has
 * its contrast. All rules that axe has switched on by itself: none is off,
 * nothing is left out.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.waitForFunction(standsStill);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id}: ${target.join(' ')} ${failureSummary ?? ''}`.replace(/\s+/g, ' '),
    ),
  );
}

/** In the browser: nothing fades in or out. What turns for ever may. */
function standsStill(): boolean {
  const isMoving = (animation: Animation) =>
    animation.playState === 'running' &&
    animation.effect?.getComputedTiming().iterations !== Infinity;
  return (
    document.querySelector('[data-entering], [data-exiting]') === null &&
    !document.getAnimations().some(isMoving)
  );
}
