import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  MenuListBox,
  MenuListBoxItem,
  MenuTrigger,
} from '@backstage/ui';
import type { LogTask, Run } from 'backstage-plugin-pipeline-demo-common';
import type { LogBuffer } from '../state/LogBuffer';
import { useLogCounts } from '../state/useLogCounts';
import type { TaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { numberText } from './format';
import { LogIcon } from './LogIcon';
import styles from './LogToolbar.module.css';

/** Stands for no selection; no task is called this. */
const ALL = '*';
const MENU_PX = '220px';
const MENU_MAX_PX = '320px';

/** Narrows the log, and the rest of the page with it, to some tasks. */
export function TaskMenu(props: {
  readonly run?: Run;
  readonly buffer: LogBuffer;
  readonly selection: TaskSelection;
}) {
  const { run, buffer, selection } = props;
  const { total, ofTask } = useLogCounts(buffer);
  const { selected } = selection;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const countOf = (task: LogTask) => ofTask.get(task) ?? 0;
  const shown =
    selected.length === 0
      ? total
      : selected.reduce((sum, task) => sum + countOf(task), 0);
  const name = selectionName(selected, {
    all: t('log.tasks.all'),
    several: t('log.tasks.several', { count: selected.length }),
  });
  const onChange = (keys: 'all' | Set<string | number>) => {
    const next = keys === 'all' ? new Set<string | number>() : keys;
    if (next.has(ALL) !== (selected.length === 0)) {
      selection.clear();
      return;
    }
    const changed = tasksOf(run).find(
      task => next.has(task) !== selected.includes(task),
    );
    if (changed) {
      selection.select(changed, 'toggle');
    }
  };
  return (
    <MenuTrigger>
      <Button
        size="small"
        variant="secondary"
        className={styles.tasks}
        aria-label={t('log.tasks.label', {
          shown: name,
          count: shown,
        })}
      >
        <span className={styles.tasksName}>{name}</span>{' '}
        <span className={styles.count}>
          {numberText(shown)}
          <LogIcon name="down" size={14} />
        </span>
      </Button>
      <MenuListBox
        aria-label={t('log.tasks.choose')}
        selectionMode="multiple"
        // Escape closes the menu, and leaves the selection alone.
        escapeKeyBehavior="none"
        selectedKeys={selected.length === 0 ? [ALL] : selected}
        onSelectionChange={onChange}
        maxWidth={MENU_PX}
        maxHeight={MENU_MAX_PX}
      >
        {[ALL, ...tasksOf(run)].map(task => (
          <MenuListBoxItem
            key={task}
            id={task}
            textValue={task === ALL ? t('log.tasks.all') : task}
          >
            <span className={styles.item}>
              {task === ALL ? t('log.tasks.all') : task}
              <span className={styles.count}>
                {numberText(task === ALL ? total : countOf(task))}
              </span>
            </span>
          </MenuListBoxItem>
        ))}
      </MenuListBox>
    </MenuTrigger>
  );
}

function tasksOf(run: Run | undefined): readonly LogTask[] {
  return run ? [...run.tasks.map(task => task.id), 'driver'] : [];
}

function selectionName(
  selected: readonly LogTask[],
  names: { readonly all: string; readonly several: string },
): string {
  switch (selected.length) {
    case 0:
      return names.all;
    case 1:
      return selected[0];
    default:
      return names.several;
  }
}
