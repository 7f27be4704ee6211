import { useApi } from '@backstage/core-plugin-api';
import type {
  HistoryView,
  RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import { asError } from './asError';
import type { HistoryFilter } from './useHistoryFilter';

/** Runs, newest first, page by page. */
export interface HistoryState {
  /** Missing until the first page is there. */
  readonly runs?: readonly RunView[];
  readonly error?: Error;
  readonly hasMore: boolean;
  /** The first page is asked for; what is shown is of before. */
  readonly loading: boolean;
  readonly loadingMore: boolean;
  showMore(): void;
  retry(): void;
}

/**
 * The runs so far.
 *
 * @param options.filter - only those that match
 * @param options.entityRef - only those started from this entity
 * @param options.revision - when it changes, the first page is read again; what
 *   is shown stays until the answer is there
 */
export function useHistory(options: {
  readonly limit: number;
  readonly filter?: HistoryFilter;
  readonly entityRef?: string;
  readonly revision?: string;
}): HistoryState {
  const { limit, filter = {}, entityRef, revision } = options;
  const { phase, engine, createdBy } = filter;
  const api = useApi(pipelineDemoApiRef);
  const [runs, setRuns] = useState<readonly RunView[]>();
  const [nextCursor, setNextCursor] = useState<string>();
  const [error, setError] = useState<Error>();
  const [loading, setLoading] = useState(true);
  const [loadingMore, setLoadingMore] = useState(false);
  const [turn, setTurn] = useState(0);
  /** Answers to questions of before the last reload are dropped. */
  const generation = useRef(0);

  const read = useCallback(
    (cursor: string | undefined, take: (page: HistoryView) => void) => {
      const asked = generation.current;
      const current = () => asked === generation.current;
      const request = { limit, cursor, entityRef, phase, engine, createdBy };
      return api.history(request).then(
        page => {
          if (current()) {
            take(page);
            setNextCursor(page.nextCursor);
            setError(undefined);
            setLoading(false);
          }
        },
        failure => {
          if (current()) {
            setError(asError(failure));
            setLoading(false);
          }
        },
      );
    },
    [api, limit, entityRef, phase, engine, createdBy],
  );

  useEffect(() => {
    generation.current += 1;
    setLoading(true);
    setLoadingMore(false);
    void read(undefined, page => setRuns(page.items));
    return () => {
      generation.current += 1;
    };
  }, [read, revision, turn]);

  const showMore = () => {
    setLoadingMore(true);
    void read(nextCursor, page =>
      setRuns((old = []) => [...old, ...page.items]),
    ).then(() => setLoadingMore(false));
  };
  return {
    runs,
    error,
    hasMore: nextCursor !== undefined,
    loading,
    loadingMore,
    showMore,
    retry: () => {
      setError(undefined);
      setTurn(value => value + 1);
    },
  };
}
