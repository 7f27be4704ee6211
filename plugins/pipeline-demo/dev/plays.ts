import type {
  Durations,
  WaitReason,
} from 'backstage-plugin-pipeline-demo-common';
import { Playback } from './Playback';
import type { PlaybackOptions } from './Playback';
import { recorded } from './Recording';
import type { Recording } from './Recording';
import kubernetes5 from './recordings/kubernetes-5.json';
import local12 from './recordings/local-12.json';
import local5 from './recordings/local-5.json';
import { scripted } from './scripted';

/** Tasks of a cluster that take a while: what the pictures show. */
export const SLOW: Durations = {
  basis: { type: 'history', runs: 14 },
  seconds: { GENERATE: 14, ANALYZE: 12, REPORT: 8 },
  startSeconds: 7,
  stepSeconds: 1.6,
};

const CLUSTER = {
  engine: 'kubernetes',
  seconds: SLOW.seconds,
  startSeconds: 6,
  stepSeconds: 1.6,
} as const;

/** What the quota says when so much of it is used. */
export function refusedAt(used: string): WaitReason {
  return {
    code: 'QuotaExceeded',
    message: `exceeded quota: pipeline-demo, requested: requests.cpu=1, used: requests.cpu=${used}, limited: requests.cpu=14`,
  };
}

export const recorded5 = recorded(local5);
export const recorded12 = recorded(local12);
export const recordedOnCluster = recorded(kubernetes5);
export const running5 = scripted({
  ...CLUSTER,
  batchCount: 5,
  slots: 4,
  waits: refusedAt('13500m'),
});
export const running12 = scripted({
  ...CLUSTER,
  batchCount: 12,
  slots: 6,
  waits: refusedAt('14'),
});

/** Plays a recording from its beginning, unless told otherwise. */
export function play(
  recording: Recording,
  options: Partial<PlaybackOptions> & { readonly batchCount?: number } = {},
): Playback {
  return Playback.create({
    runId: 'r4f2',
    recording,
    from: 0,
    viewers: 3,
    createdBy: 'user:default/guest',
    ...options,
  });
}

/** Plays what is over. */
export function playEnded(recording: Recording): Playback {
  const last = Math.max(...recording.events.map(({ at }) => at));
  return play(recording, { from: last + 20_000 });
}
