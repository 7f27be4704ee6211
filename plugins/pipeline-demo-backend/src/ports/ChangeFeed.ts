/** What a feed says instead of an id when any run may have changed. */
export const EVERY_RUN = '*';

/** Tells that runs have changed in the store, whichever process changed them. */
export interface ChangeFeed {
  /**
   * The ids of runs that have new events, lines, owners or wishes to cancel;
   * EVERY_RUN at first, and whenever something may have been missed. So: watch
   * first, then read. An id may come without a change, and changes of a run
   * that is not read in time come as one.
   *
   * Never throws; ends when the signal is aborted.
   */
  watch(signal: AbortSignal): AsyncIterable<string>;
}
