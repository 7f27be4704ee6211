import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { RunView } from 'backstage-plugin-pipeline-demo-common';
import { useHistory, type HistoryState } from '../state/useHistory';
import type { HistoryFilter } from '../state/useHistoryFilter';
import { useStatus } from '../state/useStatus';

/** What an entity shows of its runs. */
export interface EntityRunsState {
  readonly entityRef: string;
  /** The run that holds the slot, whoever started it from where. */
  readonly active?: RunView;
  readonly history: HistoryState;
  /** Changes when another run, or another phase of it, makes the history untrue. */
  readonly revision: string;
}

/** The runs that were started from the entity that is shown, read again when one begins or ends. */
export function useEntityRuns(options: {
  readonly limit: number;
  readonly filter?: HistoryFilter;
}): EntityRunsState {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const status = useStatus();
  const revision = status?.run ? `${status.run.id} ${status.run.phase}` : '';
  const history = useHistory({ ...options, entityRef, revision });
  const active = status?.active && status.run ? status.run : undefined;
  return { entityRef, active, history, revision };
}
