import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import type { FollowInput, FollowMode } from '../state/followMode';
import type { LineRange, LogBuffer } from '../state/LogBuffer';
import { CHUNK_LINES } from '../state/LogChunk';
import { pipelineDemoTranslationRef } from '../translation';
import { numberText } from './format';
import styles from './LogList.module.css';
import { MountedRows } from './MountedRows';
import type { Rows } from './rows';
import type { Query } from './search';
import { useLogScroll } from './useLogScroll';
import { useRowVirtualizer } from './useRowVirtualizer';

/** What the list shows, and what it tells. */
export interface LogListProps {
  readonly buffer: LogBuffer;
  readonly rows: Rows;
  /** More lines may come. */
  readonly isGrowing: boolean;
  readonly mode: FollowMode;
  readonly wrap: boolean;
  readonly times: boolean;
  readonly query?: Query;
  /** Lines before which others are hidden, where it has to be seen. */
  readonly breaks?: ReadonlySet<number>;
  /** Older lines would be shown, too, if they were known. */
  readonly isOpenAbove: boolean;
  readonly currentLine?: number;
  readonly linked?: LineRange;
  /** A line to bring to the middle of the view. */
  readonly target?: number;
  onCentred(): void;
  onInput(input: FollowInput): void;
  onRead(range: LineRange): void;
  onLink(line: number, mode: 'only' | 'extend'): void;
  onTask(task: LogTask): void;
  /** The first line in view, whenever the view has moved. */
  onFirstLine(line: number): void;
}

/** What scrolls has to be reachable by keyboard, although it is no control. */
const REACHABLE = { tabIndex: 0 };

/** The rows of the log; about sixty of them are mounted, however many there are. */
export function LogList(props: LogListProps) {
  const { buffer, rows, mode, wrap, times } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useRowVirtualizer({
    scroller,
    rows,
    wrap,
    follow: mode.type === 'following',
  });
  useLogScroll({
    scroller,
    rows,
    mode,
    lastLine: buffer.lastLine,
    target: props.target,
    onCentred: props.onCentred,
    onInput: props.onInput,
    onFirstLine: props.onFirstLine,
    topOf: virtual.topOf,
    indexAt: virtual.indexAt,
  });
  const { items } = virtual;
  const first = items[0]?.index;
  const last = items[items.length - 1]?.index;
  useReading(props, first, last);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="log"
      aria-live="off"
      aria-label={t('log.lines')}
      data-wrap={wrap || undefined}
      data-times={times || undefined}
      style={numberColumn(buffer.lastLine)}
      {...REACHABLE}
    >
      <div className={styles.all} style={{ height: virtual.height }}>
        <MountedRows
          {...props}
          from={first}
          to={last}
          top={first === undefined ? 0 : virtual.topOf(first)}
          measure={virtual.measure}
        />
      </div>
    </div>
  );
}

/** As wide as the highest number, and at least as wide as usual ones. */
function numberColumn(lastLine: number): CSSProperties {
  const digits = numberText(lastLine).length;
  const width = `max(64px, ${digits}ch + 20px)`;
  return { '--log-number': width } as CSSProperties;
}

/** Asks for the lines in view that are not here. */
function useReading(
  props: LogListProps,
  first: number | undefined,
  last: number | undefined,
): void {
  const { buffer, rows, isOpenAbove, onRead } = props;
  useEffect(() => {
    if (
      first === undefined ||
      last === undefined ||
      buffer.held === buffer.lastLine
    ) {
      return;
    }
    // At the top of a selection, its older lines may be anywhere before.
    const wanted =
      isOpenAbove && rows.lineCount < buffer.lastLine && first === 0
        ? { from: 1, to: buffer.lastLine }
        : missingRows(buffer, rows, first, last);
    // What is read while one scrolls is read with its neighbours.
    const missing = wanted && isOpenAbove ? buffer.missingIn(wanted) : wanted;
    if (missing) {
      onRead(missing);
    }
  });
}

/**
 * The lines of the last rows that are not here, as far as one answer has room:
 * of a selection, neighbours may be far apart.
 */
function missingRows(
  buffer: LogBuffer,
  rows: Rows,
  firstIndex: number,
  lastIndex: number,
): LineRange | undefined {
  let range: LineRange | undefined;
  for (let index = lastIndex; index >= firstIndex; index -= 1) {
    const row = rows.at(index);
    if (row.type === 'line' && !buffer.has(row.line)) {
      const to = range?.to ?? row.line;
      if (to - row.line >= CHUNK_LINES) {
        break;
      }
      range = { from: row.line, to };
    }
  }
  return range;
}
