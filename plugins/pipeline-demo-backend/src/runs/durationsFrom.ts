import { NOMINAL_DURATIONS } from 'backstage-plugin-pipeline-demo-common';
import type {
  Durations,
  EngineName,
} from 'backstage-plugin-pipeline-demo-common';
import type { PastDurations } from '../ports/RunStore';

/** What to expect of a run: what past runs of the engine took, else the nominal durations. */
export function durationsFrom(
  engine: EngineName,
  past: PastDurations | undefined,
): Durations {
  const nominal = NOMINAL_DURATIONS[engine];
  return past
    ? {
        ...nominal,
        basis: { type: 'history', runs: past.runs },
        seconds: past.seconds,
        startSeconds: past.startSeconds,
      }
    : nominal;
}
