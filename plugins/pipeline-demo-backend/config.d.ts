import type { HumanDuration } from '@backstage/types';

export interface Config {
  /**
   * The pipeline demo. Everything has a default: without this section, runs
   * execute on the backend's own machine.
   */
  pipelineDemo?: {
    /**
     * Where runs execute. `local`: on the backend's own machine, Linux or
     * macOS with bash and awk. `kubernetes`: not in this version.
     *
     * @default "local"
     * @visibility backend
     */
    engine?: 'local' | 'kubernetes';

    /** The local engine. */
    local?: {
      /**
       * The folder in which each run has its own. Belongs to one backend
       * alone: what it does not know there, it clears away. Relative paths
       * are relative to the backend's working directory.
       *
       * @default ".pipeline-demo/runs"
       * @visibility backend
       */
      workDir?: string;

      /**
       * How many tasks run at once, 1 to 64.
       *
       * @default 4
       * @visibility backend
       */
      slots?: number;

      /**
       * How long a run may take, 1 minute to 1 day.
       *
       * @default "15 minutes"
       * @visibility backend
       */
      deadline?: HumanDuration | string;

      /**
       * Whether whoever may cancel a run may also kill one of its running
       * tasks, to see what a failure looks like. Without it: only where
       * NODE_ENV is not "production".
       *
       * @visibility backend
       */
      breakIt?: boolean;
    };

    /** How long ended runs are kept, with their events, lines and reports. */
    retention?: {
      /**
       * How many ended runs are kept: the newest, 1 to 100,000.
       *
       * @default 100
       * @visibility backend
       */
      runs?: number;

      /**
       * How long an ended run is kept, 1 minute to 10 years.
       *
       * @default "30 days"
       * @visibility backend
       */
      age?: HumanDuration | string;
    };

    /**
     * How long a backend process that does not answer keeps the right to
     * drive a run before another one takes it over, 5 seconds to 5 minutes.
     *
     * @default "15 seconds"
     * @visibility backend
     */
    lease?: HumanDuration | string;

    /** Live streams, WebSocket and server-sent events together. */
    stream?: {
      /**
       * How many streams a backend process has open, 1 to 100,000.
       *
       * @default 1000
       * @visibility backend
       */
      viewers?: number;

      /**
       * How many streams one user or service has open, 1 to 100,000.
       *
       * @default 50
       * @visibility backend
       */
      viewersPerUser?: number;

      /**
       * How often the permission of an open stream is looked at again, 1
       * second to 1 hour: a user who loses it sees no more after this time.
       *
       * @default "1 minute"
       * @visibility backend
       */
      permissionCheckInterval?: HumanDuration | string;
    };
  };
}
