import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, Skeleton } from '@backstage/ui';
import { newRun, type Run } from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { usePreview } from '../state/usePreview';
import { pipelineDemoTranslationRef } from '../translation';
import { Panel } from './Panel';
import { PhaseIcon, phaseClass } from './Phase';
import { QuotaGauge } from './QuotaGauge';
import { ResultPanel } from './ResultPanel';
import header from './RunHeader.module.css';
import { RunProgress } from './RunProgress';
import regions from './RunRegions.module.css';
import skeleton from './RunSkeleton.module.css';
import { Topology } from './Topology';

const HEIGHT = { '--upper-height': '352px' } as CSSProperties;

/**
 * The page of a run that was asked for a moment ago and has no name yet: its
 * plan is known, so nobody waits for the server to see it.
 */
export function StartingRun(props: { readonly batchCount: number }) {
  const { batchCount } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { preview } = usePreview(batchCount);
  const [run] = useState(() => unnamedRun(batchCount));
  const isDrawn = useDrawn();
  const title = useRef<HTMLHeadingElement>(null);
  // The button that had the focus is gone.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const now = run.createdAt;
  return (
    <>
      <header className={header.header}>
        <h2
          ref={title}
          tabIndex={-1}
          className={`${header.phase} ${phaseClass('queued')}`}
        >
          <PhaseIcon phase="queued" size={24} />
          {t('phase.run.queued')}
        </h2>
        <ul className={header.facts}>
          <li>{t('header.batches', { count: batchCount })}</li>
        </ul>
      </header>
      <RunProgress run={run} now={now} forecast={preview} />
      <div className={regions.middle} style={HEIGHT}>
        <Panel title={t('topology.title')}>
          <Topology
            run={run}
            now={now}
            expectedSeconds={preview?.durations.seconds}
          />
          <QuotaGauge run={run} now={now} preview={preview} />
        </Panel>
        {isDrawn ? (
          <ResultPanel run={run} now={now} forecast={preview} />
        ) : (
          <Card />
        )}
      </div>
      <Card className={regions.log}>
        <Skeleton width="auto" className={skeleton.log} />
      </Card>
    </>
  );
}

/** False until the first frame is on the screen: the plan comes first, then the rest. */
function useDrawn(): boolean {
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setDrawn(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isDrawn;
}

function unnamedRun(batchCount: number): Run {
  return newRun({
    id: '',
    batchCount,
    // Where it will run is decided by the server; nothing here depends on it.
    engine: 'local',
    createdBy: '',
    createdAt: Date.now(),
    seed: 0,
  });
}
