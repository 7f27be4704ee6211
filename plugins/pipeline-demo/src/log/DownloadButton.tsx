import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import type { LogTask, Run } from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { Icon } from '../run/icons';
import { saveFile } from '../run/saveFile';
import { useDownloadLog } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LogToolbar.module.css';

/** Saves the log, or that of the one task that is selected. */
export function DownloadButton(props: {
  readonly run?: Run;
  readonly selected: readonly LogTask[];
}) {
  const { run, selected } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const downloadLog = useDownloadLog();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const task = selected.length === 1 ? selected[0] : undefined;

  const onPress = async () => {
    if (!run) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const log = await downloadLog(run.id, { format: 'text', task });
      saveFile(log, fileName(run.id, task));
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };
  const label = task ? t('log.download.task', { task }) : t('log.download.all');
  return (
    <>
      {problem !== undefined && (
        <span className={styles.problem} role="alert">
          {t('log.download.failed', { message: problem })}
        </span>
      )}
      <span title={label} className={styles.download}>
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={label}
          icon={<Icon name="download" />}
          isDisabled={!run}
          isPending={isBusy}
          onPress={onPress}
        />
      </span>
    </>
  );
}

/** `r4f2.log`, `r4f2-ANALYZE-3.log` */
function fileName(runId: string, task: LogTask | undefined): string {
  return `${[runId, ...(task?.split(':') ?? [])].join('-')}.log`;
}
