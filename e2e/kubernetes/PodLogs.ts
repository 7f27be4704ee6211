/** A pod of a run, as kubectl tells it. */
export interface SeenPod {
  readonly uid: string;
  readonly name: string;
  /** The name of its Job, and of a worker's container. */
  readonly job: string;
  /** `GENERATE:2`, or "driver". */
  readonly task: string;
  readonly createdAt: string;
  readonly isRunning: boolean;
}

/** What containers have written, known by others than the product. */
export interface PodLogs {
  /** Called at each change of a pod. */
  keep(pod: SeenPod): void;
  /** All that a pod's containers have written, one after the other. */
  bytesOf(pod: SeenPod): Promise<Buffer>;
  close(): void;
}
