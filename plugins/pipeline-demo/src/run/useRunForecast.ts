import type { Forecast, Run } from 'backstage-plugin-pipeline-demo-common';
import { useRef } from 'react';

/**
 * What a run was predicted to be when it was asked for. Runs of earlier
 * versions do not know: since the server's forecast learns from each run, of
 * one that ends while it is watched the last one before its end stays; of one
 * that was over before, there is only what would be predicted today.
 */
export function useRunForecast(
  run: Run,
  latest: Forecast | undefined,
): Forecast | undefined {
  const before = useRef<Forecast>();
  if (run.finishedAt === undefined) {
    before.current = latest;
  }
  return run.predicted ?? before.current ?? latest;
}
