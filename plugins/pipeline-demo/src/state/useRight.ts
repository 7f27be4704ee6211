import { usePermission } from '@backstage/plugin-permission-react';
import type { pipelineDemoRunViewPermission } from 'backstage-plugin-pipeline-demo-common';

/** Whether the viewer may: unknown until the answer is there, so nothing flashes. */
export type Right = 'unknown' | 'granted' | 'denied';

/** Asks for a permission. The server decides again at each request. */
export function useRight(
  permission: typeof pipelineDemoRunViewPermission,
): Right {
  const { loading, allowed } = usePermission({ permission });
  if (allowed) {
    return 'granted';
  }
  return loading ? 'unknown' : 'denied';
}
