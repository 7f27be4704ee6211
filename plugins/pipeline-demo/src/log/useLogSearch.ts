import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LogBuffer } from '../state/LogBuffer';
import { plainText } from './ansi';
import type { Rows } from './rows';
import {
  NOTHING_SCANNED,
  compileQuery,
  hitFrom,
  lowerBound,
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
 * @param selected - only lines of these tasks are shown
 * @param scope - changes when lines before the last one have come or gone:
 *   then the search begins again
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
  const notHere = useNotHere(buffer, query);
  const stored = useStoreSearch(query, notHere, selected);
  const { hits: found, scanned } = useScan(buffer, rows, scope, query);
  const hits = useMemo(
    () => [...stored.hits, ...found.slice(lowerBound(found, notHere + 1))],
    [stored.hits, found, notHere],
  );

  const step = (direction: 1 | -1, from: number) => {
    const line = hits[nextHit(hits, currentLine, direction, from)];
    setCurrentLine(line);
    return line;
  };
  const place = currentLine === undefined ? -1 : lowerBound(hits, currentLine);
  return {
    words,
    change,
    problem: problem ?? stored.problem,
    query,
    hits,
    searching:
      query !== undefined && (stored.searching || scanned < rows.lineCount),
    position: hits[place] === currentLine ? place + 1 : undefined,
    currentLine,
    step,
  };
}

/** The last of the lines that are not here, when the search began; 0: all are here. */
function useNotHere(buffer: LogBuffer, query: Query | undefined): number {
  const { generation } = buffer;
  return useMemo(
    () =>
      query && generation >= 0
        ? buffer.missingIn({ from: 1, to: buffer.lastLine })?.to ?? 0
        : 0,
    [buffer, query, generation],
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
): SearchProgress {
  const [scan, setScan] = useState<Scan>({
    scope,
    progress: NOTHING_SCANNED,
  });
  const valid = scan.query === query && scan.scope === scope;
  const progress = valid ? scan.progress : NOTHING_SCANNED;
  const isBehind = progress.scanned < rows.lineCount;
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
  return query ? progress : NOTHING_SCANNED;
}

function sourceOf(buffer: LogBuffer, rows: Rows): SearchSource {
  return {
    length: rows.lineCount,
    numberAt: rows.numberAt,
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
