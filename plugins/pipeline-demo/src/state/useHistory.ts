import { useApi } from '@backstage/core-plugin-api';
import type {
  HistoryView,
  RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import { asError } from './asError';

/** Runs, newest first, page by page. */
export interface HistoryState {
  /** Missing until the first page is there. */
  readonly runs?: readonly RunView[];
  readonly error?: Error;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  showMore(): void;
  retry(): void;
}

/**
 * The runs so far.
 *
 * @param options.entityRef - only those started from this entity
 * @param options.revision - when it changes, the first page is read again; what
 *   is shown stays until the answer is there
 */
export function useHistory(options: {
  readonly limit: number;
  readonly entityRef?: string;
  readonly revision?: string;
}): HistoryState {
  const { limit, entityRef, revision } = options;
  const api = useApi(pipelineDemoApiRef);
  const [runs, setRuns] = useState<readonly RunView[]>();
  const [nextCursor, setNextCursor] = useState<string>();
  const [error, setError] = useState<Error>();
  const [loadingMore, setLoadingMore] = useState(false);
  const [turn, setTurn] = useState(0);
  /** Answers to questions of before the last reload are dropped. */
  const generation = useRef(0);

  const read = useCallback(
    (cursor: string | undefined, take: (page: HistoryView) => void) => {
      const asked = generation.current;
      const current = () => asked === generation.current;
      return api.history({ limit, entityRef, cursor }).then(
        page => {
          if (current()) {
            take(page);
            setNextCursor(page.nextCursor);
            setError(undefined);
          }
        },
        failure => {
          if (current()) {
            setError(asError(failure));
          }
        },
      );
    },
    [api, limit, entityRef],
  );

  useEffect(() => {
    generation.current += 1;
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
    loadingMore,
    showMore,
    retry: () => {
      setError(undefined);
      setTurn(value => value + 1);
    },
  };
}
