import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';

/**
 * Whether this portal lets one kill running tasks on purpose; no, until it has
 * said so. Asked once for each API: it does not change while a portal runs.
 */
export function useBreakOffered(): boolean {
  const api = useApi(pipelineDemoApiRef);
  const [offered, setOffered] = useState(false);
  useEffect(() => {
    let over = false;
    api.status().then(
      ({ breakIt }) => {
        if (!over) {
          setOffered(breakIt);
        }
      },
      () => {
        // A portal that does not answer offers nothing; other regions say why.
      },
    );
    return () => {
      over = true;
    };
  }, [api]);
  return offered;
}
