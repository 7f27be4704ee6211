import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { ActiveRun } from '../run/ActiveRun';
import { RunHistory } from '../run/RunHistory';
import { StartingRun } from '../run/StartingRun';
import { StartRun } from '../run/StartRun';
import { WhatWillHappen } from '../run/WhatWillHappen';
import { useDocumentTitle } from '../run/useDocumentTitle';
import { useHistory } from '../state/useHistory';
import { useHistoryFilter } from '../state/useHistoryFilter';
import { useStatus } from '../state/useStatus';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './RunsPage.module.css';

const PAGE_LENGTH = 10;

/** Start a run; below, the runs so far. */
export function RunsPage() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const status = useStatus();
  const active = status?.active && status.run ? status.run : undefined;
  const filters = useHistoryFilter();
  const history = useHistory({
    limit: PAGE_LENGTH,
    filter: filters.filter,
    // Another run, or another phase of it: the first rows are not true any more.
    revision: status?.run ? `${status.run.id} ${status.run.phase}` : '',
  });
  const firstVisit = history.runs?.length === 0 && !active && !filters.isNarrow;
  useDocumentTitle(t('page.title'));
  const [starting, setStarting] = useState<number>();
  return (
    <>
      {starting !== undefined && <StartingRun batchCount={starting} />}
      {/* Kept while a start is on its way: if that fails, nothing is lost. */}
      <div className={styles.parts} hidden={starting !== undefined}>
        <header className={styles.header}>
          <h2 className={styles.title}>{t('start.title')}</h2>
          <span className={styles.subtitle}>{t('start.subtitle')}</span>
        </header>
        {active && <ActiveRun run={active} />}
        <StartRun
          activeRunId={active?.id}
          focus={firstVisit ? 'button' : 'none'}
          onStarting={setStarting}
        />
        {firstVisit && <WhatWillHappen />}
        <RunHistory
          title={t('history.title')}
          history={history}
          filters={filters}
        />
      </div>
    </>
  );
}
