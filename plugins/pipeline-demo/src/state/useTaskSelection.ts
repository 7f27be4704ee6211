import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

const PARAMETER = 'task';

/** The tasks that topology, timeline and log are narrowed to; none means all. */
export interface TaskSelection {
  readonly selected: readonly LogTask[];
  select(task: LogTask, mode: 'only' | 'toggle'): void;
  /** These, and no others. */
  show(tasks: readonly LogTask[]): void;
  clear(): void;
}

/** The selection lives in the URL, `?task=ANALYZE:3,GENERATE:3`, so that a link carries it. */
export function useTaskSelection(): TaskSelection {
  const navigate = useNavigate();
  const { search, hash } = useLocation();
  const selected = useMemo(() => parseSelection(search), [search]);

  const set = useCallback(
    (next: readonly LogTask[]) =>
      navigate(
        { search: withSelection(search, next), hash },
        { replace: true },
      ),
    [navigate, search, hash],
  );
  const select = useCallback(
    (task: LogTask, mode: 'only' | 'toggle') =>
      set(mode === 'only' ? [task] : toggled(selected, task)),
    [set, selected],
  );
  const clear = useCallback(() => set([]), [set]);

  return useMemo(
    () => ({ selected, select, show: set, clear }),
    [selected, select, set, clear],
  );
}

/** Where the page shows one task alone. */
export function taskHref(task: LogTask): string {
  return `?${withSelection('', [task])}`;
}

function parseSelection(search: string): readonly LogTask[] {
  const value = new URLSearchParams(search).get(PARAMETER) ?? '';
  return [...new Set(value.split(',').filter(Boolean))];
}

function toggled(now: readonly LogTask[], task: LogTask): readonly LogTask[] {
  return now.includes(task)
    ? now.filter(other => other !== task)
    : [...now, task];
}

function withSelection(search: string, selected: readonly LogTask[]): string {
  const parameters = new URLSearchParams(search);
  parameters.delete(PARAMETER);
  if (selected.length > 0) {
    parameters.set(PARAMETER, selected.join(','));
  }
  // Colon and comma are legal in a query, and people read these links.
  return parameters.toString().replace(/%3A/g, ':').replace(/%2C/g, ',');
}
