import { BATCH_COUNT } from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { usePreview } from '../state/usePreview';
import { useStartRun } from '../state/useRunCommands';
import { PlanPreview } from './PlanPreview';
import { StartForm } from './StartForm';
import styles from './StartRun.module.css';
import { useGoToStarted } from './useGoToStarted';

/** Free capacity changes while somebody thinks. */
const REFRESH_MS = 10_000;

/** Chooses a batch count, shows what that run will be and need, and starts it. */
export function StartRun(props: {
  /** The catalog entity that it is started from. */
  readonly entityRef?: string;
  readonly activeRunId?: string;
  readonly focus: 'button' | 'none';
  /** A start is on its way: of so many batches; undefined when it came to an end. */
  readonly onStarting?: (batchCount: number | undefined) => void;
}) {
  const { onStarting } = props;
  const [batchCount, setBatchCount] = useState<number>(BATCH_COUNT.default);
  const preview = usePreview(batchCount, REFRESH_MS);
  const start = useStartRun(props.entityRef);
  const goTo = useGoToStarted();

  const onStart = async () => {
    onStarting?.(batchCount);
    const started = await start.give(batchCount);
    if (started) {
      goTo(started, batchCount);
    } else {
      onStarting?.(undefined);
    }
  };
  return (
    <div className={styles.start}>
      <PlanPreview batchCount={batchCount} forecast={preview.preview} />
      <StartForm
        batchCount={batchCount}
        preview={preview}
        activeRunId={props.activeRunId}
        pending={start.pending}
        error={start.error}
        focus={props.focus}
        onBatchCount={setBatchCount}
        onStart={() => void onStart()}
      />
    </div>
  );
}
