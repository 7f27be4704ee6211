import type { Resources } from 'backstage-plugin-pipeline-demo-common';

/** When a node pulls an image. */
export type ImagePullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/** A kind of pod of a run. Requests and limits are the same. */
export interface PodOptions extends Resources {
  readonly image: string;
  readonly serviceAccount: string;
}

/** Where workers may run: a claim that one node alone can mount binds them to the driver's. */
export type WorkerPlacement = 'any-node' | 'driver-node';

/** How runs are made in a cluster. */
export interface KubernetesOptions {
  readonly driver: PodOptions;
  /** `cpu` is a whole number: Nextflow knows no parts of a processor. */
  readonly worker: PodOptions;
  /** The claim that driver and workers share. */
  readonly claim: string;
  readonly workerPlacement: WorkerPlacement;
  readonly imagePullPolicy: ImagePullPolicy;
  readonly imagePullSecrets: readonly string[];
  /** How long a run may take, in milliseconds. */
  readonly deadlineMs: number;
  /** What has not started after this never will, in milliseconds. */
  readonly startTimeoutMs: number;
  /** How long the cluster keeps what has finished if nobody removes it, in milliseconds. */
  readonly keepFinishedMs: number;
  /** Stretches the time that tasks take: 0.02 for tests. */
  readonly pace: number;
}
