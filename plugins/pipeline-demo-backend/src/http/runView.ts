import {
  countTasks,
  isEnded,
  progress,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  LogLine,
  LogLineView,
  RunView,
} from 'backstage-plugin-pipeline-demo-common';
import type { StoredRun } from '../ports/RunStore';

/** Path of a run under the plugin's base URL. */
export function runPath(runId: string): string {
  return `/demo/runs/${encodeURIComponent(runId)}`;
}

/** Path of a run's WebSocket under the plugin's base URL. */
export function streamPath(runId: string): string {
  return `/pipeline/stream?run=${encodeURIComponent(runId)}`;
}

/** A run as the HTTP API shows it. */
export function toRunView({ run, lastLine }: StoredRun): RunView {
  const self = runPath(run.id);
  return {
    id: run.id,
    phase: run.phase,
    active: !isEnded(run.phase),
    batchCount: run.batchCount,
    engine: run.engine,
    createdBy: run.createdBy,
    createdAt: isoTime(run.createdAt),
    entityRef: run.entityRef,
    predicted: run.predicted,
    launchedAt: optionalTime(run.launchedAt),
    driver: run.driver,
    finishedAt: optionalTime(run.finishedAt),
    endedAt: optionalTime(run.endedAt),
    cancelAskedBy: run.cancelAskedBy,
    durationSeconds:
      run.finishedAt === undefined
        ? undefined
        : (run.finishedAt - run.createdAt) / 1000,
    outcome: run.outcome,
    progress: progress(run).percent,
    counts: countTasks(run),
    tasks: run.tasks,
    lineCount: lastLine,
    hasReport: run.report !== undefined,
    links: {
      self,
      report: `${self}/report`,
      logs: `${self}/logs`,
      events: `${self}/events`,
      stream: streamPath(run.id),
    },
  };
}

/** A line as the HTTP API shows it. */
export function toLineView(line: LogLine): LogLineView {
  return { ...line, at: isoTime(line.at) };
}

/** ISO 8601, UTC, with milliseconds. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function optionalTime(epochMs: number | undefined): string | undefined {
  return epochMs === undefined ? undefined : isoTime(epochMs);
}
