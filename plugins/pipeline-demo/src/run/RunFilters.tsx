import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import type {
  EngineName,
  RunPhase,
  RunView,
} from 'backstage-plugin-pipeline-demo-common';
import type { FilterState, HistoryFilter } from '../state/useHistoryFilter';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './RunFilters.module.css';
import { shortName, type Words } from './wording';

/** The phases in which runs stay: the others last a minute. */
const END_PHASES: readonly RunPhase[] = ['succeeded', 'failed', 'cancelled'];
const ENGINES: readonly EngineName[] = ['local', 'kubernetes'];

/** Names no phase, no engine and nobody. */
const ALL = 'all';

/** Narrows the history by phase, engine, and who started the runs. */
export function RunFilters(props: {
  readonly state: FilterState;
  /** Those that are shown: people in them can be chosen. */
  readonly runs: readonly RunView[];
  /** Entity ref of the one who looks. */
  readonly me?: string;
}) {
  const { state, runs, me } = props;
  const { filter, change } = state;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const people = others(runs, filter, me);
  return (
    <div className={styles.filters}>
      <OneFilter
        label={t('history.filter.phase')}
        all={t('history.filter.anyPhase')}
        value={filter.phase}
        options={withChosen(END_PHASES, filter.phase).map(phase => ({
          id: phase,
          label: t(`phase.run.${phase}`),
        }))}
        onChoose={phase => change({ ...filter, phase })}
      />
      <OneFilter
        label={t('history.filter.engine')}
        all={t('history.filter.anyEngine')}
        value={filter.engine}
        options={ENGINES.map(engine => ({
          id: engine,
          label: t(`history.filter.engineName.${engine}`),
        }))}
        onChoose={engine => change({ ...filter, engine })}
      />
      <OneFilter
        label={t('history.filter.by')}
        all={t('history.filter.anyone')}
        value={filter.createdBy}
        options={[
          ...(me ? [{ id: me, label: t('history.filter.me') }] : []),
          ...people.map(ref => ({ id: ref, label: shortName(ref) })),
        ]}
        onChoose={createdBy => change({ ...filter, createdBy })}
      />
    </div>
  );
}

function OneFilter<T extends string>(props: {
  readonly label: string;
  /** The word for "does not narrow". */
  readonly all: string;
  readonly value?: T;
  readonly options: readonly { readonly id: T; readonly label: string }[];
  onChoose(value: T | undefined): void;
}) {
  const { label, all, value, options, onChoose } = props;
  return (
    <Select
      className={styles.filter}
      aria-label={label}
      options={[{ id: ALL, label: all }, ...options]}
      value={value ?? ALL}
      onChange={key => onChoose(options.find(({ id }) => id === key)?.id)}
    />
  );
}

/** A link may have chosen what the list does not offer. */
function withChosen(
  phases: readonly RunPhase[],
  chosen: RunPhase | undefined,
): readonly RunPhase[] {
  return chosen === undefined || phases.includes(chosen)
    ? phases
    : [chosen, ...phases];
}

/** Whoever has started one of the runs, and who is chosen; but not me. */
function others(
  runs: readonly RunView[],
  { createdBy }: HistoryFilter,
  me: string | undefined,
): readonly string[] {
  const seen = runs.map(run => run.createdBy);
  const all = new Set(createdBy === undefined ? seen : [createdBy, ...seen]);
  return [...all].filter(ref => ref !== me).sort();
}

/** "failed, Kubernetes, started by guest" */
export function filterText(
  t: Words,
  { phase, engine, createdBy }: HistoryFilter,
  me: string | undefined,
): string {
  const by =
    createdBy === me
      ? t('history.filter.startedByMe')
      : t('history.filter.startedBy', { name: shortName(createdBy ?? '') });
  return [
    phase && t(`phase.run.${phase}`).toLocaleLowerCase(),
    engine && t(`history.filter.engineName.${engine}`),
    createdBy && by,
  ]
    .filter(Boolean)
    .join(', ');
}
