import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Switch,
} from '@backstage/ui';
import { useKeysPreference } from '../state/useKeys';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './KeysHelp.module.css';

const KEYS = [
  [['/'], 'search'],
  [['n', 'N'], 'nextHit'],
  [['m'], 'matches'],
  [['f'], 'follow'],
  [['g g', 'G'], 'top'],
  [['j', 'k'], 'task'],
  [['Enter'], 'open'],
  [['Esc'], 'back'],
  [['1', '2', '3'], 'process'],
  [['[', ']'], 'panes'],
  [['+', '−', '0'], 'zoom'],
  [['Space'], 'play'],
  [['w'], 'wrap'],
  [['t'], 'times'],
  [['y'], 'copy'],
  [['Ctrl Alt C'], 'copyLines'],
  [['c'], 'cancel'],
  [['?'], 'help'],
] as const;

/** Which keys there are, and how to turn them off. */
export function KeysHelp(props: {
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
}) {
  const { isOpen, onOpenChange } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [isOn, setOn] = useKeysPreference();
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <DialogHeader>{t('keys.title')}</DialogHeader>
      <DialogBody>
        <dl className={styles.keys} data-off={!isOn}>
          {KEYS.map(([keys, word]) => (
            <div key={word}>
              <dt>
                {keys.map(key => (
                  <kbd key={key} className={styles.key}>
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{t(`keys.${word}`)}</dd>
            </div>
          ))}
        </dl>
      </DialogBody>
      <DialogFooter>
        <Switch
          className={styles.use}
          label={t('keys.use')}
          isSelected={isOn}
          onChange={setOn}
        />
        <Button variant="secondary" onPress={() => onOpenChange(false)}>
          {t('keys.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
