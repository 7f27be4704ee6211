import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Card, Skeleton } from '@backstage/ui';
import {
  durationsByBatchCount,
  pipelineDemoRunStartPermission,
  type PreviewView,
} from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useMemo, useRef } from 'react';
import type { PreviewState } from '../state/usePreview';
import { useRight } from '../state/useRight';
import { pipelineDemoTranslationRef } from '../translation';
import { aboutDuration } from './about';
import { BatchSlider } from './BatchSlider';
import { CheckConnection } from './CheckConnection';
import { Figure } from './Figure';
import { Icon } from './icons';
import { RegionError } from './RegionError';
import { RequirementBars } from './RequirementBars';
import { Restricted } from './Restricted';
import styles from './StartForm.module.css';
import { Verdict } from './Verdict';
import { neededRight, type Words } from './wording';

interface StartFormProps {
  readonly batchCount: number;
  readonly preview: PreviewState;
  /** The run that a start would attach to. */
  readonly activeRunId?: string;
  readonly pending: boolean;
  readonly error?: Error;
  /** On a first visit the button has the focus: one key starts the demo. */
  readonly focus: 'button' | 'none';
  onBatchCount(batchCount: number): void;
  onStart(): void;
}

/** Batches, what they will need, and the one filled button of the page. */
export function StartForm(props: StartFormProps) {
  const { batchCount, preview: state } = props;
  const { preview } = state;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const durations = useMemo(
    () =>
      preview &&
      durationsByBatchCount({
        engine: preview.engine,
        footprint: { worker: preview.worker, driver: preview.driver },
        capacity: preview.capacity,
        durations: preview.durations,
      }),
    [preview],
  );
  const cannotFit = preview?.verdict === 'cannot-fit';
  const settled = preview?.batchCount === batchCount ? preview : undefined;
  return (
    <Card className={styles.form} role="region" aria-label={t('start.form')}>
      <BatchSlider
        value={batchCount}
        durations={cannotFit ? undefined : durations}
        onChange={props.onBatchCount}
      />
      <div className={styles.figures}>
        <Figure
          value={
            durations ? (
              durationText(t, cannotFit ? undefined : durations[batchCount - 1])
            ) : (
              <Skeleton width={112} height={24} />
            )
          }
          caption={t('start.duration')}
        />
        <Figure value={2 * batchCount + 1} caption={t('start.tasks')} />
        <Figure
          value={settled?.parallelSlots ?? preview?.parallelSlots ?? '–'}
          caption={t('start.atOnce')}
        />
      </div>
      {state.error && !preview ? (
        <RegionError error={state.error} onRetry={state.retry} />
      ) : (
        <Needs preview={preview} />
      )}
      <StartButton {...props} settled={settled} />
    </Card>
  );
}

/** What cannot run takes no time. */
function durationText(t: Words, seconds: number | undefined): string {
  return seconds === undefined
    ? '–'
    : t('start.about', { duration: aboutDuration(seconds) });
}

/** Bars and verdict; while the wanted preview loads the last one stays. */
function Needs(props: { readonly preview?: PreviewView }) {
  const { preview } = props;
  if (!preview) {
    return (
      <div className={styles.needs}>
        <Skeleton width="100%" height={50} />
        <Skeleton width="100%" height={50} />
        <Skeleton width="100%" height={40} />
      </div>
    );
  }
  return (
    <div className={styles.needs}>
      <Verdict forecast={preview} />
      <RequirementBars preview={preview} />
    </div>
  );
}

function StartButton(
  props: StartFormProps & { readonly settled?: PreviewView },
) {
  const { batchCount, settled, activeRunId, focus } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const right = useRight(pipelineDemoRunStartPermission);
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Never takes the focus from somebody.
    if (focus === 'button' && document.activeElement === document.body) {
      ref.current?.focus({ preventScroll: true });
    }
  }, [focus]);
  const cannotFit = settled?.verdict === 'cannot-fit';
  return (
    <div className={styles.start}>
      {props.error && (
        <p className={styles.error} role="alert">
          {t('start.failed', { message: props.error.message })}
        </p>
      )}
      <Restricted
        reason={
          neededRight(t, right, pipelineDemoRunStartPermission) ??
          ((cannotFit && settled.reason) || undefined)
        }
      >
        <Button
          ref={ref}
          variant="primary"
          size="medium"
          iconStart={<Icon name="play" />}
          isPending={props.pending}
          isDisabled={right === 'denied' || cannotFit}
          onPress={props.onStart}
        >
          {t('start.run', { count: batchCount })}
        </Button>
      </Restricted>
      <p className={styles.note}>
        {activeRunId ? t('start.attaches', { run: activeRunId }) : ''}
      </p>
      {right === 'granted' && <CheckConnection />}
    </div>
  );
}
