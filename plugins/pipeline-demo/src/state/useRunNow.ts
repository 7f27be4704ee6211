import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useReducer } from 'react';
import type { RunState } from './RunSession';

/**
 * The run's clock, in epoch milliseconds of the server. It ticks while the run
 * is seen live, and stands still when the connection is lost: nobody knows what
 * happened since.
 */
export function useRunNow(
  state: Pick<RunState, 'run' | 'connection' | 'clockOffsetMs'>,
  tickMs: number,
): number {
  const { run, connection } = state;
  const [, tick] = useReducer((count: number) => count + 1, 0);
  const ticking =
    run !== undefined &&
    !isEnded(run.phase) &&
    connection.type !== 'reconnecting';
  useEffect(() => {
    if (!ticking) {
      return undefined;
    }
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [ticking, tickMs]);
  if (run && isEnded(run.phase)) {
    return run.endedAt ?? run.finishedAt ?? run.createdAt;
  }
  const browserNow =
    connection.type === 'reconnecting' ? connection.since : Date.now();
  return browserNow + state.clockOffsetMs;
}
