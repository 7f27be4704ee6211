import { Card } from '@backstage/ui';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { RegionBoundary } from './RegionBoundary';
import styles from './Panel.module.css';

/** One region of the page: a card with its title; an error inside stays inside. */
export function Panel(props: {
  readonly title: string;
  /** Beside the title, at the right. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <Card
      className={`${styles.panel} ${props.className ?? ''}`}
      role="region"
      aria-labelledby={id}
    >
      <div className={styles.head}>
        <h3 id={id} className={styles.title}>
          {props.title}
        </h3>
        {props.aside && <div className={styles.aside}>{props.aside}</div>}
      </div>
      <RegionBoundary>{props.children}</RegionBoundary>
    </Card>
  );
}
