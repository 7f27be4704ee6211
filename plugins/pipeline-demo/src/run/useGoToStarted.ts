import { useRouteRef } from '@backstage/frontend-plugin-api';
import type {
  RunView,
  StartedRunView,
} from 'backstage-plugin-pipeline-demo-common';
import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import { runRouteRef } from '../routes';

/** What a start hands on to the page of the run. */
export interface StartedState {
  /** The run as the answer shows it. */
  readonly run: RunView;
  /** The batch count that was asked for and not used, as a run was active. */
  readonly attachedInsteadOf?: number;
}

/** Goes to the run that a start was answered with. */
export function useGoToStarted(): (
  started: StartedRunView,
  batchCount: number,
) => void {
  const runPath = useRouteRef(runRouteRef);
  const navigate = useNavigate();
  return useCallback(
    ({ run, attached }, batchCount) => {
      if (runPath) {
        const state: StartedState = {
          run,
          ...(attached ? { attachedInsteadOf: batchCount } : {}),
        };
        navigate(runPath({ runId: run.id }), { state });
      }
    },
    [runPath, navigate],
  );
}
