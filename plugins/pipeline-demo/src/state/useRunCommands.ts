import { useAnalytics, useApi } from '@backstage/core-plugin-api';
import type {
  EngineCheckView,
  RunView,
  StartedRunView,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useRef, useState } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import { asError } from './asError';

/** A command that was given, and how it went. */
export interface Command<TArgs extends readonly unknown[], TResult> {
  readonly pending: boolean;
  readonly error?: Error;
  /** @returns undefined when it failed: `error` says why */
  give(...args: TArgs): Promise<TResult | undefined>;
}

/**
 * Starts runs. The idempotency key is made when the form is opened, so a
 * repeated click or a lost answer starts nothing twice; a new one is made once
 * a start was answered.
 *
 * @param entityRef - the catalog entity that is started from
 */
export function useStartRun(
  entityRef?: string,
): Command<[batchCount: number], StartedRunView> {
  const api = useApi(pipelineDemoApiRef);
  const analytics = useAnalytics();
  const key = useRef<string>();
  const start = useCallback(
    async (batchCount: number) => {
      key.current ??= makeKey();
      const started = await api.startRun({
        batchCount,
        idempotencyKey: key.current,
        entityRef,
      });
      key.current = undefined;
      analytics.captureEvent('start', 'run', {
        value: batchCount,
        attributes: { attached: started.attached },
      });
      return started;
    },
    [api, analytics, entityRef],
  );
  return useCommand(start);
}

/** Looks at all that runs stand on. */
export function useCheckEngine(): Command<[], EngineCheckView> {
  const api = useApi(pipelineDemoApiRef);
  const check = useCallback(() => api.check(), [api]);
  return useCommand(check);
}

/** Cancels one run and no other. */
export function useCancelRun(runId: string): Command<[], RunView> {
  const api = useApi(pipelineDemoApiRef);
  const analytics = useAnalytics();
  const cancel = useCallback(async () => {
    const run = await api.cancelRun(runId);
    analytics.captureEvent('cancel', 'run');
    return run;
  }, [api, analytics, runId]);
  return useCommand(cancel);
}

/** Kills one running task of a run on purpose. */
export function useBreakTask(
  runId: string,
  task: TaskId,
): Command<[], RunView> {
  const api = useApi(pipelineDemoApiRef);
  const analytics = useAnalytics();
  const breakTask = useCallback(async () => {
    const run = await api.breakTask(runId, task);
    analytics.captureEvent('break', 'task', { attributes: { task } });
    return run;
  }, [api, analytics, runId, task]);
  return useCommand(breakTask);
}

function useCommand<TArgs extends readonly unknown[], TResult>(
  run: (...args: TArgs) => Promise<TResult>,
): Command<TArgs, TResult> {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const give = useCallback(
    async (...args: TArgs) => {
      setPending(true);
      setError(undefined);
      try {
        return await run(...args);
      } catch (failure) {
        setError(asError(failure));
        return undefined;
      } finally {
        setPending(false);
      }
    },
    [run],
  );
  return { pending, error, give };
}

/** Random, and also where `crypto.randomUUID` is missing: on plain HTTP. */
function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
