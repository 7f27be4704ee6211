import type { LogTask, Run } from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import type { LogBuffer } from '../state/LogBuffer';
import { LineFilter } from './LineFilter';
import { makeRows } from './rows';
import type { Rows } from './rows';
import { systemRows } from './systemRows';

/**
 * The rows to show now: lines of the selected tasks, with what the log says by
 * itself between them. Made anew at each render, at the cost of the new lines.
 *
 * `scope` changes when lines before the last one have come or gone.
 */
export function useLogRows(
  run: Run | undefined,
  buffer: LogBuffer,
  selected: readonly LogTask[],
): { readonly rows: Rows; readonly scope: string } {
  const [filter] = useState(() => new LineFilter());
  const shown = new Set(selected);
  return {
    rows: makeRows(
      filter.update(buffer, shown),
      run ? systemRows(run, buffer, shown) : [],
    ),
    scope: [buffer.generation, buffer.fills, ...selected].join(' '),
  };
}
