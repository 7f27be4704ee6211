import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './DangerDialog.module.css';

/** Asks once before something is ended: what will happen, and the way back. */
export function DangerDialog(props: {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  /** A paragraph each. */
  readonly text: readonly string[];
  /** Why it could not be done. */
  readonly error?: string;
  /** The words of the two buttons. */
  readonly keep: ReactNode;
  readonly confirm: ReactNode;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
}) {
  const { isOpen, onOpenChange, title, text, error } = props;
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        {text.map(paragraph => (
          <p key={paragraph} className={styles.text}>
            {paragraph}
          </p>
        ))}
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={() => onOpenChange(false)}>
          {props.keep}
        </Button>
        <Button
          className={styles.confirm}
          variant="primary"
          destructive
          isPending={props.isPending}
          onPress={props.onConfirm}
        >
          {props.confirm}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
