import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LogBuffer } from '../state/LogBuffer';
import { plainText } from './ansi';
import type { Rows } from './rows';
import {
  compileQuery,
  hitFrom,
  lowerBound,
  searchAfter,
  searchSlice,
} from './search';
import { useStoreSearch } from './useStoreSearch';
import type { Query, SearchProgress, SearchSource, SearchText } from './search';

/** The search of the log, as the toolbar and the rows see it. */
export interface LogSearch {
  readonly words: SearchText;
  change(words: Partial<SearchText>): void;
  /** What is wrong with the regular expression. */
  readonly problem?: string;
  /** What the rows mark: the last good one. */
  readonly query?: Query;
  /** Numbers of the lines that match, so far. */
  readonly hits: readonly number[];
  /** It is still looking. */
  readonly searching: boolean;
  /** The hit that was gone to; counted from 1. */
  readonly position?: number;
  readonly currentLine?: number;
  /** Goes to the next or the previous hit, round the end. @returns its line */
  step(direction: 1 | -1, from: number): number | undefined;
}

interface Words {
  readonly words: SearchText;
  readonly problem?: string;
  readonly query?: Query;
}

/** What a progress is valid for, and the progress. */
interface Scan {
  readonly query?: Query;
  readonly scope: string;
  readonly progress: SearchProgress;
}

/**
 * @param rows - all rows of the selected tasks
 * @param scope - whose lines they are: the search begins again with another
 */
export function useLogSearch(
  buffer: LogBuffer,
  rows: Rows,
  scope: string,
  selected: readonly LogTask[],
): LogSearch {
  const [state, setState] = useState<Words>({
    words: { text: '', caseSensitive: false, regex: false },
  });
  const { words, problem, query } = state;
  const [currentLine, setCurrentLine] = useState<number>();
  const change = useCallback((part: Partial<SearchText>) => {
    setState(old => withWords(old, { ...old.words, ...part }));
    setCurrentLine(undefined);
  }, []);
  const notHere = useNotHere(buffer, query, scope);
  const stored = useStoreSearch(query, notHere, selected);
  const scan = useScan(buffer, rows, scope, query, notHere);
  const hits = useMemo(
    () =>
      stored.hits.length === 0 ? scan.hits : [...stored.hits, ...scan.hits],
    [stored.hits, scan.hits],
  );

  const step = useCallback(
    (direction: 1 | -1, from: number) => {
      const line = hits[nextHit(hits, currentLine, direction, from)];
      setCurrentLine(line);
      return line;
    },
    [hits, currentLine],
  );
  const searching =
    query !== undefined &&
    (stored.searching || rows.countAfter(scan.scannedTo) > 0);
  const whatIsWrong = problem ?? stored.problem;
  // The same object until something has changed: lines come with each frame.
  return useMemo(
    () => ({
      words,
      change,
      problem: whatIsWrong,
      query,
      hits,
      searching,
      position: positionOf(hits, currentLine),
      currentLine,
      step,
    }),
    [words, change, whatIsWrong, query, hits, searching, currentLine, step],
  );
}

/** The place of a line among the hits, counted from 1; undefined when it is none. */
function positionOf(
  hits: readonly number[],
  line: number | undefined,
): number | undefined {
  const place = line === undefined ? -1 : lowerBound(hits, line);
  return place >= 0 && hits[place] === line ? place + 1 : undefined;
}

/**
 * The last of the lines that are not here, when the search began; 0: all are
 * here. Up to this line the store searches, after it the page.
 */
function useNotHere(
  buffer: LogBuffer,
  query: Query | undefined,
  scope: string,
): number {
  return useMemo(
    () =>
      query && scope
        ? buffer.missingIn({ from: 1, to: buffer.lastLine })?.to ?? 0
        : 0,
    [buffer, query, scope],
  );
}

/** A broken expression leaves the last good one at work. */
function withWords(old: Words, words: SearchText): Words {
  const compiled = compileQuery(words);
  switch (compiled.type) {
    case 'none':
      return { words };
    case 'invalid':
      return { words, problem: compiled.message, query: old.query };
    case 'query':
      return { words, query: compiled.query };
    default:
      return compiled;
  }
}

function useScan(
  buffer: LogBuffer,
  rows: Rows,
  scope: string,
  query: Query | undefined,
  after: number,
): SearchProgress {
  const nothing = useMemo(() => searchAfter(after), [after]);
  const [scan, setScan] = useState<Scan>({ scope, progress: nothing });
  const valid = scan.query === query && scan.scope === scope;
  const progress = valid ? scan.progress : nothing;
  const isBehind = rows.countAfter(progress.scannedTo) > 0;
  const latest = useRef(rows);
  latest.current = rows;
  useEffect(() => {
    if (!query || !isBehind) {
      return undefined;
    }
    const timer = setTimeout(() => {
      const source = sourceOf(buffer, latest.current);
      setScan({ query, scope, progress: searchSlice(query, progress, source) });
    });
    return () => clearTimeout(timer);
  }, [query, scope, progress, isBehind, buffer]);
  return query ? progress : nothing;
}

function sourceOf(buffer: LogBuffer, rows: Rows): SearchSource {
  return {
    lineCount: rows.lineCount,
    numberAt: rows.numberAt,
    countAfter: rows.countAfter,
    textOf(line) {
      const text = buffer.text(line);
      return text === undefined ? undefined : plainText(text);
    },
  };
}

function nextHit(
  hits: readonly number[],
  current: number | undefined,
  direction: 1 | -1,
  from: number,
): number {
  if (current === undefined) {
    return direction === 1
      ? hitFrom(hits, from)
      : lowerBound(hits, from + 1) - 1;
  }
  const place = lowerBound(hits, current);
  const isThere = hits[place] === current;
  const next = direction === 1 && !isThere ? place : place + direction;
  return (next + hits.length) % Math.max(1, hits.length);
}
