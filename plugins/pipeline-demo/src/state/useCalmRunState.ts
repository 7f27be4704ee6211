import { useEffect, useState } from 'react';
import { perFrame } from './perFrame';
import type { RunState } from './RunSession';
import { useRunStore } from './useRunSession';

/** Nobody reads a number that changes more often. */
const FIGURES_MS = 250;

/**
 * What is known of the run, for who shows its figures: renders again a few
 * times a second while there is nothing new but lines, and at once otherwise.
 */
export function useCalmRunState(): RunState {
  const { subscribe, getState } = useRunStore();
  const [state, setState] = useState(getState);
  useEffect(() => {
    let shown: RunState | undefined;
    let shownAt = -Infinity;
    const show = () => {
      shown = getState();
      shownAt = performance.now();
      setState(shown);
    };
    const waitMs = () => Math.max(0, shownAt + FIGURES_MS - performance.now());
    const later = perFrame(show, waitMs);
    const onChange = () =>
      waitMs() > 0 && shown && isSameButLines(shown, getState())
        ? later.request()
        : show();
    setState(getState());
    const unsubscribe = subscribe(onChange);
    return () => {
      unsubscribe();
      later.cancel();
    };
  }, [subscribe, getState]);
  return state;
}

function isSameButLines(before: RunState, after: RunState): boolean {
  return (
    before.run === after.run &&
    before.connection === after.connection &&
    before.presence === after.presence &&
    before.missing === after.missing &&
    // The first lines are news, too.
    (before.freshness === undefined) === (after.freshness === undefined)
  );
}
