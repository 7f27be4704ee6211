import {
  KUBERNETES_CAPACITY,
  NOMINAL_DURATIONS,
} from 'backstage-plugin-pipeline-demo-common';
import {
  play,
  playEnded,
  recorded12,
  recordedOnCluster,
  running12,
  running5,
} from './plays';
import type { Scenario } from './scenarios';
import {
  brokenReport,
  cancelled,
  imagePull,
  lostDriver,
  outOfMemory,
  retried,
  richLog,
  withGap,
  withoutEnd,
} from './troubledRuns';

type Base = Omit<Scenario, 'id' | 'title'>;
type Local = Pick<Scenario, 'engine' | 'capacity' | 'durations'>;

/** Runs that come, or came, to an end; and what can keep them from it. */
export function endingScenarios(
  base: Base,
  roomier: Pick<Scenario, 'capacity'>,
  local: Local,
): Scenario[] {
  return [
    {
      ...base,
      id: 'succeeded',
      title: 'Succeeded',
      play: () => playEnded(running5),
    },
    {
      ...base,
      ...roomier,
      id: 'succeeded-12',
      title: 'Succeeded, 12 batches',
      play: () => playEnded(running12),
    },
    {
      ...base,
      ...local,
      id: 'recorded',
      title: 'Succeeded, a recorded run of a laptop',
      play: () => playEnded(recorded12),
    },
    {
      ...base,
      id: 'recorded-cluster',
      // A namespace of its own, and nothing known of earlier runs.
      capacity: KUBERNETES_CAPACITY,
      durations: NOMINAL_DURATIONS.kubernetes,
      title: 'Succeeded, a recorded run of a cluster',
      play: () => playEnded(recordedOnCluster),
    },
    {
      ...base,
      id: 'finishing',
      title: 'Finishing: cleaning up',
      play: () => play(withoutEnd(running5), { from: 90_000 }),
    },
    {
      ...base,
      id: 'failed',
      title: 'Failed: out of memory',
      play: () => playEnded(outOfMemory()),
    },
    {
      ...base,
      ...local,
      id: 'failed-driver',
      title: 'Failed: the driver is lost',
      play: () => playEnded(lostDriver()),
    },
    {
      ...base,
      id: 'image-pull',
      title: 'The image cannot be pulled',
      play: () => play(imagePull(), { from: 52_000, until: 52_000 }),
    },
    {
      ...base,
      id: 'retried',
      title: 'A task on its second attempt',
      play: () => play(retried(), { from: 41_000 }),
    },
    {
      ...base,
      id: 'cancelling',
      title: 'Cancelling',
      // What is there at first is seen, and then goes.
      play: () => play(cancelled(), { from: 43_500, until: 45_300 }),
    },
    {
      ...base,
      id: 'cancelled',
      title: 'Cancelled',
      play: () => playEnded(cancelled()),
    },
    {
      ...base,
      id: 'gap',
      title: 'Output was lost, and the server was replaced',
      play: () => play(withGap(), { from: 41_000 }),
    },
    {
      ...base,
      id: 'region-error',
      title: 'An error in one region',
      play: () => playEnded(brokenReport()),
    },
    {
      ...base,
      ...local,
      id: 'rich-log',
      title: 'A log with colours, links and long lines',
      play: () => playEnded(richLog()),
    },
  ];
}
