/**
 * One thing that runs stand on, looked at. `id` is a stable word.
 * "skipped" could not be looked at: that is no fault by itself.
 *
 * @public
 */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found. */
  readonly sentence: string;
  /** What to do about it, where something is to be done. */
  readonly repair?: string;
}
