import { test } from '@playwright/test';

/** Leaves a test out where it cannot be run, and says so where it is seen. */
export function leaveOut(isImpossible: boolean, why: string): void {
  if (isImpossible) {
    console.log(`LEFT OUT: ${test.info().title}: ${why}`);
  }
  test.skip(isImpossible, why);
}
