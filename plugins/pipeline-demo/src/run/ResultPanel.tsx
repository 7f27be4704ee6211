import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import type { Forecast, Run } from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { Panel } from './Panel';
import { RegionBoundary } from './RegionBoundary';
import { ReportPanel } from './ReportPanel';
import styles from './ResultPanel.module.css';
import { Timeline } from './Timeline';
import { TimelineHead } from './TimelineHead';
import { timelineOf, type TimelineContent } from './timelineOf';
import { useTimelineZoom } from './useTimelineZoom';
import { WhatHappened } from './WhatHappened';

type View = 'report' | 'what' | 'timeline';

interface ResultPanelProps {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
  /** Up to when nothing was seen since `now`, in epoch milliseconds. */
  readonly unseenTo?: number;
  /** What the timeline shows instead of the run as it is; times as `now`. */
  readonly past?: { readonly run: Run; readonly at: number };
}

/** The timeline; beside it, once there is one, the report or what went wrong. */
export function ResultPanel(props: ResultPanelProps) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  /** What somebody chose stays; before that the run's phase decides. */
  const [chosen, setChosen] = useState<View>();
  const first = firstView(run);
  const shown = props.past?.run ?? run;
  const now = props.past?.at ?? props.now;
  const content = contentOf(props);
  const zoom = useTimelineZoom(content.seconds);
  const head = <TimelineHead zoom={zoom} sight={content.unseen && 'lost'} />;
  const timeline = (
    <Timeline
      run={shown}
      now={now}
      content={content}
      zoom={zoom}
      moves={props.past || content.unseen ? 'notAtAll' : 'withTheClock'}
    />
  );
  if (first === 'timeline') {
    return (
      <Panel title={t('timeline.title')} aside={head}>
        {timeline}
      </Panel>
    );
  }
  return (
    <Card
      className={styles.panel}
      role="region"
      aria-label={t(`result.${first}`)}
    >
      <Tabs
        className={styles.tabs}
        // At that time there was no result yet.
        selectedKey={chosen ?? (props.past ? 'timeline' : first)}
        onSelectionChange={key => setChosen(key as View)}
      >
        <TabList className={styles.list} aria-label={t('result.label')}>
          <Tab id={first}>{t(`result.${first}`)}</Tab>
          <Tab id="timeline">{t('timeline.title')}</Tab>
        </TabList>
        <TabPanel id={first} className={styles.content}>
          <RegionBoundary>
            {first === 'report' && run.report ? (
              <ReportPanel
                run={run}
                report={run.report}
                forecast={props.forecast}
              />
            ) : (
              <WhatHappened {...props} />
            )}
          </RegionBoundary>
        </TabPanel>
        <TabPanel id="timeline" className={styles.content}>
          <RegionBoundary>
            <div className={styles.head}>{head}</div>
            {timeline}
          </RegionBoundary>
        </TabPanel>
      </Tabs>
    </Card>
  );
}

/** On the axis of the whole run, so that nothing moves but what happens. */
function contentOf(props: ResultPanelProps): TimelineContent {
  const whole = timelineOf(props);
  const { past, forecast } = props;
  if (!past) {
    return whole;
  }
  const then = timelineOf({ run: past.run, now: past.at, forecast });
  return { ...then, seconds: whole.seconds, unseen: whole.unseen };
}

function firstView(run: Run): View {
  if (run.report) {
    return 'report';
  }
  return run.outcome?.type === 'failed' || run.reportProblem !== undefined
    ? 'what'
    : 'timeline';
}
