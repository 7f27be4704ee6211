import { useAnalytics } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { useKeys } from '../state/useKeys';
import { useDownloadLog } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import { Icon } from './icons';
import { KeysHelp } from './KeysHelp';
import styles from './RunMenu.module.css';
import { saveFile } from './saveFile';

/** What is needed now and then: files of the run. */
export function RunMenu(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const analytics = useAnalytics();
  const downloadLog = useDownloadLog();
  const [error, setError] = useState<string>();
  const [help, setHelp] = useState(false);
  useKeys({ '?': () => setHelp(true) });

  const saveLog = (format: 'text' | 'ndjson') => {
    setError(undefined);
    analytics.captureEvent('download', `log ${format}`);
    downloadLog(run.id, { format }).then(
      log => saveFile(log, `${run.id}.${format === 'text' ? 'log' : 'ndjson'}`),
      (failure: Error) => setError(failure.message),
    );
  };
  /** For the browser's own search, and for whoever reads with a machine. */
  const openPlain = () => {
    setError(undefined);
    analytics.captureEvent('open', 'log text');
    // A window that is opened later would be taken for advertising.
    const page = window.open('', '_blank');
    downloadLog(run.id, { format: 'text' }).then(
      log => {
        const text = new Blob([log], { type: 'text/plain;charset=utf-8' });
        page?.location.replace(URL.createObjectURL(text));
      },
      (failure: Error) => {
        page?.close();
        setError(failure.message);
      },
    );
  };
  const saveRun = () => {
    analytics.captureEvent('download', 'run');
    saveFile(jsonFile(run), `${run.id}.json`);
  };
  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          variant="secondary"
          aria-label={t('menu.label')}
          icon={<Icon name="more" />}
        />
        <Menu>
          <MenuItem onAction={() => saveLog('text')}>
            {t('menu.logText')}
          </MenuItem>
          <MenuItem onAction={() => saveLog('ndjson')}>
            {t('menu.logNdjson')}
          </MenuItem>
          <MenuItem onAction={openPlain}>{t('log.plain')}</MenuItem>
          <MenuItem onAction={saveRun}>{t('menu.runJson')}</MenuItem>
          <MenuItem onAction={() => setHelp(true)}>{t('keys.menu')}</MenuItem>
        </Menu>
      </MenuTrigger>
      <KeysHelp isOpen={help} onOpenChange={setHelp} />
      {error && (
        <span className={styles.error} role="alert">
          {t('menu.failed', { message: error })}
        </span>
      )}
    </>
  );
}

function jsonFile(value: unknown): Blob {
  return new Blob([`${JSON.stringify(value, null, 2)}\n`], {
    type: 'application/json',
  });
}
