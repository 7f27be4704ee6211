import type { LogTask, Run } from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import type { LogBuffer } from '../state/LogBuffer';
import { LineFilter } from './LineFilter';
import { makeRows } from './rows';
import type { Rows, ShownLines } from './rows';
import { systemRows } from './systemRows';
import type { SystemRow } from './systemRows';

/** The log as it is to be shown. */
export interface LogRows {
  readonly rows: Rows;
  /** What `rows` are made of. */
  readonly lines: ShownLines;
  readonly system: readonly SystemRow[];
  /** Whose lines they are: another run, or other tasks, is another scope. */
  readonly scope: string;
  /** Changes, beside with the scope, when lines have come before the last one. */
  readonly order: string;
}

/**
 * The rows to show now: lines of the selected tasks, with what the log says by
 * itself between them. Made anew at each render, at the cost of the new lines.
 */
export function useLogRows(
  run: Run | undefined,
  buffer: LogBuffer,
  selected: readonly LogTask[],
): LogRows {
  const [filter] = useState(() => new LineFilter());
  const shown = new Set(selected);
  const lines = filter.update(buffer, shown);
  const system = run ? systemRows(run, buffer, shown) : [];
  const scope = [buffer.generation, ...selected].join(' ');
  return {
    rows: makeRows(lines, system),
    lines,
    system,
    scope,
    // Without a selection, a line has its place before it is here.
    order: lines.type === 'all' ? scope : `${scope} ${buffer.fills}`,
  };
}
