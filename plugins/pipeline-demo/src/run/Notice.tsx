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
  readonly role?: 'alert';
  readonly children?: ReactNode;
}) {
  const { phase = 'planned', role } = props;
  return (
    <Card className={styles.notice} role="region" aria-label={props.title}>
      <PhaseIcon phase={phase} size={32} />
      <div role={role}>
        <h2 className={styles.title}>{props.title}</h2>
        <p className={styles.text}>{props.text}</p>
      </div>
      {props.children}
    </Card>
  );
}
