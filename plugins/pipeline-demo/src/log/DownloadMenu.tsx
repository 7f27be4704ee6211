import { useAnalytics } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ButtonIcon,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
} from '@backstage/ui';
import type { LogTask, Run } from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { Icon } from '../run/icons';
import { saveFile } from '../run/saveFile';
import { asError } from '../state/asError';
import { useDownloadLog } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LogToolbar.module.css';
import type { SearchText } from './search';

/** What of the log is wanted: of these tasks, or all; what matches, or all. */
export interface LogPart {
  readonly tasks: readonly LogTask[];
  readonly search?: SearchText;
}

type Format = 'text' | 'ndjson';

const SUFFIX: Readonly<Record<Format, string>> = {
  text: 'log',
  ndjson: 'ndjson',
};
const WHOLE: LogPart = { tasks: [] };

/** Saves the log as a file: the whole, or what it is narrowed to. */
export function DownloadMenu(props: {
  readonly run?: Run;
  readonly shown: LogPart;
}) {
  const { run, shown } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { problem, isBusy, save } = useSaveLog(run);
  const narrowed = narrowing(shown);
  const items = (part: LogPart) => [
    <MenuItem key="text" onAction={() => save(part, 'text')}>
      {t('log.download.text')}
    </MenuItem>,
    <MenuItem key="ndjson" onAction={() => save(part, 'ndjson')}>
      {t('log.download.ndjson')}
    </MenuItem>,
  ];
  return (
    <>
      {problem !== undefined && (
        <span className={styles.problem} role="alert" title={problem}>
          {t('log.download.failed', { message: problem })}
        </span>
      )}
      <span title={t('log.download.label')} className={styles.download}>
        <MenuTrigger>
          <ButtonIcon
            size="small"
            variant="tertiary"
            aria-label={t('log.download.label')}
            icon={<Icon name="download" />}
            isDisabled={!run}
            isPending={isBusy}
          />
          <Menu>
            {narrowed && (
              <MenuSection title={t(`log.download.${narrowed}`)}>
                {items(shown)}
              </MenuSection>
            )}
            <MenuSection title={t('log.download.whole')}>
              {items(WHOLE)}
            </MenuSection>
          </Menu>
        </MenuTrigger>
      </span>
    </>
  );
}

function useSaveLog(run: Run | undefined) {
  const downloadLog = useDownloadLog();
  const analytics = useAnalytics();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const save = async (part: LogPart, format: Format) => {
    if (!run) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    analytics.captureEvent('download', `log ${format}`);
    try {
      const log = await downloadLog(run.id, { format, ...part });
      saveFile(log, fileName(run.id, part, format));
    } catch (error) {
      setProblem(asError(error).message);
    }
    setBusy(false);
  };
  return { problem, isBusy, save };
}

function narrowing({
  tasks,
  search,
}: LogPart): 'tasks' | 'matches' | 'matchesOfTasks' | undefined {
  if (search) {
    return tasks.length > 0 ? 'matchesOfTasks' : 'matches';
  }
  return tasks.length > 0 ? 'tasks' : undefined;
}

/** `r4f2.log`, `r4f2-ANALYZE-3.log`, `r4f2-2-tasks-matches.ndjson` */
function fileName(runId: string, part: LogPart, format: Format): string {
  const { tasks, search } = part;
  const parts = [
    runId,
    ...(tasks.length === 1 ? tasks[0].split(':') : []),
    ...(tasks.length > 1 ? [tasks.length, 'tasks'] : []),
    ...(search ? ['matches'] : []),
  ];
  return `${parts.join('-')}.${SUFFIX[format]}`;
}
