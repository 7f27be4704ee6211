import { useCallback, useRef } from 'react';

/** One and the same function through all renders, which does what the last one's does. */
export function useStable<TArgs extends readonly unknown[], TResult>(
  action: (...args: TArgs) => TResult,
): (...args: TArgs) => TResult {
  const latest = useRef(action);
  latest.current = action;
  return useCallback((...args: TArgs) => latest.current(...args), []);
}
