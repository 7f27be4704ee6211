import { NOMINAL_DURATIONS } from 'backstage-plugin-pipeline-demo-common';
import type { Durations } from 'backstage-plugin-pipeline-demo-common';
import type { PastDurations } from '../ports/RunStore';

/** What to expect of a run: what past runs took, else the nominal durations. */
export function durationsFrom(past: PastDurations | undefined): Durations {
  return past
    ? {
        ...NOMINAL_DURATIONS,
        basis: { type: 'history', runs: past.runs },
        seconds: past.seconds,
        startSeconds: past.startSeconds,
      }
    : NOMINAL_DURATIONS;
}
