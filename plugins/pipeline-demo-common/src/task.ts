/** The three processes of the workflow, in Nextflow's own word. @public */
export type ProcessName = 'GENERATE' | 'ANALYZE' | 'REPORT';

/** In the order in which data flows. @public */
export const PROCESS_NAMES: readonly ProcessName[] = [
  'GENERATE',
  'ANALYZE',
  'REPORT',
];

/** `GENERATE:3`, `ANALYZE:3` or `REPORT`. @public */
export type TaskId = string;

/** @public */
export type TaskPhase =
  | 'planned'
  | 'waiting'
  | 'starting'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

/** From the least to the most advanced; the last three are equally final. @public */
export const TASK_PHASES: readonly TaskPhase[] = [
  'planned',
  'waiting',
  'starting',
  'running',
  'succeeded',
  'failed',
  'cancelled',
];

/**
 * Why an attempt does not move, as the engine reports it.
 * `code` is a word of the platform ("ImagePullBackOff", "NoFreeSlot"),
 * `message` its own text: the evidence that `diagnose` quotes.
 *
 * @public
 */
export interface WaitReason {
  readonly code: string;
  readonly message: string;
}

/**
 * One pod or process of a task. Times are epoch milliseconds of the source's
 * clock; a time that is missing was never seen.
 *
 * @public
 */
export interface Attempt {
  /** Identity: the pod's uid, or the process's own. */
  readonly uid: string;
  /** Orders the attempts of a task. */
  readonly createdAt: number;
  readonly phase: Exclude<TaskPhase, 'planned'>;
  readonly waitingAt?: number;
  readonly startingAt?: number;
  readonly runningAt?: number;
  readonly endedAt?: number;
  readonly exitCode?: number;
  /** "SIGKILL": set when a signal ended it. */
  readonly signal?: string;
  readonly outOfMemory?: boolean;
  /** Where it runs: the node's name, or the machine's. */
  readonly node?: string;
  /** The pod's name, or "pid 4711". */
  readonly place?: string;
  readonly reason?: WaitReason;
}

/** @public */
export interface Task {
  readonly id: TaskId;
  readonly process: ProcessName;
  /** 1..N; REPORT has none. */
  readonly batch?: number;
  /** Its newest attempt's phase, or planned. */
  readonly phase: TaskPhase;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
}

/** The three phases that a task does not leave, but for a newer attempt. @public */
export function isEndedTask(phase: TaskPhase): boolean {
  return phase === 'succeeded' || phase === 'failed' || phase === 'cancelled';
}
