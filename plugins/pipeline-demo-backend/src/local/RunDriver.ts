import { statfsSync } from 'node:fs';
import { hostname } from 'node:os';
import type {
  Attempt,
  Outcome,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import type { Journal } from './Journal.ts';
import { errorCode } from './runFolder.ts';
import type { RunFiles, RunOrder, TaskOrder } from './runFolder.ts';
import { TaskProcess } from './TaskProcess.ts';
import type { TaskEnd } from './TaskProcess.ts';

/** From SIGTERM to SIGKILL. */
export const KILL_GRACE_MS = 2_000;
/** Less than this is no room to work in. */
const FULL_DISK_BYTES = 256 * 1024;

/** Why a run ends. The first one stands. */
export type Verdict =
  | { readonly type: 'exited'; readonly outcome: Outcome }
  | { readonly type: 'deadline'; readonly message: string };

/** Runs the tasks of one order, as many at once as there are slots. */
export class RunDriver {
  readonly #order: RunOrder;
  readonly #files: RunFiles;
  readonly #journal: Journal;
  /** Of the tasks that are no longer only planned. */
  readonly #attempts = new Map<TaskId, Attempt>();
  readonly #running = new Set<TaskProcess>();
  readonly #over = Promise.withResolvers<Verdict>();
  #verdict: Verdict | undefined;

  constructor(order: RunOrder, files: RunFiles, journal: Journal) {
    this.#order = order;
    this.#files = files;
    this.#journal = journal;
  }

  /** Resolves when no task runs and none will. */
  get over(): Promise<Verdict> {
    return this.#over.promise;
  }

  begin(): void {
    const { spec, tasks, slots } = this.#order;
    this.#guard(() => {
      this.#journal.say(
        `Run ${spec.id}: ${tasks.length} tasks, at most ${slots} at once, seed ${spec.seed}`,
      );
      this.#schedule();
    });
  }

  /** Tells the readers how far the logs have grown. */
  stamp(): void {
    this.#guard(() => {
      for (const { task, log } of this.#running) {
        const bytes = log.grown();
        if (bytes !== undefined) {
          this.#journal.stamp(task.name, bytes, 'more');
        }
      }
    });
  }

  /** Ends the run: asks its tasks to go, and makes them go a little later. */
  stop(verdict: Verdict): void {
    if (!this.#verdict) {
      this.#verdict = verdict;
      this.#killAll('SIGTERM');
      setTimeout(() => this.#killAll('SIGKILL'), KILL_GRACE_MS);
    }
    this.#endWhenOver();
  }

  /** Ends the run at once, with nobody left to tell. */
  abandon(): void {
    this.#killAll('SIGKILL');
  }

  /** Gives free slots to the tasks that can start, first come, first served. */
  #schedule(): void {
    const since = (task: TaskOrder) =>
      this.#attempts.get(task.id)?.createdAt ?? Number.MAX_SAFE_INTEGER;
    const ready = this.#order.tasks
      .filter(task => this.#canStart(task))
      .sort((a, b) => since(a) - since(b));
    for (const task of ready) {
      if (this.#running.size < this.#order.slots) {
        this.#start(task);
      } else if (!this.#attempts.has(task.id)) {
        const message = `${this.#running.size} of ${
          this.#order.slots
        } slots are in use`;
        this.#move(task, {
          phase: 'waiting',
          waitingAt: this.#journal.now(),
          reason: { code: 'NoFreeSlot', message },
        });
      }
    }
    this.#endWhenOver();
  }

  #canStart(task: TaskOrder): boolean {
    const phaseOf = (id: TaskId) => this.#attempts.get(id)?.phase;
    return (
      !this.#verdict &&
      [undefined, 'waiting'].includes(phaseOf(task.id)) &&
      task.needs.every(id => phaseOf(id) === 'succeeded')
    );
  }

  #start(task: TaskOrder): void {
    this.#move(task, {
      phase: 'starting',
      startingAt: this.#journal.now(),
      reason: undefined,
    });
    const started = TaskProcess.start(this.#order, this.#files, task);
    this.#running.add(started);
    started.ended
      .then(end => this.#finish(started, end))
      .catch(error => this.#break(error));
    started.leaveIdentity().catch(error => this.#break(error));
    if (started.pid !== undefined) {
      this.#journal.say(`[${task.name}] Submitted process > ${task.title}`);
      this.#move(task, {
        phase: 'running',
        runningAt: this.#journal.now(),
        place: `pid ${started.pid}`,
      });
    }
  }

  #finish(started: TaskProcess, end: TaskEnd): void {
    const { task, log } = started;
    this.#running.delete(started);
    // What a task leaves running behind its back goes with it.
    started.kill('SIGKILL');
    try {
      log.grown();
      this.#journal.stamp(task.name, log.size, 'end');
      started.leaveExitCode(end);
      const failure = sentence(task, end);
      const unsuccessful = this.#verdict ? 'cancelled' : 'failed';
      this.#move(task, {
        phase: failure ? unsuccessful : 'succeeded',
        endedAt: this.#journal.now(),
        ...(end.type === 'exited' && { exitCode: end.exitCode }),
        ...(end.type === 'killed' && { signal: end.signal }),
      });
      if (failure && !this.#verdict) {
        this.#journal.say(`ERROR ~ Error executing process > '${task.title}'`);
        this.#journal.say(`  ${failure} Its folder is work/${task.name}.`);
        this.stop(failed('task-failed', `${failure}${this.#diskRemark()}`));
      }
    } finally {
      log.close();
      this.#schedule();
    }
  }

  #move(task: TaskOrder, change: Partial<Attempt>): void {
    const at = this.#journal.now();
    const attempt: Attempt = {
      uid: `${this.#order.spec.id}/${task.name}`,
      createdAt: at,
      phase: 'waiting',
      node: hostname(),
      ...this.#attempts.get(task.id),
      ...change,
    };
    this.#attempts.set(task.id, attempt);
    this.#journal.fact({ at, task: task.id, attempt });
  }

  #endWhenOver(): void {
    if (this.#running.size > 0) {
      return;
    }
    const succeeded = this.#order.tasks.every(
      ({ id }) => this.#attempts.get(id)?.phase === 'succeeded',
    );
    this.#verdict ??= succeeded
      ? { type: 'exited', outcome: { type: 'succeeded' } }
      : undefined;
    if (this.#verdict) {
      this.#over.resolve(this.#verdict);
    }
  }

  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#break(error);
    }
  }

  /** Going on is not possible, most likely since nothing can be written. */
  #break(error: unknown): void {
    const message =
      errorCode(error) === 'ENOSPC'
        ? 'There is no space left in the work directory.'
        : `The supervisor failed: ${error}`;
    this.stop(failed('driver-failed', message));
  }

  #diskRemark(): string {
    const { bavail, bsize } = statfsSync(this.#files.folder);
    return bavail * bsize < FULL_DISK_BYTES
      ? ' The work directory is full.'
      : '';
  }

  #killAll(signal: NodeJS.Signals): void {
    this.#running.forEach(started => started.kill(signal));
  }
}

/** A verdict for a run that did not succeed. */
export function failed(
  reason: 'task-failed' | 'driver-failed',
  message: string,
): Verdict {
  return { type: 'exited', outcome: { type: 'failed', reason, message } };
}

/** What went wrong with a task; undefined when nothing did. */
function sentence(task: TaskOrder, end: TaskEnd): string | undefined {
  switch (end.type) {
    case 'exited':
      return end.exitCode === 0
        ? undefined
        : `${task.id} ended with exit code ${end.exitCode}.`;
    case 'killed':
      return `${task.id} was ended by ${end.signal}.`;
    case 'notStarted':
      return `${task.id} could not be started: ${end.message}.`;
    default: {
      const impossible: never = end;
      throw new Error(`No such end: ${impossible}`);
    }
  }
}
