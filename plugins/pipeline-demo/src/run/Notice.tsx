import { Card } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';
import { PhaseIcon, type PhaseName } from './Phase';

/** A whole page that has one thing to say. */
export function Notice(props: {
  readonly title: string;
  readonly text: string;
  /** Its icon; that of nothing by default. */
  readonly phase?: PhaseName;
  /** An alert is read out at once. */
  readonly role?: 'alert' | 'region';
  readonly children?: ReactNode;
}) {
  const { phase = 'planned', role = 'region' } = props;
  return (
    <Card className={styles.notice} role={role} aria-label={props.title}>
      <PhaseIcon phase={phase} size={32} />
      <h2 className={styles.title}>{props.title}</h2>
      <p className={styles.text}>{props.text}</p>
      {props.children}
    </Card>
  );
}
