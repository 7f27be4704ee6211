import {
  PROCESS_NAMES,
  type ProcessName,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useKeys } from '../state/useKeys';
import { useOpenTask } from '../state/useOpenTask';
import { usePanes } from '../state/usePanes';
import { useTaskSelection } from '../state/useTaskSelection';
import { tasksOf } from './Topology';

/** The keys that choose tasks and panes, wherever the focus is. */
export function useRunKeys(run: Run): void {
  const { selected, select, show, clear } = useTaskSelection();
  const [open, setOpen] = useOpenTask();
  const [panes, setPanes] = usePanes();

  const step = (direction: 1 | -1) => {
    const ids = run.tasks.map(task => task.id);
    const at = ids.indexOf(open ?? selected[selected.length - 1] ?? '');
    const first = direction === 1 ? 0 : ids.length - 1;
    const next = at === -1 ? first : at + direction;
    const id = ids[Math.min(ids.length - 1, Math.max(0, next))];
    select(id, 'only');
    if (open) {
      setOpen(id);
    }
  };
  const back = () => {
    if (open) {
      setOpen(undefined);
    } else if (selected.length > 0) {
      clear();
    } else if (panes !== 'both') {
      setPanes('both');
    }
  };
  const process = (name: ProcessName) => () =>
    show(tasksOf(run, { type: 'process', process: name }));
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => selected.length === 1 && setOpen(selected[0]),
    Escape: back,
    '1': process(PROCESS_NAMES[0]),
    '2': process(PROCESS_NAMES[1]),
    '3': process(PROCESS_NAMES[2]),
    '[': () => setPanes(panes === 'log' ? 'both' : 'log'),
    ']': () => setPanes(panes === 'run' ? 'both' : 'run'),
  });
}
