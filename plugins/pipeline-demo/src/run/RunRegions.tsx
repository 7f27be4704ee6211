import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import {
  progress,
  type Forecast,
  type PreviewView,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { usePreview } from '../state/usePreview';
import { useRunNow } from '../state/useRunNow';
import { useUnseenTo } from '../state/useUnseenTo';
import { useRunPart } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import { NarrowRun } from './NarrowRun';
import { shownPhase } from './Phase';
import { useDocumentTitle } from './useDocumentTitle';
import { useFavicon } from './useFavicon';
import { useRunForecast } from './useRunForecast';
import { useRunKeys } from './useRunKeys';
import { WideRun } from './WideRun';
import type { Words } from './wording';

const TICK_MS = 250;
const CALM_TICK_MS = 1_000;
/** Free capacity is seen anew while the run is watched. */
const REFRESH_MS = 10_000;

/** What the regions of a run's page are told. */
export interface RegionProps {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  /** What the run was predicted to be. */
  readonly forecast?: Forecast;
  /** What there is now. */
  readonly preview?: PreviewView;
  /** Missing: it is live, or over. */
  readonly sight?: 'lost';
  /** Up to when nothing was seen since `now`, in epoch milliseconds. */
  readonly unseenTo?: number;
}

/** Everything about one run: header, progress, topology, timeline or result, log. */
export function RunRegions(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const calm = useMediaQuery('(prefers-reduced-motion: reduce)');
  const isNarrow = useMediaQuery('(max-width: 899.98px)', { noSsr: true });
  const connection = useRunPart(state => state.connection);
  const clockOffsetMs = useRunPart(state => state.clockOffsetMs);
  const now = useRunNow(
    { run, connection, clockOffsetMs },
    calm ? CALM_TICK_MS : TICK_MS,
  );
  const unseenTo = useUnseenTo(connection, clockOffsetMs);
  const over = run.finishedAt !== undefined;
  const { preview } = usePreview(run.batchCount, over ? undefined : REFRESH_MS);
  useDocumentTitle(titleOf(t, run));
  useFavicon(shownPhase(run));
  useRunKeys(run);
  const regions: RegionProps = {
    run,
    now,
    preview,
    forecast: useRunForecast(run, preview),
    sight: connection.type === 'reconnecting' ? 'lost' : undefined,
    unseenTo,
  };
  return (
    <>
      {isNarrow ? <NarrowRun {...regions} /> : <WideRun {...regions} />}
      <VisuallyHidden role="status">
        {t('page.spoken', {
          run: run.id,
          phase: t(`phase.run.${shownPhase(run)}`),
        })}
      </VisuallyHidden>
    </>
  );
}

function titleOf(t: Words, run: Run): string {
  const { percent } = progress(run);
  return t(`page.tab.${shownPhase(run)}`, { percent, run: run.id });
}
