import { RUN_PHASES } from 'backstage-plugin-pipeline-demo-common';
import type {
  EngineName,
  RunPhase,
} from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

/** Which runs are shown; what is missing narrows nothing. */
export interface HistoryFilter {
  readonly phase?: RunPhase;
  readonly engine?: EngineName;
  /** Entity ref. */
  readonly createdBy?: string;
}

/** A filter, and how it is changed. */
export interface FilterState {
  readonly filter: HistoryFilter;
  /** Whether it narrows anything. */
  readonly isNarrow: boolean;
  change(to: HistoryFilter): void;
  clear(): void;
}

/** The names of the filter in the URL. */
const PARAMETERS = {
  phase: 'phase',
  engine: 'engine',
  createdBy: 'by',
} as const satisfies Readonly<Record<keyof HistoryFilter, string>>;

const ENGINES: readonly EngineName[] = ['local', 'kubernetes'];

/** The filter lives in the URL, `?phase=failed&by=user:default/guest`, so that a link carries it. */
export function useHistoryFilter(): FilterState {
  const navigate = useNavigate();
  const { search, hash } = useLocation();
  const filter = useMemo(() => parseFilter(search), [search]);
  const change = useCallback(
    (to: HistoryFilter) =>
      navigate({ search: withFilter(search, to), hash }, { replace: true }),
    [navigate, search, hash],
  );
  const clear = useCallback(() => change({}), [change]);
  const isNarrow = Object.values(filter).some(value => value !== undefined);
  return { filter, isNarrow, change, clear };
}

/** What a link has that is not known is as good as missing. */
function parseFilter(search: string): HistoryFilter {
  const parameters = new URLSearchParams(search);
  const phase = parameters.get(PARAMETERS.phase);
  const engine = parameters.get(PARAMETERS.engine);
  return {
    phase: RUN_PHASES.find(known => known === phase),
    engine: ENGINES.find(known => known === engine),
    createdBy: parameters.get(PARAMETERS.createdBy) || undefined,
  };
}

function withFilter(search: string, filter: HistoryFilter): string {
  const parameters = new URLSearchParams(search);
  for (const key of ['phase', 'engine', 'createdBy'] as const) {
    const value = filter[key];
    if (value === undefined) {
      parameters.delete(PARAMETERS[key]);
    } else {
      parameters.set(PARAMETERS[key], value);
    }
  }
  // Colon and slash are legal in a query, and people read these links.
  return parameters.toString().replace(/%3A/g, ':').replace(/%2F/g, '/');
}
