import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './Splitter.module.css';

const STEP_PX = 24;
/** Of the upper part: below this nothing in it can be read. */
const LEAST_HEIGHT_PX = 240;

/** Between run and log: drag it, or move it with the arrow keys; a double click resets. */
export function Splitter(props: {
  /** Pixels of the part above it now. */
  readonly height: number;
  readonly most: number;
  /** Undefined: as it was first. */
  onHeight(height: number | undefined): void;
}) {
  const { height, most, onHeight } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const start = useRef<{ readonly y: number; readonly height: number }>();
  const set = (wanted: number) =>
    onHeight(Math.round(Math.max(LEAST_HEIGHT_PX, Math.min(most, wanted))));

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { y: event.clientY, height };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) {
      set(start.current.height + event.clientY - start.current.y);
    }
  };
  const onPointerUp = () => {
    start.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      set(height + (event.key === 'ArrowUp' ? -STEP_PX : STEP_PX));
    } else if (event.key === 'Enter') {
      onHeight(undefined);
    }
  };
  /** A separator that has a value is a control, which linters do not know. */
  const control = {
    role: 'separator',
    tabIndex: 0,
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel: onPointerUp,
    onDoubleClick: () => onHeight(undefined),
    onKeyDown,
  };
  return (
    <div
      className={styles.splitter}
      aria-orientation="horizontal"
      aria-label={t('panes.splitter')}
      aria-valuenow={height}
      aria-valuemin={LEAST_HEIGHT_PX}
      aria-valuemax={Math.max(most, height)}
      {...control}
    >
      <i className={styles.grip} />
    </div>
  );
}
