import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { LineRange } from '../state/LogBuffer';
import { lineHash, parseLineHash } from './lineHash';

/** The lines that the URL points to. */
export interface LineLink {
  readonly linked?: LineRange;
  /** `extend` makes it a range from the line that is linked already. */
  link(line: number, mode: 'only' | 'extend'): void;
}

/** Numbers of lines never change, so `#L12` holds for ever. */
export function useLineLink(): LineLink {
  const navigate = useNavigate();
  const { search, hash } = useLocation();
  const linked = useMemo(() => parseLineHash(hash), [hash]);
  const link = useCallback(
    (line: number, mode: 'only' | 'extend') => {
      const ends = mode === 'extend' && linked ? [linked.from, line] : [line];
      const range = { from: Math.min(...ends), to: Math.max(...ends) };
      navigate({ search, hash: lineHash(range) }, { replace: true });
    },
    [navigate, search, linked],
  );
  return useMemo(() => ({ linked, link }), [linked, link]);
}
