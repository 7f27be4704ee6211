import { usePreference } from './usePreference';

/** Which parts of a run's page are shown. */
export type Panes = 'both' | 'log' | 'run';

/** Whether log and run share the page, or one fills it; remembered. */
export function usePanes(): readonly [Panes, (panes: Panes) => void] {
  return usePreference<Panes>('panes', 'both');
}
