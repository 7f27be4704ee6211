/** What viewers have been given since the process began: plain numbers, as a viewer may cost no more. */
export interface StreamCounts {
  /** Events and batches of lines that were sent, each once for each viewer. */
  framesSent: number;
  /** Frames that a live viewer was too slow for: it reads them from the store later. */
  framesDropped: number;
}

/** Nothing yet. */
export function newStreamCounts(): StreamCounts {
  return { framesSent: 0, framesDropped: 0 };
}
