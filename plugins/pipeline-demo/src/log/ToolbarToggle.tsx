import { Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './LogToolbar.module.css';

/** A small switch of the toolbar: quiet when off, a wash when on. */
export function ToolbarToggle(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly children: ReactNode;
  onToggle(): void;
}) {
  return (
    <span title={props.label} className={styles.toggleFrame}>
      <Button
        size="small"
        variant="tertiary"
        className={styles.toggle}
        aria-label={props.label}
        aria-pressed={props.isOn}
        onPress={props.onToggle}
      >
        {props.children}
      </Button>
    </span>
  );
}
