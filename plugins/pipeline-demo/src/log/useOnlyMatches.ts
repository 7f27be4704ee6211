import { useMemo, useRef, useState } from 'react';
import { matchLines } from './matchLines';
import type { MatchLines } from './matchLines';
import { makeRows } from './rows';
import type { Rows } from './rows';
import type { LogRows } from './useLogRows';
import type { LogSearch } from './useLogSearch';

/** Lines before and after each match, when they are asked for. */
export const LINES_AROUND = 2;

/** Whether matches alone are shown; the same object until that has changed. */
export interface MatchSwitch {
  /** Never without something to look for. */
  readonly isOn: boolean;
  /** With the lines around each match. */
  readonly isAround: boolean;
  toggle(): void;
  toggleAround(): void;
}

/** The rows that are shown: all of them, or, when that is wanted, matches alone. */
export interface OnlyMatches {
  readonly by: MatchSwitch;
  readonly rows: Rows;
  /** How many lines are not shown for that; 0 when it is off. */
  readonly hidden: number;
  /** Numbers of lines before which others are hidden, where it has to be seen. */
  readonly breaks?: ReadonlySet<number>;
}

/** Narrows the rows to those that match what is looked for. */
export function useOnlyMatches(log: LogRows, search: LogSearch): OnlyMatches {
  const [isWanted, setWanted] = useState(false);
  const [isAround, setAround] = useState(false);
  const isOn = isWanted && search.query !== undefined;
  const matches = useMatchLines(log, isOn ? search.hits : undefined, isAround);
  const by = useMemo(
    () => ({
      isOn,
      isAround,
      toggle: () => setWanted(!isOn),
      toggleAround: () => setAround(!isAround),
    }),
    [isOn, isAround],
  );
  return {
    by,
    // How tasks ended is no match; what was lost may have been one.
    rows: matches
      ? makeRows(
          matches.lines,
          log.system.filter(row => row.type === 'gap'),
        )
      : log.rows,
    hidden: matches?.hidden ?? 0,
    breaks: matches?.breaks,
  };
}

/** Made anew only when there are other matches, or other lines around them. */
function useMatchLines(
  log: LogRows,
  hits: readonly number[] | undefined,
  isAround: boolean,
): MatchLines | undefined {
  const made = useRef<{ readonly key: readonly unknown[]; is: MatchLines }>();
  if (!hits) {
    return undefined;
  }
  // The list of lines is one and the same while lines come at its end.
  const key = [hits, isAround, log.order, log.rows.lineCount];
  if (!made.current || key.some((part, at) => part !== made.current?.key[at])) {
    const is = matchLines(log.lines, hits, isAround ? LINES_AROUND : 0);
    made.current = { key, is };
  }
  return made.current.is;
}
