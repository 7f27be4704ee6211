import Tooltip from '@material-ui/core/Tooltip';
import type { ReactNode } from 'react';
import styles from './Restricted.module.css';

/**
 * Says why the button inside is off. A disabled button hears neither pointer
 * nor keyboard, so the frame around it carries the reason for both.
 */
export function Restricted(props: {
  /** Missing: it is not restricted. */
  readonly reason?: string;
  readonly children: ReactNode;
}) {
  const { reason, children } = props;
  return (
    <Tooltip title={reason ?? ''} arrow>
      <span
        className={styles.frame}
        {...(reason
          ? { tabIndex: 0, role: 'note', 'aria-label': reason }
          : undefined)}
      >
        {children}
      </span>
    </Tooltip>
  );
}
