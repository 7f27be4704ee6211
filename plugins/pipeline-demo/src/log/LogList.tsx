import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useMemo, useRef } from 'react';
import type { CSSProperties } from 'react';
import type { FollowInput, FollowMode } from '../state/followMode';
import type { LineRange, LogBuffer } from '../state/LogBuffer';
import { CHUNK_LINES } from '../state/LogChunk';
import { useHoveredTask } from '../state/useHoveredTask';
import { useSetHoveredTime } from '../state/useHoveredTime';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LogList.module.css';
import { LogRow } from './LogRow';
import type { Rows } from './rows';
import type { Query } from './search';
import { SystemRowView } from './SystemRowView';
import { useLogScroll } from './useLogScroll';
import { useRowVirtualizer } from './useRowVirtualizer';
import type { RowVirtualizer } from './useRowVirtualizer';

/** What the list shows, and what it tells. */
export interface LogListProps {
  readonly buffer: LogBuffer;
  readonly rows: Rows;
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
    count: rows.length,
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
  useReading(props, virtual);
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
        <MountedRows {...props} virtual={virtual} />
      </div>
    </div>
  );
}

/** As wide as the highest number, and at least as wide as usual ones. */
function numberColumn(lastLine: number): CSSProperties {
  const digits = lastLine.toLocaleString().length;
  const width = `max(64px, ${digits}ch + 20px)`;
  return { '--log-number': width } as CSSProperties;
}

function MountedRows(
  props: LogListProps & { readonly virtual: RowVirtualizer },
) {
  const { buffer, rows, virtual, linked } = props;
  const [hoveredTask, setHoveredTask] = useHoveredTask();
  const setHoveredTime = useSetHoveredTime();
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const words = useMemo(
    () => ({
      link: t('log.row.link'),
      task: t('log.row.task'),
      notRead: t('log.row.notRead'),
    }),
    [t],
  );
  const top =
    virtual.items.length > 0 ? virtual.topOf(virtual.items[0].index) : 0;
  return (
    <div
      className={styles.mounted}
      style={{ transform: `translateY(${top}px)` }}
      role="list"
      onMouseLeave={() => {
        setHoveredTask(undefined);
        setHoveredTime(undefined);
      }}
      onBlur={() => setHoveredTime(undefined)}
    >
      {virtual.items.map(({ index }) => {
        const row = rows.at(index);
        const line = row.type === 'line' ? buffer.line(row.line) : undefined;
        const at = row.type === 'line' ? line?.at : row.row.at;
        return (
          <div
            key={row.type === 'line' ? row.line : row.row.key}
            ref={virtual.measure}
            data-index={index}
            data-break={
              (row.type === 'line' && props.breaks?.has(row.line)) || undefined
            }
            role="listitem"
            onMouseEnter={() => {
              setHoveredTask(line?.task);
              setHoveredTime(at);
            }}
            onFocus={() => setHoveredTime(at)}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
          >
            {row.type === 'system' ? (
              <SystemRowView row={row.row} />
            ) : (
              <LogRow
                line={line}
                number={row.line}
                query={props.query}
                current={row.line === props.currentLine}
                linked={
                  linked !== undefined &&
                  linked.from <= row.line &&
                  row.line <= linked.to
                }
                hovered={line !== undefined && line.task === hoveredTask}
                words={words}
                onLink={props.onLink}
                onTask={props.onTask}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Asks for the lines in view that are not here. */
function useReading(props: LogListProps, virtual: RowVirtualizer): void {
  const { buffer, rows, isOpenAbove, onRead } = props;
  const first = virtual.items[0];
  const last = virtual.items[virtual.items.length - 1];
  useEffect(() => {
    if (!first || !last || buffer.held === buffer.lastLine) {
      return;
    }
    // At the top of a selection, its older lines may be anywhere before.
    const wanted =
      isOpenAbove && rows.lineCount < buffer.lastLine && first.index === 0
        ? { from: 1, to: buffer.lastLine }
        : missingRows(buffer, rows, first.index, last.index);
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
