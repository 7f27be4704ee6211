import type {
  LogLine,
  Run,
  RunEvent,
  RunEventBody,
} from 'backstage-plugin-pipeline-demo-common';
import { reduce } from 'backstage-plugin-pipeline-demo-common';
import type { Update } from '../live/Broadcaster';
import type { LogStore } from '../ports/LogStore';
import type { Lease, RunStore } from '../ports/RunStore';

/** A run as its keeper stores and publishes it, one thing after the other, by hand. */
export class LiveRun {
  readonly #runs: RunStore;
  readonly #logs: LogStore;
  readonly #lease: Lease;
  #run: Run;
  #lastLine = 0;

  static async create(
    stores: { readonly runs: RunStore; readonly logs: LogStore },
    id: string,
  ): Promise<LiveRun> {
    const result = await stores.runs.create(
      {
        id,
        batchCount: 2,
        engine: 'local',
        createdBy: 'user:default/guest',
        createdAt: 1,
        seed: 1,
      },
      { owner: 'another process', leaseMs: 600_000 },
    );
    if (result.type !== 'created') {
      throw new Error(`Run ${result.stored.run.id} is active`);
    }
    return new LiveRun(
      stores.runs,
      stores.logs,
      result.lease,
      result.stored.run,
    );
  }

  private constructor(runs: RunStore, logs: LogStore, lease: Lease, run: Run) {
    this.#runs = runs;
    this.#logs = logs;
    this.#lease = lease;
    this.#run = run;
  }

  get run(): Run {
    return this.#run;
  }

  get lastLine(): number {
    return this.#lastLine;
  }

  /** Stores events. @returns what is to be published then */
  async add(...bodies: readonly RunEventBody[]): Promise<Update> {
    const events: RunEvent[] = [];
    for (const body of bodies) {
      this.#run = reduce(this.#run, body);
      events.push({ ...body, event: this.#run.event });
    }
    await this.#runs.append(this.#lease, events, this.#run);
    return { runId: this.#run.id, events, run: this.#run };
  }

  /** Stores that much of its way: as many events as times it is called. */
  step(): Promise<Update> {
    const { event } = this.#run;
    return event === 0
      ? this.add({ type: 'Launched', at: 1 })
      : this.add({
          type: 'TaskMoved',
          at: event,
          task: 'GENERATE:1',
          attempt: { uid: `${event}`, createdAt: event, phase: 'waiting' },
        });
  }

  /** Stores lines. @returns what is to be published then */
  async write(count: number, text = 'a line'): Promise<Update> {
    const lines: LogLine[] = Array.from({ length: count }, (_, index) => {
      const line = this.#lastLine + index + 1;
      return { line, task: 'driver', at: line, text: `${text} ${line}` };
    });
    this.#lastLine += count;
    await this.#logs.append(this.#lease, lines, new Map());
    return { runId: this.#run.id, lines };
  }

  /** Stores its end. @returns what is to be published then */
  async end(): Promise<Update> {
    if (this.#run.event === 0) {
      await this.step();
    }
    return this.add(
      { type: 'CancelAsked', at: 1, by: 'user:default/guest' },
      { type: 'LogsComplete', at: 2, lastLine: this.#lastLine },
      { type: 'NothingLeft', at: 3 },
    );
  }
}
