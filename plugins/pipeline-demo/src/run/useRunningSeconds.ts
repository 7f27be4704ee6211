import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** Who wants no motion gets steps. */
const CALM_MS = 250;

/**
 * Calls `draw` with the seconds as they run on between two renders: once per
 * animation frame, or four times a second for those who want less motion; not
 * while the drawing it is in is out of sight.
 *
 * @param seconds - as of this render; undefined: time stands still
 */
export function useRunningSeconds(
  element: RefObject<SVGElement>,
  seconds: number | undefined,
  draw: (seconds: number) => void,
): void {
  const calm = useMediaQuery('(prefers-reduced-motion: reduce)');
  const latest = useRef({ seconds: 0, at: 0, draw });
  latest.current = { seconds: seconds ?? 0, at: performance.now(), draw };
  const isRunning = seconds !== undefined;
  useEffect(() => {
    const target = element.current?.ownerSVGElement;
    if (!isRunning || !target) {
      return undefined;
    }
    const drawNow = () => {
      const { seconds: then, at } = latest.current;
      latest.current.draw(then + (performance.now() - at) / 1000);
    };
    return whileInSight(target, () =>
      calm ? everyStep(drawNow) : everyFrame(drawNow),
    );
  }, [element, isRunning, calm]);
}

/** @returns the function that ends it for good */
function whileInSight(element: Element, begin: () => () => void): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    return begin();
  }
  let end: (() => void) | undefined;
  const observer = new IntersectionObserver(entries => {
    const isSeen = entries[entries.length - 1].isIntersecting;
    if (isSeen && !end) {
      end = begin();
    } else if (!isSeen) {
      end?.();
      end = undefined;
    }
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
    end?.();
  };
}

function everyFrame(draw: () => void): () => void {
  let frame = requestAnimationFrame(function next() {
    draw();
    frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
}

function everyStep(draw: () => void): () => void {
  const timer = setInterval(draw, CALM_MS);
  return () => clearInterval(timer);
}
