import { reduce } from 'backstage-plugin-pipeline-demo-common';
import type {
  Run,
  RunEvent,
  RunEventBody,
} from 'backstage-plugin-pipeline-demo-common';
import { persist } from '../logs/persist';
import type { PersistDeps } from '../logs/persist';

/** At most so many facts share a transaction. */
const FACTS_PER_WRITE = 200;

interface Watch {
  readonly isWanted: (run: Run) => boolean;
  readonly abort: AbortController;
}

/** What `RunJournal` works with. */
export interface RunJournalOptions extends PersistDeps {
  /** The run as it is stored. */
  readonly run: Run;
  /** Called after the commit. */
  readonly onStored: (events: readonly RunEvent[], run: Run) => void;
  /** Called once, when a write cannot be made any more: the lease is lost, or the keeper stops. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Where facts become events: one after another they are reduced, and those
 * that change the run are numbered and stored with the run after them. Facts
 * that come while a write is under way share the next one.
 */
export class RunJournal {
  readonly #options: RunJournalOptions;
  readonly #queue: RunEventBody[] = [];
  readonly #watches = new Set<Watch>();
  #run: Run;
  #writing?: Promise<void>;

  static open(options: RunJournalOptions): RunJournal {
    return new RunJournal(options);
  }

  private constructor(options: RunJournalOptions) {
    this.#options = options;
    this.#run = options.run;
  }

  /** The run as it is stored. */
  get run(): Run {
    return this.#run;
  }

  /** A signal that is aborted as soon as the stored run is no longer as wanted. */
  during(isWanted: (run: Run) => boolean): AbortSignal {
    const watch = { isWanted, abort: new AbortController() };
    this.#watches.add(watch);
    this.#notify();
    return watch.abort.signal;
  }

  /** Takes a fact. It is stored soon: see `settled`. */
  add(body: RunEventBody): void {
    this.#queue.push(body);
    this.#writing ??= this.#writeAll();
  }

  /** Returns when everything added so far is stored, or can never be: then the keeper's signal is aborted. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** Never rejects. */
  async #writeAll(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        await this.#write(this.#queue.splice(0, FACTS_PER_WRITE));
      }
    } catch (error) {
      this.#queue.length = 0;
      this.#options.onFailure(error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #write(bodies: readonly RunEventBody[]): Promise<void> {
    const { runs, lease, onStored } = this.#options;
    const events: RunEvent[] = [];
    const run = bodies.reduce((before, body) => {
      const after = reduce(before, body);
      if (after !== before) {
        events.push({ ...body, event: after.event });
      }
      return after;
    }, this.#run);
    if (events.length > 0) {
      await persist(
        this.#options,
        () => runs.append(lease, events, run),
        stored => stored.run.event >= run.event,
      );
      this.#run = run;
      onStored(events, run);
      this.#notify();
    }
  }

  #notify(): void {
    for (const watch of this.#watches) {
      if (!watch.isWanted(this.#run)) {
        this.#watches.delete(watch);
        watch.abort.abort();
      }
    }
  }
}
