import { useApi } from '@backstage/core-plugin-api';
import type { StatusView } from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useState } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';

const ASK_EVERY_MS = 3_000;

/**
 * Whether a run is active, and how far it is; asked now and then while the tab
 * is visible. Undefined before the first answer. It is a hint beside the
 * start form, so a failed question leaves the last answer standing.
 */
export function useStatus(): StatusView | undefined {
  const api = useApi(pipelineDemoApiRef);
  const [status, setStatus] = useState<StatusView>();
  useEffect(() => {
    let over = false;
    const ask = () => {
      if (document.visibilityState === 'hidden') {
        return;
      }
      api.status().then(
        view => {
          if (!over) {
            setStatus(view);
          }
        },
        () => {
          // The next question may be answered; history and preview show errors.
        },
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      over = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [api]);
  return status;
}
