import { plan } from 'backstage-plugin-pipeline-demo-common';
import type {
  Attempt,
  DriverState,
  LogTask,
  RawLine,
  RunSpec,
  Task,
} from 'backstage-plugin-pipeline-demo-common';
import { Alarm } from '../live/Alarm';
import type { Clock } from '../ports/Clock';
import type { Fact, LogSource } from '../ports/Engine';

/** How a fake run goes. */
export interface FakeScript {
  readonly linesPerTask: number;
  /** Between two lines of a task, and between two steps of it. */
  readonly stepMs: number;
  /** What is told of the driver, first of all. */
  readonly driver?: DriverState;
  /** This task fails, and the run with it. */
  readonly failingTask?: string;
}

/** The facts after which nothing comes. */
export type LastFact = Exclude<
  Fact,
  { readonly type: 'task' | 'driver' | 'seen' }
>;

interface Step {
  readonly afterMs: number;
  readonly take: () => void;
}

const DRIVER: LogTask = 'driver';

/**
 * A run that goes on by itself, without watchers: its tasks write lines and
 * end, one wave after the other.
 */
export class FakeRun {
  readonly spec: RunSpec;
  /** Whose it is. */
  readonly portal: string;
  readonly #script: FakeScript;
  readonly #clock: Clock;
  readonly #alive = new AbortController();
  readonly #watchers = new Set<Alarm>();
  readonly #attempts = new Map<string, Attempt>();
  /** What was written, in the order of writing. */
  readonly output: { readonly source: LogSource; readonly line: RawLine }[] =
    [];
  readonly #facts: Fact[] = [];
  #lastFact?: LastFact;
  /** Objects stay after the end until they are removed. */
  #objects: readonly string[];

  static launch(
    spec: RunSpec,
    script: FakeScript,
    clock: Clock,
    portal: string,
  ): FakeRun {
    const run = new FakeRun(spec, script, clock, portal);
    void run.#live();
    return run;
  }

  private constructor(
    spec: RunSpec,
    script: FakeScript,
    clock: Clock,
    portal: string,
  ) {
    this.spec = spec;
    this.portal = portal;
    this.#script = script;
    this.#clock = clock;
    this.#objects = [`driver ${spec.id}`];
  }

  /** Task facts so far, in order. */
  get facts(): readonly Fact[] {
    return this.#facts;
  }

  get lastFact(): LastFact | undefined {
    return this.#lastFact;
  }

  /** What holds resources. */
  get objects(): readonly string[] {
    return this.#objects;
  }

  /** An alarm that rings when something has happened; the caller gives it back. */
  watch(): Alarm {
    const alarm = Alarm.create(this.#clock);
    this.#watchers.add(alarm);
    return alarm;
  }

  unwatch(alarm: Alarm): void {
    this.#watchers.delete(alarm);
  }

  /** The present state of each task. */
  present(): readonly Fact[] {
    return [...this.#attempts].map(([task, attempt]) => ({
      type: 'task',
      at: this.#clock.now(),
      task,
      attempt,
    }));
  }

  /** Lines of one source, as they were written: the oracle. */
  written(task: LogTask): readonly string[] {
    return this.output
      .filter(({ source }) => source.task === task)
      .map(({ line }) => line.text);
  }

  /** Comes to its end, rightly or not; what is still running stops. */
  end(fact: LastFact): void {
    if (!this.#lastFact) {
      this.#lastFact = fact;
      this.#alive.abort();
      this.#tell();
    }
  }

  /** All that holds resources goes. */
  removeObjects(): void {
    const at = this.#clock.now();
    const message = 'It was removed.';
    const outcome = { type: 'failed', reason: 'lost', message } as const;
    this.end({ type: 'driverExited', at, outcome });
    this.#objects = [];
  }

  /** Writes a line now, whoever is alive. */
  write(task: LogTask, text: string): void {
    const source = { id: `${this.spec.id}/${task}`, task };
    this.output.push({ source, line: { at: this.#clock.now(), text } });
    this.#tell();
  }

  /** Never rejects. */
  async #live(): Promise<void> {
    const { signal } = this.#alive;
    for (const { afterMs, take } of this.#steps()) {
      await this.#clock.sleep(afterMs, signal);
      if (signal.aborted) {
        return;
      }
      take();
    }
  }

  /** The same steps for all tasks of a process, in turns. */
  *#steps(): Generator<Step> {
    const { tasks } = plan(this.spec.batchCount);
    const { stepMs, driver, failingTask } = this.#script;
    if (driver) {
      yield { afterMs: 0, take: () => this.#tellDriver(driver) };
    }
    yield { afterMs: 0, take: () => this.write(DRIVER, 'The driver is up') };
    for (const process of ['GENERATE', 'ANALYZE', 'REPORT'] as const) {
      const wave = tasks.filter(task => task.process === process);
      yield* this.#wave(wave);
      const failed = wave.find(({ id }) => id === failingTask);
      if (failed) {
        yield { afterMs: stepMs, take: () => this.#fail(failed) };
        return;
      }
    }
    yield { afterMs: stepMs, take: () => this.write(DRIVER, 'Done') };
    yield { afterMs: 0, take: () => this.#succeed() };
  }

  *#wave(wave: readonly Task[]): Generator<Step> {
    const { linesPerTask, stepMs, failingTask } = this.#script;
    const all = (take: (task: Task) => void): Step => ({
      afterMs: stepMs,
      take: () => wave.forEach(take),
    });
    yield all(({ id }) => this.#move(id, { phase: 'waiting' }));
    yield all(({ id }) =>
      this.#move(id, { phase: 'running', runningAt: this.#clock.now() }),
    );
    for (let line = 1; line <= linesPerTask; line += 1) {
      yield all(({ id }) => this.write(id, `${id} says ${line}`));
    }
    yield all(({ id }) =>
      this.#move(id, {
        phase: id === failingTask ? 'failed' : 'succeeded',
        endedAt: this.#clock.now(),
        exitCode: id === failingTask ? 1 : 0,
      }),
    );
  }

  #tellDriver(driver: DriverState): void {
    this.#facts.push({ type: 'driver', at: this.#clock.now(), driver });
    this.#tell();
  }

  #move(task: string, change: Partial<Attempt>): void {
    const before: Attempt = this.#attempts.get(task) ?? {
      uid: `${this.spec.id}/${task}`,
      createdAt: this.#clock.now(),
      phase: 'waiting',
    };
    const attempt = { ...before, ...change };
    this.#attempts.set(task, attempt);
    this.#facts.push({ type: 'task', at: this.#clock.now(), task, attempt });
    this.#tell();
  }

  #succeed(): void {
    const at = this.#clock.now();
    this.end({ type: 'driverExited', at, outcome: { type: 'succeeded' } });
  }

  #fail({ id }: Task): void {
    const at = this.#clock.now();
    const message = `${id} ended with exit code 1`;
    const outcome = { type: 'failed', reason: 'task-failed', message } as const;
    this.end({ type: 'driverExited', at, outcome });
  }

  #tell(): void {
    this.#watchers.forEach(alarm => alarm.ring());
  }
}
