import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './TimelineHead.module.css';
import { TimelineLegend } from './TimelineLegend';
import type { TimelineZoom } from './useTimelineZoom';

/** What the bars mean, and how much of them is in view. */
export function TimelineHead(props: {
  readonly zoom: TimelineZoom;
  /** Missing: it is live, or over. */
  readonly sight?: 'lost';
}) {
  const { zoom, sight } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const isFit = zoom.zoom === undefined;
  return (
    <>
      <TimelineLegend sight={sight} />
      <div
        className={styles.zoom}
        role="group"
        aria-label={t('timeline.zoom.label')}
      >
        <button
          type="button"
          className={styles.step}
          title={t('timeline.zoom.fitHelp')}
          aria-pressed={isFit}
          onClick={() => zoom.step('fit')}
        >
          {t('timeline.zoom.fit')}
        </button>
        <button
          type="button"
          className={styles.step}
          title={t('timeline.zoom.outHelp')}
          aria-label={t('timeline.zoom.out')}
          aria-disabled={isFit}
          onClick={() => zoom.step('out')}
        >
          <span aria-hidden="true">−</span>
        </button>
        <button
          type="button"
          className={styles.step}
          title={t('timeline.zoom.inHelp')}
          aria-label={t('timeline.zoom.in')}
          aria-disabled={!zoom.canZoomIn}
          onClick={() => zoom.step('in')}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
    </>
  );
}
