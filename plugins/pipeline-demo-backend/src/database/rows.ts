import type {
  LogLine,
  Run,
  RunEvent,
} from 'backstage-plugin-pipeline-demo-common';
import type { StoredRun } from '../ports/RunStore';

/** What a run is read from. */
export interface RunRow {
  readonly id: string;
  readonly snapshot: string;
  readonly epoch: number;
  readonly last_line: number;
}

/** The columns of a RunRow. */
export const RUN_COLUMNS = ['id', 'snapshot', 'epoch', 'last_line'] as const;

export interface EventRow {
  readonly event: number;
  readonly body: string;
}

export interface ChunkRow {
  readonly first_line: number;
  readonly body: string;
}

export interface ResumeRow {
  readonly source_id: string;
  readonly point: string;
}

export function toStoredRun(row: RunRow): StoredRun {
  return {
    run: JSON.parse(row.snapshot) as Run,
    epoch: row.epoch,
    lastLine: row.last_line,
  };
}

export function toEvent(row: EventRow): RunEvent {
  return JSON.parse(row.body) as RunEvent;
}

export function toLines(row: ChunkRow): readonly LogLine[] {
  return JSON.parse(row.body) as LogLine[];
}
