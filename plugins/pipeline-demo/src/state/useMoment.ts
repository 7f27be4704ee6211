import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { runAt } from './runAt';
import { useMoveLog } from './useLogMoves';
import { useRunPast } from './useRunSession';

/** The moment of a run that the page shows. Times are epoch milliseconds of the run's clock. */
export interface Moment {
  /** Where the slider stands; missing: at the end, which is now while it runs. */
  readonly at?: number;
  /** The last moment there is: now, or when it was known how the run ends. */
  readonly end: number;
  /** The run as it was then; missing: at the end, or not here yet. */
  readonly past?: { readonly run: Run; readonly at: number };
  /** What the page shows: the past if there is one, else the run as it is. */
  readonly shown: { readonly run: Run; readonly now: number };
  /** Why the past is not here. */
  readonly error?: Error;
  /** The end and all after it is now. The log goes there, too. */
  goTo(at: number): void;
  toEnd(): void;
}

/**
 * Lets the page go back in time: it folds the run's events up to a moment.
 *
 * @param run - as it is
 * @param now - epoch milliseconds of the run's clock
 */
export function useMoment(run: Run, now: number): Moment {
  const [wanted, setWanted] = useState<{ run: string; at: number }>();
  const moveLog = useMoveLog();
  const end = run.finishedAt ?? now;
  const at = wanted?.run === run.id && wanted.at < end ? wanted.at : undefined;
  const { state, load } = useRunPast();
  const isHere = useHasBeenHere(run, state.events.length);
  useEffect(() => {
    if (at !== undefined) {
      load();
    }
  }, [at, load, run.event]);

  const latest = useRef({ run, end, at });
  latest.current = { run, end, at };
  const toEnd = useCallback(() => {
    // Who is there already may read wherever they like.
    if (latest.current.at !== undefined) {
      setWanted(undefined);
      moveLog('end');
    }
  }, [moveLog]);
  const goTo = useCallback(
    (to: number) => {
      const { run: of, end: last } = latest.current;
      if (to >= last) {
        toEnd();
        return;
      }
      const moment = Math.max(of.createdAt, to);
      setWanted({ run: of.id, at: moment });
      moveLog({ at: moment });
    },
    [moveLog, toEnd],
  );
  const folded = useFold(run, state.events, isHere ? at : undefined);
  const past = folded && at !== undefined ? { run: folded, at } : undefined;
  return {
    at,
    end,
    past,
    shown: past ? { run: past.run, now: past.at } : { run, now },
    error: at === undefined || past ? undefined : state.error,
    goTo,
    toEnd,
  };
}

/** Once all was here, what is missing is newer than any moment of the past. */
function useHasBeenHere(run: Run, events: number): boolean {
  const known = useRef<string>();
  if (events >= run.event) {
    known.current = run.id;
  }
  return known.current === run.id;
}

/** The same object as long as nothing more has happened. */
function useFold(
  run: Run,
  events: Parameters<typeof runAt>[1],
  at: number | undefined,
): Run | undefined {
  // By then: a later moment has these, and some more.
  const count =
    at === undefined ? 0 : events.filter(event => event.at <= at).length;
  const latest = useRef({ run, at });
  latest.current = { run, at };
  const { id } = run;
  return useMemo(() => {
    const { run: of, at: by } = latest.current;
    return by === undefined ? undefined : runAt(of, events, by);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the count stands for the moment
  }, [id, events, count, at === undefined]);
}
