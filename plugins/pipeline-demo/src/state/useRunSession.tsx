import { useApi } from '@backstage/core-plugin-api';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react';
import type { ReactNode } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import type {
  LogSearchRequest,
  LogSearchResult,
  PipelineDemoApi,
} from '../api/PipelineDemoApi';
import type { LineRange, LogBuffer } from './LogBuffer';
import type { PastState } from './RunPast';
import type { RunSession, RunState } from './RunSession';
import { holdSession, sessionOf } from './sessions';
import { HoveredTaskProvider } from './useHoveredTask';
import { HoveredTimeProvider } from './useHoveredTime';
import { LogMovesProvider } from './useLogMoves';
import { OpenTaskProvider } from './useOpenTask';

export type { Connection } from '../api/PipelineDemoApi';
export type { RunState } from './RunSession';
export type { Freshness } from './FreshnessWindow';

const RunSessionContext = createContext<RunSession | undefined>(undefined);

/**
 * One session, and so one stream, for everything below. Without `runId` it
 * follows whatever run is active.
 */
export function RunSessionProvider(props: {
  readonly runId?: string;
  readonly children: ReactNode;
}) {
  const { runId = '', children } = props;
  const api = useApi(pipelineDemoApiRef);
  const session = useMemo(() => sessionOf(api, runId), [api, runId]);
  useEffect(() => holdSession(api, runId), [api, runId]);
  return (
    <RunSessionContext.Provider value={session}>
      <HoveredTaskProvider>
        <HoveredTimeProvider>
          <LogMovesProvider>
            <OpenTaskProvider>{children}</OpenTaskProvider>
          </LogMovesProvider>
        </HoveredTimeProvider>
      </HoveredTaskProvider>
    </RunSessionContext.Provider>
  );
}

/** The run as it is known now; renders again at most once per animation frame. */
export function useRunState(): RunState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.getState);
}

/**
 * A part of what is known of the run; renders again only when that part is
 * another one. Lines alone change the whole at each frame.
 */
export function useRunPart<T>(select: (state: RunState) => T): T {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, () =>
    select(session.getState()),
  );
}

/** The state of the session, for who listens to it in a way of their own. */
export function useRunStore(): Pick<RunSession, 'subscribe' | 'getState'> {
  return useSession();
}

/** The log lines; renders again when there are more, at most once per animation frame. */
export function useLogBuffer(): LogBuffer {
  const { buffer } = useSession();
  useSyncExternalStore(buffer.subscribe, () => buffer.version);
  return buffer;
}

/** Asks for lines that are not here; they appear in the buffer. */
export function useReadLines(): (range: LineRange) => void {
  return useSession().read;
}

/** The run's events as far as they are here, and how to get the others. */
export function useRunPast(): {
  readonly state: PastState;
  readonly load: () => void;
} {
  const state = useRunPart(({ past }) => past);
  return { state, load: useSession().loadPast };
}

/** Finds the first line that was written at a time or after it. */
export function useLineAt(): (at: number) => Promise<number> {
  return useSession().lineAt;
}

/** Fetches the log as a file: the whole, or what is wanted of it. */
export function useDownloadLog(): PipelineDemoApi['downloadLog'] {
  const api = useApi(pipelineDemoApiRef);
  return useCallback(
    (runId, request) => api.downloadLog(runId, request),
    [api],
  );
}

/** Looks through lines of the run in the store; a part at a time. */
export function useSearchLog(): (
  request: LogSearchRequest,
  signal: AbortSignal,
) => Promise<LogSearchResult> {
  const api = useApi(pipelineDemoApiRef);
  const session = useSession();
  return useCallback(
    (request, signal) => {
      const { run } = session.getState();
      return run
        ? api.searchLog(run.id, request, signal)
        : Promise.resolve({ lines: [] });
    },
    [api, session],
  );
}

function useSession(): RunSession {
  const session = useContext(RunSessionContext);
  if (!session) {
    throw new Error('There is no RunSessionProvider above this component');
  }
  return session;
}
