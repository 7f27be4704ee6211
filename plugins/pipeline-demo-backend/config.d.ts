import type { HumanDuration } from '@backstage/types';

export interface Config {
  /**
   * The pipeline demo. Everything has a default: without this section, runs
   * execute on the backend's own machine.
   */
  pipelineDemo?: {
    /**
     * Where runs execute. `local`: on the backend's own machine, Linux or
     * macOS with bash and awk. `kubernetes`: in a cluster, where a Job runs
     * Nextflow.
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

    /** The Kubernetes engine. Read, and checked, whichever engine is chosen. */
    kubernetes?: {
      /**
       * Path of a kubeconfig on the backend's machine. Without it: inside of a
       * pod its service account, else what `kubectl` would use.
       *
       * @visibility backend
       */
      kubeconfig?: string;

      /**
       * Context of the kubeconfig. Without it: its current one.
       *
       * @visibility backend
       */
      context?: string;

      /**
       * The namespace of all runs. Portals with other databases may share it,
       * and leave each other's runs alone; only one run at a time goes on in
       * it, so each is better given one of its own.
       *
       * @default "pipeline-demo"
       * @visibility backend
       */
      namespace?: string;

      /** The pod in which Nextflow drives a run. */
      driver?: {
        /**
         * An image with `nextflow` 24.10 or newer and bash.
         *
         * @default "nextflow/nextflow:25.04.4"
         * @visibility backend
         */
        image?: string;

        /**
         * Requested and limit: processors, 100m to 64.
         *
         * @default 2
         * @visibility backend
         */
        cpu?: number | string;

        /**
         * Requested and limit, 256Mi to 1Ti.
         *
         * @default "4Gi"
         * @visibility backend
         */
        memory?: number | string;

        /**
         * May create Jobs and see what becomes of them: see `deploy/`.
         *
         * @default "pipeline-demo-driver"
         * @visibility backend
         */
        serviceAccount?: string;
      };

      /** The pods of tasks. */
      worker?: {
        /**
         * An image with bash, coreutils, awk and ps, and without an entrypoint.
         *
         * @default "ubuntu:24.04"
         * @visibility backend
         */
        image?: string;

        /**
         * Requested and limit: whole processors, 1 to 64.
         *
         * @default 1
         * @visibility backend
         */
        cpu?: number;

        /**
         * Requested and limit, 16Mi to 1Ti, rounded down to whole Mi.
         *
         * @default "4G"
         * @visibility backend
         */
        memory?: number | string;

        /**
         * Has no rights, and its token is not mounted.
         *
         * @default "pipeline-demo-worker"
         * @visibility backend
         */
        serviceAccount?: string;
      };

      /**
       * The PersistentVolumeClaim that driver and workers share. Folders of
       * runs that have ended are removed from it by the next run.
       *
       * @default "pipeline-demo-work"
       * @visibility backend
       */
      claim?: string;

      /**
       * Whether tasks run on the driver's node, as a ReadWriteOnce claim needs
       * it. With a ReadWriteMany claim, `false` lets them run anywhere.
       *
       * @default true
       * @visibility backend
       */
      workersOnDriverNode?: boolean;

      /**
       * When nodes pull images.
       *
       * @default "IfNotPresent"
       * @visibility backend
       */
      imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';

      /**
       * Names of secrets with which nodes pull images.
       *
       * @default []
       * @visibility backend
       */
      imagePullSecrets?: string[];

      /**
       * How long a run may take, 1 minute to 1 day.
       *
       * @default "15 minutes"
       * @visibility backend
       */
      deadline?: HumanDuration | string;

      /**
       * How long something of a run may wait to start while nothing else of
       * it works, 10 seconds to 1 day. After that the run has failed.
       *
       * @default "5 minutes"
       * @visibility backend
       */
      startTimeout?: HumanDuration | string;

      /**
       * How long the cluster keeps finished Jobs and their logs if no backend
       * removes them, 1 minute to 30 days: longer than the portal may be away.
       *
       * @default "2 days"
       * @visibility backend
       */
      keepFinished?: HumanDuration | string;
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
