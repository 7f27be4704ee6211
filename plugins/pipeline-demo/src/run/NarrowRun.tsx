import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ButtonLink,
  Card,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  VisuallyHidden,
} from '@backstage/ui';
import {
  formatDuration,
  isEnded,
  progress,
  type Forecast,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { LogPane } from '../log/LogPane';
import { rootRouteRef } from '../routes';
import { useMoment } from '../state/useMoment';
import { useRunPart } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import { CancelRun } from './CancelRun';
import { FreshnessBar } from './FreshnessBar';
import { healthOf } from './health';
import { healthText } from './HealthFigure';
import { Icon } from './icons';
import { LookingBack } from './LookingBack';
import styles from './NarrowRun.module.css';
import { ObjectsLeft } from './ObjectsLeft';
import { PhaseIcon, phaseClass, shownPhase } from './Phase';
import { RegionBoundary } from './RegionBoundary';
import { ReportPanel } from './ReportPanel';
import { RunAgain } from './RunAgain';
import { RunMenu } from './RunMenu';
import type { RegionProps } from './RunRegions';
import { ThinSegments } from './Segments';
import { TaskDrawer } from './TaskDrawer';
import { TaskList } from './TaskList';
import { runSeconds } from './taskLook';
import { TimeScrubber } from './TimeScrubber';
import { WhatHappened } from './WhatHappened';
import { clockText } from './wording';

type Part = 'tasks' | 'logs' | 'report';

/** The page of a run where there is no room for two things beside each other. */
export function NarrowRun(props: RegionProps) {
  const { run, now, forecast, preview, sight } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const moment = useMoment(run, now);
  const { past, shown } = moment;
  const result = t(
    run.outcome?.type === 'failed' ? 'result.what' : 'narrow.report',
  );
  // Chosen once, and never switched under the thumb.
  const [part, setPart] = useState<Part>(
    run.report || run.outcome?.type === 'failed' ? 'report' : 'tasks',
  );
  return (
    <>
      <Tabs
        className={styles.narrow}
        selectedKey={part}
        onSelectionChange={key => setPart(key as Part)}
      >
        <div className={styles.top}>
          <NarrowHeader run={run} />
          <Counts {...props} {...shown}>
            {(past || moment.error) && (
              <LookingBack run={run} moment={moment} />
            )}
          </Counts>
          {shown.run.phase === 'cancelling' ? (
            <ObjectsLeft run={shown.run} />
          ) : (
            <ThinSegments {...shown} forecast={forecast} />
          )}
          <TabList aria-label={t('narrow.label')} className={styles.tabs}>
            <Tab id="tasks">{t('narrow.tasks')}</Tab>
            <Tab id="logs">
              {t('narrow.logs')} <LineCount />
            </Tab>
            <Tab id="report">{result}</Tab>
          </TabList>
        </div>
        <TabPanel id="tasks" className={styles.panel}>
          <RegionBoundary>
            <Card className={styles.time}>
              <TimeScrubber
                run={run}
                moment={moment}
                forecast={forecast}
                sight={sight}
              />
            </Card>
            <TaskList
              {...shown}
              forecast={forecast}
              preview={preview}
              moment={past && 'past'}
              onOpenLog={() => setPart('logs')}
            />
          </RegionBoundary>
        </TabPanel>
        <TabPanel id="logs" className={styles.log}>
          <RegionBoundary>
            <LogPane />
          </RegionBoundary>
        </TabPanel>
        <TabPanel id="report" className={styles.report}>
          <RegionBoundary>
            {/* What is inside are its parts. */}
            <VisuallyHidden>
              <h3>{result}</h3>
            </VisuallyHidden>
            <Result run={run} forecast={forecast} />
          </RegionBoundary>
        </TabPanel>
      </Tabs>
      <div className={styles.bottom}>
        <FreshnessBar />
      </div>
      <TaskDrawer
        {...shown}
        forecast={forecast}
        moment={past && 'past'}
        onShowLog={() => setPart('logs')}
      />
    </>
  );
}

function LineCount() {
  const lastLine = useRunPart(state => state.lastLine);
  return <span className={styles.count}>{lastLine.toLocaleString()}</span>;
}

/** One line: back, phase, name, and what can be done. */
function NarrowHeader(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const rootPath = useRouteRef(rootRouteRef);
  const phase = shownPhase(run);
  return (
    <header className={styles.header}>
      <ButtonLink
        className={styles.back}
        size="small"
        variant="tertiary"
        aria-label={t('narrow.back')}
        href={rootPath?.()}
        iconStart={<Icon name="back" />}
      />
      <h2 className={`${styles.phase} ${phaseClass(phase)}`}>
        <PhaseIcon phase={phase} size={20} />
        {t(`phase.run.${phase}`)}
      </h2>
      <span className={styles.id}>
        <span>{run.id}</span>
      </span>
      <div className={styles.actions}>
        <Action run={run} />
        <RunMenu run={run} />
      </div>
    </header>
  );
}

/** While it is cancelled, the line below says how far that is. */
function Action({ run }: { readonly run: Run }) {
  if (isEnded(run.phase) || run.phase === 'finishing') {
    return <RunAgain run={run} words="short" />;
  }
  return run.phase === 'cancelling' ? null : <CancelRun run={run} />;
}

/** How far the run is. Children: what is said instead of the time. */
function Counts(props: RegionProps & { readonly children: ReactNode }) {
  const { run, now, forecast, sight } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { finished, total } = progress(run);
  const health = healthOf(run, forecast, now);
  const left = sight
    ? t('progress.asOf', { time: clockText(now) })
    : healthText(t, health);
  return (
    <div className={styles.counts}>
      <span>
        <b>{finished}</b> {t('progress.of', { total })}
      </span>
      {props.children || (
        <span>
          {formatDuration(runSeconds(run, now))}
          {left && (
            <>
              {' · '}
              <b className={phaseClass('blocked')} data-health={health.type}>
                {left}
              </b>
            </>
          )}
        </span>
      )}
    </div>
  );
}

function Result(props: { readonly run: Run; readonly forecast?: Forecast }) {
  const { run, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  if (run.report) {
    return <ReportPanel run={run} report={run.report} forecast={forecast} />;
  }
  return run.outcome?.type === 'failed' || run.reportProblem !== undefined ? (
    <WhatHappened run={run} />
  ) : (
    <p className={styles.later}>{t('narrow.noReport')}</p>
  );
}
