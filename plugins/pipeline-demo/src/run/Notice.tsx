import { Card } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';
import { PhaseIcon } from './Phase';

/** A whole page that has one thing to say. */
export function Notice(props: {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <Card className={styles.notice} role="region" aria-label={props.title}>
      <PhaseIcon phase="planned" size={32} />
      <h2 className={styles.title}>{props.title}</h2>
      <p className={styles.text}>{props.text}</p>
      {props.children}
    </Card>
  );
}
