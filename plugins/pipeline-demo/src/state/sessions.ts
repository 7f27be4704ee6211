import type { PipelineDemoApi } from '../api/PipelineDemoApi';
import { RunSession } from './RunSession';

/** A page that is built anew, as for another theme, is back within this. */
const GRACE_MS = 1_000;

interface Kept {
  readonly session: RunSession;
  users: number;
  close?(): void;
  closing?: ReturnType<typeof setTimeout>;
}

/**
 * Sessions outlive a page that is built anew: the portal does that when the
 * theme changes. So the stream stays open, and nothing is loaded again.
 */
const kept = new WeakMap<PipelineDemoApi, Map<string, Kept>>();

/** The session of a run, as long as somebody uses it or has just left. */
export function sessionOf(api: PipelineDemoApi, runId: string): RunSession {
  return entryOf(api, runId).session;
}

/** Opens the session's stream for one more user. @returns the function that lets go of it */
export function holdSession(api: PipelineDemoApi, runId: string): () => void {
  const entry = entryOf(api, runId);
  clearTimeout(entry.closing);
  entry.users += 1;
  entry.close ??= entry.session.connect();
  return () => {
    entry.users -= 1;
    if (entry.users === 0) {
      entry.closing = setTimeout(() => {
        entry.close?.();
        kept.get(api)?.delete(runId);
      }, GRACE_MS);
    }
  };
}

function entryOf(api: PipelineDemoApi, runId: string): Kept {
  const sessions = kept.get(api) ?? new Map<string, Kept>();
  kept.set(api, sessions);
  const known = sessions.get(runId);
  if (known) {
    return known;
  }
  const session = RunSession.create(api, {
    runId: runId || undefined,
    now: Date.now,
  });
  const entry = { session, users: 0 };
  sessions.set(runId, entry);
  return entry;
}
