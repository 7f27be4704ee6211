import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

const BUCKET = 'pipeline-demo';

/**
 * What a user has set once for all visits, in the portal's own storage.
 *
 * @param otherwise - until it is set
 * @returns the value, and how to set it; undefined goes back to `otherwise`
 */
export function usePreference<T extends string | number | boolean>(
  key: string,
  otherwise: T,
): readonly [T, (value: T | undefined) => void] {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket(BUCKET), [storage]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const subscription = bucket.observe$(key).subscribe(listener);
      return () => subscription.unsubscribe();
    },
    [bucket, key],
  );
  const value = useSyncExternalStore(
    subscribe,
    () => bucket.snapshot<T>(key).value ?? otherwise,
  );
  const set = useCallback(
    (next: T | undefined) => {
      const done =
        next === undefined ? bucket.remove(key) : bucket.set(key, next);
      // What cannot be kept holds for this visit all the same.
      done.catch(() => undefined);
    },
    [bucket, key],
  );
  return [value, set];
}
