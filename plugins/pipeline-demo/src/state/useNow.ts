import { useEffect, useReducer } from 'react';

/** This browser's clock in epoch milliseconds; renders again every `tickMs`. */
export function useNow(tickMs: number): number {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [tickMs]);
  return Date.now();
}
