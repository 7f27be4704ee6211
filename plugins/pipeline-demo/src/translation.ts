import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * Every word of the page.
 *
 * @public
 */
export const pipelineDemoTranslationRef = createTranslationRef({
  id: 'plugin.pipeline-demo',
  messages: {
    page: {
      title: 'Pipeline demo',
    },
    phase: {
      run: {
        queued: 'Queued',
        starting: 'Starting',
        running: 'Running',
        finishing: 'Finishing',
        cancelling: 'Cancelling',
        succeeded: 'Succeeded',
        failed: 'Failed',
        cancelled: 'Cancelled',
      },
      task: {
        planned: 'Planned',
        waiting: 'Waiting',
        starting: 'Starting',
        running: 'Running',
        succeeded: 'Succeeded',
        failed: 'Failed',
        cancelled: 'Cancelled',
        notRun: 'Not run',
      },
    },
    log: {
      title: 'Log',
    },
    freshness: {
      live: 'live',
    },
  },
});
