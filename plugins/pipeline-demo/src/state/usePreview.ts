import { useApi } from '@backstage/core-plugin-api';
import type { PreviewView } from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import { asError } from './asError';

/** While the slider moves nothing is asked. */
const SETTLE_MS = 120;
/** What was asked this recently is shown again without asking. */
const FRESH_MS = 5_000;

/** A preview, and whether it is the wanted one yet. */
export interface PreviewState {
  /** The newest there is: of another batch count while the wanted one loads. */
  readonly preview?: PreviewView;
  readonly error?: Error;
  retry(): void;
}

interface Kept {
  readonly view: PreviewView;
  readonly at: number;
}

/**
 * What a run of so many batches will need.
 *
 * @param refreshMs - asks again after this time; missing: it asks once
 */
export function usePreview(
  batchCount: number,
  refreshMs?: number,
): PreviewState {
  const api = useApi(pipelineDemoApiRef);
  const kept = useRef(new Map<number, Kept>());
  const [preview, setPreview] = useState<PreviewView>();
  const [error, setError] = useState<Error>();
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const known = kept.current.get(batchCount);
    if (known) {
      setPreview(known.view);
    }
    const age = known ? Date.now() - known.at : Infinity;
    if (age < FRESH_MS && !refreshMs) {
      return undefined;
    }
    let over = false;
    const ask = () =>
      void api.preview(batchCount).then(
        view => {
          kept.current.set(batchCount, { view, at: Date.now() });
          if (!over) {
            setPreview(view);
            setError(undefined);
          }
        },
        failure => {
          if (!over) {
            setError(asError(failure));
          }
        },
      );
    const first = setTimeout(ask, kept.current.size > 0 ? SETTLE_MS : 0);
    const again = refreshMs ? setInterval(ask, refreshMs) : undefined;
    return () => {
      over = true;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [api, batchCount, refreshMs, turn]);

  const retry = useCallback(() => {
    kept.current.delete(batchCount);
    setError(undefined);
    setTurn(value => value + 1);
  }, [batchCount]);
  return { preview, error, retry };
}
