import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { pipelineDemoRunViewPermission } from 'backstage-plugin-pipeline-demo-common';
import { ActiveRun } from '../run/ActiveRun';
import { ForbiddenState } from '../run/ForbiddenState';
import { RunHistory } from '../run/RunHistory';
import { StartRun } from '../run/StartRun';
import { useHistory } from '../state/useHistory';
import { useHistoryFilter } from '../state/useHistoryFilter';
import { useRight } from '../state/useRight';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './EntityRuns.module.css';
import { LiveRun } from './LiveRun';
import { useEntityRuns } from './useEntityRuns';

const PAGE_LENGTH = 5;

/** The catalog tab: this entity's latest or live run, a start from here, its history. */
export function EntityRuns() {
  const right = useRight(pipelineDemoRunViewPermission);
  return right === 'denied' ? (
    <ForbiddenState permission={pipelineDemoRunViewPermission.name} />
  ) : (
    <RunsOfEntity />
  );
}

function RunsOfEntity() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const filters = useHistoryFilter();
  const { entityRef, active, history, revision } = useEntityRuns({
    limit: PAGE_LENGTH,
    filter: filters.filter,
  });
  // What the list is narrowed to does not change which run is the newest.
  const newest = useHistory({ limit: 1, entityRef, revision });
  const latest = newest.runs?.[0];
  const isFirst = !latest && (newest.runs ?? newest.error) !== undefined;
  const start = (
    <StartRun entityRef={entityRef} activeRunId={active?.id} focus="none" />
  );
  return (
    <div className={styles.page}>
      {active && active.entityRef !== entityRef && <ActiveRun run={active} />}
      {latest && <LiveRun latest={latest} />}
      {isFirst && start}
      <RunHistory
        title={t('entity.history')}
        history={history}
        filters={filters}
      />
      {latest && !latest.active && start}
    </div>
  );
}
