import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Tooltip from '@material-ui/core/Tooltip';
import {
  formatDuration,
  progress,
  type Run,
  type RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { Figure } from '../run/Figure';
import { phaseClass, shownPhase } from '../run/Phase';
import { pipelineDemoTranslationRef } from '../translation';
import { median } from './median';
import styles from './PastRuns.module.css';

/** So that a run of a second is still seen. */
const LEAST_PERCENT = 8;

/** How far the newest run is, and how the runs went so far: one bar each. */
export function PastRuns(props: {
  readonly run: Run;
  /** Newest first. */
  readonly runs: readonly RunView[];
}) {
  const { run, runs } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { finished, total } = progress(run);
  const ended = runs.filter(({ active }) => !active);
  const good = ended.filter(({ phase }) => phase === 'succeeded');
  const typical = median(good.flatMap(one => one.durationSeconds ?? []));
  return (
    <div className={styles.past}>
      <Figure
        value={
          <>
            {finished} <small>{t('progress.ofAll', { total })}</small>
          </>
        }
        caption={t('card.tasks')}
      />
      {ended.length > 0 && (
        <Figure
          value={
            <>
              {good.length}{' '}
              <small>{t('progress.ofAll', { total: ended.length })}</small>
            </>
          }
          caption={t('card.succeeded')}
        />
      )}
      {typical !== undefined && (
        <Figure value={formatDuration(typical)} caption={t('card.median')} />
      )}
      <Bars runs={[...runs].reverse()} />
    </div>
  );
}

function Bars(props: { readonly runs: readonly RunView[] }) {
  const { runs } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const longest = Math.max(1, ...runs.map(run => run.durationSeconds ?? 0));
  return (
    <figure className={styles.figure}>
      <ul className={styles.bars}>
        {runs.map(run => {
          const phase = shownPhase(run);
          const seconds = run.durationSeconds ?? longest;
          const text = t('card.bar', {
            run: run.id,
            phase: t(`phase.run.${phase}`),
            duration: formatDuration(seconds),
          });
          return (
            <li key={run.id} className={phaseClass(phase)} aria-label={text}>
              <Tooltip title={text}>
                <i
                  style={{
                    height: `${Math.max(
                      LEAST_PERCENT,
                      (100 * seconds) / longest,
                    )}%`,
                  }}
                />
              </Tooltip>
            </li>
          );
        })}
      </ul>
      <figcaption className={styles.caption}>
        {t('card.last', { count: runs.length })}
      </figcaption>
    </figure>
  );
}
