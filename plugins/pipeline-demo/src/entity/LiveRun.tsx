import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Card } from '@backstage/ui';
import {
  isEnded,
  type Run,
  type RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { useMemo } from 'react';
import { runRouteRef } from '../routes';
import { CancelRun } from '../run/CancelRun';
import { PhaseLabel, shownPhase } from '../run/Phase';
import { RegionBoundary } from '../run/RegionBoundary';
import { RunAgain } from '../run/RunAgain';
import { runFromView } from '../run/runFromView';
import { RunProgress } from '../run/RunProgress';
import { Topology } from '../run/Topology';
import { clockText, shortName } from '../run/wording';
import { usePreview } from '../state/usePreview';
import { useRunNow } from '../state/useRunNow';
import { RunSessionProvider, useRunState } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LiveRun.module.css';

const TICK_MS = 250;

/** The newest run, as it happens: its tasks, how far it is, and the way to its page. */
export function LiveRun(props: { readonly latest: RunView }) {
  const { latest } = props;
  return (
    <RunSessionProvider key={latest.id} runId={latest.id}>
      <Framed latest={latest} />
    </RunSessionProvider>
  );
}

function Framed(props: { readonly latest: RunView }) {
  const { latest } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { run } = useRunState();
  const known = useMemo(() => runFromView(latest), [latest]);
  return (
    <Card
      className={styles.live}
      role="region"
      aria-label={t(latest.active ? 'entity.live' : 'entity.latest')}
    >
      <RegionBoundary>
        <Content run={run ?? known} />
      </RegionBoundary>
    </Card>
  );
}

function Content(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const now = useRunNow(useRunState(), TICK_MS);
  const { preview } = usePreview(run.batchCount);
  const forecast = run.predicted ?? preview;
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
        <ButtonLink variant="tertiary" href={runPath?.({ runId: run.id })}>
          {t('entity.open')}
        </ButtonLink>
      </div>
      <div className={styles.body}>
        <div className={styles.topology}>
          <Topology
            run={run}
            now={now}
            expectedSeconds={forecast?.durations.seconds}
          />
        </div>
        <div className={styles.progress}>
          <RunProgress run={run} now={now} forecast={forecast} />
          <div>
            {isEnded(run.phase) ? (
              <RunAgain run={run} />
            ) : (
              run.phase !== 'finishing' && <CancelRun run={run} />
            )}
          </div>
        </div>
      </div>
    </>
  );
}
