import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatDuration } from 'backstage-plugin-pipeline-demo-common';
import { useRef } from 'react';
import { useHoveredTime } from '../state/useHoveredTime';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './Timeline.module.css';
import type { TimelineLayout } from './timelineLayout';
import type { Span } from './timelineRows';
import { useRunningSeconds } from './useRunningSeconds';

/** The label of the now line hides ticks nearer than this. */
const NOW_LABEL_WIDTH = 36;
/** Room for the words beside what was not seen. */
const UNSEEN_LABEL_WIDTH = 68;

/** Lines and labels of the time. */
export function Axis(props: {
  readonly layout: TimelineLayout;
  /** Seconds of the line whose label needs room. */
  readonly now?: number;
}) {
  const { layout, now } = props;
  return (
    <>
      {layout.ticks.map(({ seconds, x }) => (
        <g key={seconds}>
          <path className={styles.grid} d={`M${x} 0V${layout.bottom}`} />
          {(now === undefined ||
            Math.abs(x - layout.x(now)) > NOW_LABEL_WIDTH) && (
            <text className={styles.tick} x={x} y={layout.bottom + 16}>
              {formatDuration(seconds)}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

/** The line of now. While the run is seen to go on it moves with the clock. */
export function NowLine(props: {
  readonly layout: TimelineLayout;
  /** As of this render. */
  readonly seconds: number;
  readonly moves: 'withTheClock' | 'notAtAll';
}) {
  const { layout, seconds, moves } = props;
  const line = useRef<SVGGElement>(null);
  const label = useRef<SVGTextElement>(null);
  const running = moves === 'withTheClock' ? seconds : undefined;
  useRunningSeconds(line, running, now => {
    line.current?.setAttribute('transform', placeOf(layout, now));
    const text = formatDuration(now);
    if (label.current && label.current.textContent !== text) {
      label.current.textContent = text;
    }
  });
  return (
    <g
      ref={line}
      className={styles.now}
      data-line-of="now"
      transform={placeOf(layout, seconds)}
    >
      <path d={`M0 0V${layout.bottom}`} />
      <rect x="-18" y={layout.bottom + 2} width="36" height="16" rx="4" />
      <text ref={label} x="0" y={layout.bottom + 13.5}>
        {formatDuration(seconds)}
      </text>
    </g>
  );
}

/** Where the log row, or the place on the axis, under the pointer is in time. */
export function HairLine(props: {
  readonly layout: TimelineLayout;
  /** When the run was asked for, in epoch milliseconds. */
  readonly createdAt: number;
}) {
  const { layout, createdAt } = props;
  const at = useHoveredTime();
  if (at === undefined) {
    return null;
  }
  const seconds = Math.max(0, (at - createdAt) / 1000);
  return (
    <g
      className={styles.hair}
      data-line-of="pointer"
      transform={placeOf(layout, seconds)}
    >
      <path d={`M0 0V${layout.bottom + 2}`} />
      <rect x="-18" y={layout.bottom + 2} width="36" height="16" rx="4" />
      <text x="0" y={layout.bottom + 13.5}>
        {formatDuration(seconds)}
      </text>
    </g>
  );
}

/** What happened while the connection was lost. */
export function Unseen(props: {
  readonly layout: TimelineLayout;
  readonly span: Span;
}) {
  const { layout, span } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const from = layout.x(span.from);
  const to = Math.min(layout.width, layout.x(span.to));
  const isRoom = to + UNSEEN_LABEL_WIDTH < layout.width;
  return (
    <g className={styles.unseen} data-line-of="unseen">
      <defs>
        <pattern
          id="timeline-unseen"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-45)"
        >
          <path d="M0 0v6" stroke="var(--pd-edge)" />
        </pattern>
      </defs>
      <rect
        x={from}
        y="0"
        width={Math.max(0, to - from)}
        height={layout.bottom}
        fill="url(#timeline-unseen)"
      />
      <text
        x={isRoom ? to + 4 : to - 4}
        y="10"
        textAnchor={isRoom ? 'start' : 'end'}
      >
        {t('timeline.unseen')}
      </text>
    </g>
  );
}

function placeOf(layout: TimelineLayout, seconds: number): string {
  return `translate(${layout.x(seconds)} 0)`;
}
