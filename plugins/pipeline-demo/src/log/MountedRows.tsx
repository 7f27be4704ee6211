import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { memo, useMemo } from 'react';
import { usePlanTasks } from '../state/usePlanTasks';
import { useHoveredTask } from '../state/useHoveredTask';
import { useSetHoveredTime } from '../state/useHoveredTime';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LogList.module.css';
import type { LogListProps } from './LogList';
import { LogRow } from './LogRow';
import { SystemRowView } from './SystemRowView';
import type { RowVirtualizer } from './useRowVirtualizer';

/**
 * The rows that are in view, or nearly. What scrolls draws itself again when it
 * has scrolled; the same rows are not drawn again for that.
 */
export const MountedRows = memo(
  (
    props: LogListProps & {
      /** The first and the last row; undefined: none. */
      readonly from: number | undefined;
      readonly to: number | undefined;
      /** Where the first one is, in pixels from the top of all rows. */
      readonly top: number;
      /** For wrapped rows: measures a mounted one. */
      readonly measure: RowVirtualizer['measure'];
    },
  ) => {
    const { buffer, rows, from = 0, to = -1, top, linked } = props;
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
    const tasks = usePlanTasks();
    const indexes = Array.from({ length: to - from + 1 }, (_, at) => from + at);
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
        {indexes.map(index => {
          const row = rows.at(index);
          const line = row.type === 'line' ? buffer.line(row.line) : undefined;
          const at = row.type === 'line' ? line?.at : row.row.at;
          return (
            <div
              key={rows.keyAt(index)}
              ref={props.measure}
              data-index={index}
              data-break={
                (row.type === 'line' && props.breaks?.has(row.line)) ||
                undefined
              }
              role="listitem"
              onMouseEnter={() => {
                setHoveredTask(line?.task);
                setHoveredTime(at);
              }}
              onFocus={() => setHoveredTime(at)}
              // How many is not known while it grows, and would change them all.
              aria-setsize={props.isGrowing ? -1 : rows.length}
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
                  tasks={tasks}
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
  },
);
