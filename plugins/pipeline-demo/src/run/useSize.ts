import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** Pixels of an element's content box. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Measures an element, before its first paint and whenever it changes.
 *
 * @param assumed - used until the element has been measured
 */
export function useSize(
  assumed: Size,
): readonly [RefObject<HTMLDivElement>, Size] {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(assumed);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const measure = () => {
      const width = Math.floor(element.clientWidth);
      const height = Math.floor(element.clientHeight);
      if (width > 0 && height > 0) {
        setSize(old =>
          old.width === width && old.height === height
            ? old
            : { width, height },
        );
      }
    };
    measure();
    if (typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
