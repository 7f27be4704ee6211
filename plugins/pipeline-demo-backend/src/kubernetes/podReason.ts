import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node';
import type { WaitReason } from 'backstage-plugin-pipeline-demo-common';

/** What is known of one attempt, or of the driver. Events are in their order of time. */
export interface Evidence {
  readonly job?: V1Job;
  readonly pod?: V1Pod;
  readonly events: readonly CoreV1Event[];
}

/** Why it does not move, or why it failed. */
export function reasonOf({ pod }: Evidence): WaitReason | undefined {
  const waiting = pod?.status?.containerStatuses?.[0]?.state?.waiting;
  return waiting?.reason === undefined
    ? undefined
    : { code: waiting.reason, message: waiting.message ?? '' };
}
