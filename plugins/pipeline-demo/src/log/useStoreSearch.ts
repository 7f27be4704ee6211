import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useState } from 'react';
import { asError } from '../state/asError';
import { useSearchLog } from '../state/useRunSession';
import type { Query } from './search';

/** Nobody waits for the matches of half a word. */
const TYPING_MS = 250;

/** What the store has found in the lines that the page does not have. */
export interface StoreSearch {
  /** Numbers of lines, in order, so far. */
  readonly hits: readonly number[];
  readonly searching: boolean;
  /** Why the store could not look. */
  readonly problem?: string;
}

const NOTHING: StoreSearch = { hits: [], searching: false };

/**
 * Searches the lines from 1 to `to` where they are stored.
 *
 * @param to - the last line that the page does not have; 0: it has all
 * @param tasks - only lines of these; all when empty
 */
export function useStoreSearch(
  query: Query | undefined,
  to: number,
  tasks: readonly LogTask[],
): StoreSearch {
  const searchLog = useSearchLog();
  const [found, setFound] = useState(NOTHING);
  const taskKey = tasks.join(',');
  useEffect(() => {
    setFound(NOTHING);
    if (!query || to === 0) {
      return undefined;
    }
    const abort = new AbortController();
    const look = async () => {
      let hits: readonly number[] = [];
      let from: number | undefined = 1;
      setFound({ hits, searching: true });
      while (from !== undefined && !abort.signal.aborted) {
        const request = {
          ...query.words,
          from,
          to,
          tasks: taskKey === '' ? [] : taskKey.split(','),
        };
        const { lines, next } = await searchLog(request, abort.signal);
        hits = lines.length > 0 ? [...hits, ...lines] : hits;
        from = next;
        if (!abort.signal.aborted) {
          setFound({ hits, searching: next !== undefined });
        }
      }
    };
    const timer = setTimeout(() => {
      look().catch(failure => {
        if (!abort.signal.aborted) {
          setFound({ ...NOTHING, problem: asError(failure).message });
        }
      });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, to, taskKey, searchLog]);
  return found;
}
