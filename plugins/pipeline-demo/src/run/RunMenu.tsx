import { useAnalytics } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { useDownloadLog } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import { Icon } from './icons';
import styles from './RunMenu.module.css';
import { saveFile } from './saveFile';

/** What is needed now and then: files of the run. */
export function RunMenu(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const analytics = useAnalytics();
  const downloadLog = useDownloadLog();
  const [error, setError] = useState<string>();

  const saveLog = (format: 'text' | 'ndjson') => {
    setError(undefined);
    analytics.captureEvent('download', `log ${format}`);
    downloadLog(run.id, { format }).then(
      log => saveFile(log, `${run.id}.${format === 'text' ? 'log' : 'ndjson'}`),
      (failure: Error) => setError(failure.message),
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
          <MenuItem onAction={saveRun}>{t('menu.runJson')}</MenuItem>
        </Menu>
      </MenuTrigger>
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
