import {
  isEnded,
  type LogLine,
  type Run,
  type RunEvent,
} from 'backstage-plugin-pipeline-demo-common';
import type { StoredRun } from '../ports/RunStore';

/** What a run is read from. */
export interface RunRow {
  readonly id: string;
  /** Grows with each run that is stored. */
  readonly number: number;
  readonly snapshot: string;
  readonly epoch: number;
  readonly last_line: number;
}

/** The columns of a RunRow. */
export const RUN_COLUMNS = [
  'id',
  'number',
  'snapshot',
  'epoch',
  'last_line',
] as const;

export interface EventRow {
  readonly run_id: string;
  readonly event: number;
  readonly body: string;
}

export interface ChunkRow {
  readonly run_id: string;
  readonly first_line: number;
  readonly last_line: number;
  readonly body: string;
}

/** @throws Error when the row was damaged, as all functions of this file do */
export function toStoredRun(row: RunRow): StoredRun {
  return {
    run: parse<Run>(row.snapshot, `run ${row.id}`),
    epoch: row.epoch,
    lastLine: row.last_line,
  };
}

/** The columns that change with each event; an end frees the slot. */
export function toRunChanges(
  run: Run,
): Readonly<Record<string, string | number | null>> {
  return {
    phase: run.phase,
    event: run.event,
    snapshot: JSON.stringify(run),
    ...(isEnded(run.phase)
      ? { slot: null, ended_at: run.endedAt ?? null }
      : {}),
  };
}

export function toEventRow(runId: string, event: RunEvent): EventRow {
  return { run_id: runId, event: event.event, body: JSON.stringify(event) };
}

export function toEvent(row: EventRow): RunEvent {
  return parse(row.body, `event ${row.event} of run ${row.run_id}`);
}

/** A chunk of at least one line. */
export function toChunkRow(runId: string, lines: readonly LogLine[]): ChunkRow {
  return {
    run_id: runId,
    first_line: lines[0].line,
    last_line: lines[lines.length - 1].line,
    body: JSON.stringify(lines),
  };
}

export function toLines(row: ChunkRow): readonly LogLine[] {
  return parse(row.body, `line ${row.first_line} of run ${row.run_id}`);
}

/** The tables are ours alone, so what parses has the shape it was written in. */
function parse<T>(text: string, what: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`The database holds no readable ${what}`, { cause: error });
  }
}
