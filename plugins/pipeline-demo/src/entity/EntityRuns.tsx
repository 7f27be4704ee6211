import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Card } from '@backstage/ui';
import {
  isEnded,
  pipelineDemoRunViewPermission,
  type Run,
  type RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { useMemo } from 'react';
import { runRouteRef } from '../routes';
import { ActiveRun } from '../run/ActiveRun';
import { CancelRun } from '../run/CancelRun';
import { ForbiddenState } from '../run/ForbiddenState';
import { PhaseLabel, shownPhase } from '../run/Phase';
import { RegionBoundary } from '../run/RegionBoundary';
import { runFromView } from '../run/runFromView';
import { RunHistory } from '../run/RunHistory';
import { RunProgress } from '../run/RunProgress';
import { StartRun } from '../run/StartRun';
import { Topology } from '../run/Topology';
import { clockText, shortName } from '../run/wording';
import { useHistory } from '../state/useHistory';
import { usePreview } from '../state/usePreview';
import { useRight } from '../state/useRight';
import { useRunNow } from '../state/useRunNow';
import { RunSessionProvider, useRunState } from '../state/useRunSession';
import { useStatus } from '../state/useStatus';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './EntityRuns.module.css';

const PAGE_LENGTH = 5;
const TICK_MS = 250;

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
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const status = useStatus();
  const history = useHistory({
    limit: PAGE_LENGTH,
    entityRef,
    revision: status?.run ? `${status.run.id} ${status.run.phase}` : '',
  });
  const latest = history.runs?.[0];
  const active = status?.active && status.run ? status.run : undefined;
  const elsewhere = active && active.entityRef !== entityRef;
  return (
    <div className={styles.page}>
      {elsewhere && <ActiveRun run={active} />}
      {latest && (
        <RunSessionProvider key={latest.id} runId={latest.id}>
          <LatestRun latest={latest} />
        </RunSessionProvider>
      )}
      {!latest?.active && (
        <StartRun entityRef={entityRef} activeRunId={active?.id} focus="none" />
      )}
      <RunHistory title={t('entity.history')} history={history} />
    </div>
  );
}

function LatestRun(props: { readonly latest: RunView }) {
  const { latest } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { run } = useRunState();
  const known = useMemo(() => runFromView(latest), [latest]);
  const title = t(latest.active ? 'entity.live' : 'entity.latest');
  return (
    <Card className={styles.latest} role="region" aria-label={title}>
      <RegionBoundary>
        <LatestRunContent run={run ?? known} />
      </RegionBoundary>
    </Card>
  );
}

function LatestRunContent(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const now = useRunNow(useRunState(), TICK_MS);
  const { preview } = usePreview(run.batchCount);
  const runPath = useRouteRef(runRouteRef);
  return (
    <>
      <div className={styles.head}>
        <h3 className={styles.title}>
          <PhaseLabel phase={shownPhase(run)} />
        </h3>
        <span className={styles.id}>{run.id}</span>
        <span className={styles.facts}>
          {[
            t('header.batches', { count: run.batchCount }),
            t('header.by', { name: shortName(run.createdBy) }),
            t('header.started', { time: clockText(run.createdAt) }),
          ].join(' · ')}
        </span>
        {!isEnded(run.phase) && run.phase !== 'finishing' && (
          <CancelRun run={run} />
        )}
        <ButtonLink variant="secondary" href={runPath?.({ runId: run.id })}>
          {t('entity.open')}
        </ButtonLink>
      </div>
      <div className={styles.body}>
        <Topology
          run={run}
          now={now}
          expectedSeconds={preview?.durations.seconds}
        />
        <RunProgress run={run} now={now} forecast={preview} />
      </div>
    </>
  );
}
