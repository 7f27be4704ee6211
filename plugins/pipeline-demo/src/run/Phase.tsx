import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type Outcome,
  type RunPhase,
  type TaskPhase,
} from 'backstage-plugin-pipeline-demo-common';
import type { ReactNode } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './Phase.module.css';

/** Every phase that has a colour and a shape: of runs, of tasks, and "blocked". */
export type PhaseName = RunPhase | TaskPhase | 'blocked';

/** The class that sets a phase's colours: `--m` for marks, `--t` for text. */
export function phaseClass(phase: PhaseName): string {
  return styles[phase];
}

/** A run as people see it: while it is cleaned up, its outcome is known already. */
export function shownPhase(run: {
  readonly phase: RunPhase;
  readonly outcome?: Outcome;
}): RunPhase {
  return run.phase === 'finishing' && run.outcome
    ? run.outcome.type
    : run.phase;
}

/** The phase's icon: its shape alone tells it, without colour. */
export function PhaseIcon(props: {
  readonly phase: PhaseName;
  /** Pixels; 16 by default. */
  readonly size?: number;
}) {
  const { phase, size = 16 } = props;
  return (
    <svg
      className={`${styles.icon} ${styles[phase]}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      data-phase={phase}
    >
      <PhaseShape phase={phase} />
    </svg>
  );
}

/** The phase's icon and word in its colour. */
export function PhaseLabel(props: { readonly phase: RunPhase }) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <span className={`${styles.label} ${styles[props.phase]}`}>
      <PhaseIcon phase={props.phase} />
      {t(`phase.run.${props.phase}`)}
    </span>
  );
}

/** The shape alone, in a box of 16 by 16, for use inside other drawings. */
export function PhaseShape(props: { readonly phase: PhaseName }): ReactNode {
  switch (props.phase) {
    case 'planned':
      return <Ring dashes="2 2.1" />;
    case 'queued':
      return (
        <>
          <Ring />
          <path className={styles.dots} d="M5 8h.01M8 8h.01M11 8h.01" />
        </>
      );
    case 'blocked':
      return (
        <>
          <Ring />
          <path className={styles.fine} d="M8 4.8v3.4M8 11h.01" />
        </>
      );
    case 'waiting':
      return (
        <>
          <Ring />
          <path className={styles.fine} d="M8 4.8V8l2.2 1.4" />
        </>
      );
    case 'starting':
      return (
        <>
          <circle className={`${styles.line} ${styles.faint}`} {...RING} />
          <path className={styles.line} d="M8 2a6 6 0 0 1 6 6" />
        </>
      );
    case 'running':
    case 'finishing':
      return (
        <>
          <circle className={`${styles.line} ${styles.faint}`} {...RING} />
          <path
            className={`${styles.line} ${styles.spin}`}
            d="M8 2a6 6 0 1 1-5.2 3"
          />
          <circle className={styles.solid} cx="8" cy="8" r="2.25" />
        </>
      );
    case 'succeeded':
      return (
        <>
          <circle className={styles.solid} cx="8" cy="8" r="7" />
          <path className={styles.cut} d="M4.9 8.2l2.1 2.1 4.1-4.4" />
        </>
      );
    case 'failed':
      return (
        <>
          <path
            className={styles.solid}
            d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z"
          />
          <path className={styles.cut} d="M5.6 5.6l4.8 4.8m0-4.8l-4.8 4.8" />
        </>
      );
    case 'cancelling':
      return (
        <>
          <Ring />
          <rect
            className={styles.solid}
            x="5.5"
            y="5.5"
            width="5"
            height="5"
            rx="1"
          />
        </>
      );
    case 'cancelled':
      return (
        <>
          <Ring />
          <path className={styles.line} d="M4 12l8-8" />
        </>
      );
    default:
      return unknownPhase(props.phase);
  }
}

const RING = { cx: 8, cy: 8, r: 6 } as const;

function Ring(props: { readonly dashes?: string }) {
  return (
    <circle className={styles.line} {...RING} strokeDasharray={props.dashes} />
  );
}

function unknownPhase(phase: never): never {
  throw new Error(`A phase without a shape: ${phase}`);
}
