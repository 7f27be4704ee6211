import type {
  MetricsService,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';
import {
  countTasks,
  isEnded,
  RUN_PHASES,
  TASK_PHASES,
} from 'backstage-plugin-pipeline-demo-common';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import type { Broadcaster } from '../live/Broadcaster';
import type { Clock } from '../ports/Clock';

/** What is looked at whenever somebody asks for the measurements. */
export interface Present {
  readonly metrics: MetricsService;
  readonly clock: Clock;
  readonly broadcaster: Pick<Broadcaster, 'viewers' | 'counts'>;
  /** The runs that are kept here. */
  readonly keptRuns: () => readonly Run[];
  /** When the engine was last observed for a run that is kept here. */
  readonly engineSeenAt: () => number | undefined;
}

const ACTIVE_PHASES = RUN_PHASES.filter(phase => !isEnded(phase));

/**
 * Measures the present: by a process for the runs it keeps and the viewers it
 * has, so the sum over processes is the truth.
 */
export function observeNow(present: Present): void {
  const { metrics, broadcaster, clock, keptRuns, engineSeenAt } = present;
  const gauge = (
    name: string,
    options: { readonly description: string; readonly unit?: string },
    observe: MetricsServiceObservableCallback,
  ) =>
    metrics
      .createObservableGauge(`pipeline_demo.${name}`, options)
      .addCallback(observe);
  const total = (name: string, description: string, count: () => number) =>
    metrics
      .createObservableCounter(`pipeline_demo.${name}`, { description })
      .addCallback(result => result.observe(count()));

  gauge('runs', { description: 'Active runs by phase' }, result => {
    for (const phase of ACTIVE_PHASES) {
      const count = keptRuns().filter(run => run.phase === phase).length;
      result.observe(count, { phase });
    }
  });
  gauge('tasks', { description: 'Tasks of active runs by phase' }, result => {
    const counts = keptRuns().map(countTasks);
    for (const phase of TASK_PHASES) {
      const count = counts.reduce((sum, of) => sum + of[phase], 0);
      result.observe(count, { phase });
    }
  });
  gauge('viewers', { description: 'Open streams' }, result =>
    result.observe(broadcaster.viewers()),
  );
  gauge(
    'engine.seen.age',
    {
      description:
        'Since the engine was last observed; 0 while no run is active',
      unit: 's',
    },
    // Always a value: one that is left out would stay as it was.
    result => {
      const now = clock.now();
      result.observe(Math.max(0, now - (engineSeenAt() ?? now)) / 1000);
    },
  );
  total(
    'frames.sent',
    'Events and batches of lines sent, once for each viewer',
    () => broadcaster.counts.framesSent,
  );
  total(
    'frames.dropped',
    'Frames that a viewer was too slow for, and reads later from the store',
    () => broadcaster.counts.framesDropped,
  );
}
