import type { ReactNode } from 'react';
import styles from './Figure.module.css';

/** A big number over a few quiet words. */
export function Figure(props: {
  readonly value: ReactNode;
  readonly caption: ReactNode;
}) {
  return (
    <div className={styles.figure}>
      <div className={styles.value}>{props.value}</div>
      <div className={styles.caption}>{props.caption}</div>
    </div>
  );
}
