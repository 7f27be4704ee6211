import { randomBytes } from 'node:crypto';
import { plan } from 'backstage-plugin-pipeline-demo-common';
import type {
  PlanEdge,
  RunSpec,
  Task,
} from 'backstage-plugin-pipeline-demo-common';
import type { RunOrder, TaskOrder } from './runFolder';

/** Rows that GENERATE makes for each batch. */
const ROWS = 100;
/** The scripts take seeds below this. */
const SEED_LIMIT = 2 ** 31;
const NONCE_BYTES = 16;

/** What the order of a run takes from the engine's options. */
export interface OrderOptions {
  readonly binFolder: string;
  readonly slots: number;
  readonly deadlineMs: number;
  /** Stretches the time that tasks take; without it the scripts decide. */
  readonly pace?: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The order for a run's supervisor: the same commands that demo.nf gives. */
export function orderRun(spec: RunSpec, options: OrderOptions): RunOrder {
  const { binFolder, slots, deadlineMs, now } = options;
  const { tasks, edges } = plan(spec.batchCount);
  return {
    v: 1,
    spec,
    nonce: randomBytes(NONCE_BYTES).toString('hex'),
    slots,
    deadlineMs,
    deadlineAt: now + deadlineMs,
    binFolder,
    tasks: tasks.map(task => orderTask(task, edges, spec, options.pace)),
  };
}

/** `GENERATE_1`, as Nextflow's task name. */
export function taskName({ process, batch }: Task): string {
  return batch === undefined ? process : `${process}_${batch}`;
}

function orderTask(
  task: Task,
  edges: readonly PlanEdge[],
  spec: RunSpec,
  pace: number | undefined,
): TaskOrder {
  const { command, inputs } = work(task, spec);
  return {
    id: task.id,
    name: taskName(task),
    title:
      task.batch === undefined
        ? task.process
        : `${task.process} (${task.batch})`,
    command: pace === undefined ? command : withPace(command, pace),
    needs: edges.filter(({ to }) => to === task.id).map(({ from }) => from),
    inputs,
  };
}

function withPace([program, ...args]: readonly string[], pace: number) {
  return [program, '--pace', String(pace), ...args];
}

function work(
  { process, batch }: Task,
  { batchCount, seed }: RunSpec,
): Pick<TaskOrder, 'command' | 'inputs'> {
  const csv = `batch_${batch}.csv`;
  const stats = (of: number | undefined) => `stats_${of}.json`;
  const batches = Array.from({ length: batchCount }, (_, index) => index + 1);
  switch (process) {
    case 'GENERATE':
      return {
        command: `generate --batch ${batch} --rows ${ROWS} --seed ${
          Math.abs(Math.trunc(seed)) % SEED_LIMIT
        } --out ${csv}`.split(' '),
        inputs: [],
      };
    case 'ANALYZE':
      return {
        command: `analyze --batch ${batch} --in ${csv} --out ${stats(
          batch,
        )}`.split(' '),
        inputs: [`GENERATE_${batch}/${csv}`],
      };
    case 'REPORT':
      return {
        command: ['report', '--out', REPORT_FILE, ...batches.map(stats)],
        inputs: batches.map(of => `ANALYZE_${of}/${stats(of)}`),
      };
    default: {
      const impossible: never = process;
      throw new Error(`No such process: ${impossible}`);
    }
  }
}

/** What REPORT leaves in its folder. */
export const REPORT_FILE = 'report.json';
