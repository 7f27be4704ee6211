import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useEffect, useRef, useState } from 'react';
import type { Moment } from '../state/useMoment';

/** So much faster than it was. */
export const PLAY_SPEED = 10;
const TICK_MS = 50;
/** Who wants no motion gets steps. */
const CALM_TICK_MS = 500;

/** Plays a run from a moment, and stops at its end. */
export interface Play {
  readonly isPlaying: boolean;
  /** From the beginning when there is nothing left to play. */
  toggle(): void;
  pause(): void;
}

/** @param begin - the first moment, in epoch milliseconds */
export function usePlay(moment: Moment, begin: number): Play {
  const calm = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [wanted, setWanted] = useState(false);
  const isPlaying = wanted && moment.at !== undefined;
  const latest = useRef(moment);
  latest.current = moment;
  useEffect(() => {
    if (!isPlaying) {
      setWanted(false);
      return undefined;
    }
    let before = performance.now();
    const timer = setInterval(
      () => {
        const now = performance.now();
        const { at, goTo } = latest.current;
        if (at !== undefined) {
          goTo(at + PLAY_SPEED * (now - before));
        }
        before = now;
      },
      calm ? CALM_TICK_MS : TICK_MS,
    );
    return () => clearInterval(timer);
  }, [isPlaying, calm]);
  return {
    isPlaying,
    toggle() {
      if (!isPlaying && moment.at === undefined) {
        moment.goTo(begin);
      }
      setWanted(!isPlaying);
    },
    pause: () => setWanted(false),
  };
}
