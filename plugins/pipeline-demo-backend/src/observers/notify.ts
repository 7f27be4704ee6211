import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  formatDuration,
  isEnded,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import type { RunObserver } from '../runs/RunObserver';

type Payload = Parameters<NotificationService['send']>[0]['payload'];

const MS_PER_SECOND = 1_000;

/**
 * Tells whoever started a run how it ended. Its scope is the run, so that a
 * second telling takes the place of the first. A portal without the
 * notifications plugin does not know the address: that is said in the log
 * once, and nothing else comes of it.
 */
export function notify({
  notifications,
  logger,
}: {
  readonly notifications: NotificationService;
  readonly logger: LoggerService;
}): RunObserver {
  let lastReason: string | undefined;
  const send = async (run: Run) => {
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: run.createdBy },
        payload: payloadOf(run),
      });
    } catch (error) {
      const reason = String(error);
      if (reason !== lastReason) {
        logger.info('Nobody is notified of the ends of runs', { reason });
        lastReason = reason;
      }
    }
  };
  return {
    kept() {},
    seen() {},
    letGo() {},
    published(update) {
      if (
        'events' in update &&
        isEnded(update.run.phase) &&
        isNews(update.run)
      ) {
        // Never rejects.
        void send(update.run);
      }
    },
  };
}

/** Services have no inbox, and nobody is told of what they did themselves. */
function isNews({ createdBy, cancelAskedBy }: Run): boolean {
  return createdBy.startsWith('user:') && cancelAskedBy !== createdBy;
}

function payloadOf(run: Run): Payload {
  const common = {
    topic: 'pipeline-demo',
    scope: run.id,
    // Where the page is unless the portal has moved it.
    link: `/pipeline-demo/runs/${run.id}`,
  };
  const seconds =
    ((run.finishedAt ?? run.createdAt) - run.createdAt) / MS_PER_SECOND;
  const after = `after ${formatDuration(seconds)}`;
  if (run.outcome?.type === 'failed') {
    return {
      ...common,
      title: `Run ${run.id} failed ${after}`,
      description: run.outcome.message,
      severity: 'high',
    };
  }
  return run.phase === 'cancelled'
    ? {
        ...common,
        title: `Run ${run.id} was cancelled ${after}`,
        description: `By ${run.cancelAskedBy ?? 'somebody'}.`,
        severity: 'normal',
      }
    : {
        ...common,
        title: `Run ${run.id} succeeded ${after}`,
        description: `${run.batchCount} batches; its report is ready.`,
        severity: 'low',
      };
}
