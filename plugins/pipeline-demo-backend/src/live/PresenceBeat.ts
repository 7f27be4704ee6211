import type { Presence } from 'backstage-plugin-pipeline-demo-common';

/** How often presence may be sent, and how often it is repeated when nothing has changed. */
const MIN_INTERVAL_MS = 1_000;
const REPEAT_INTERVAL_MS = 5_000;

/** Decides when presence is worth a frame. */
export class PresenceBeat {
  #sent?: Presence;

  static create(): PresenceBeat {
    return new PresenceBeat();
  }

  /** Whether to send it now; the answer yes counts as sent. */
  isDue(presence: Presence): boolean {
    const { viewers, seenAt, now } = this.#sent ?? { now: -Infinity };
    const changed = presence.viewers !== viewers || presence.seenAt !== seenAt;
    const interval = changed ? MIN_INTERVAL_MS : REPEAT_INTERVAL_MS;
    const due = presence.now - now >= interval;
    if (due) {
      this.#sent = presence;
    }
    return due;
  }
}
