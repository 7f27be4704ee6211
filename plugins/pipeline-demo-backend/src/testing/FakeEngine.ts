import type {
  Capacity,
  Check,
  RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type {
  Engine,
  EngineHealth,
  Fact,
  LogChunk,
  ReportReading,
  ResumePoint,
} from '../ports/Engine';
import { fakeReport } from './fakeReport';
import { FakeRun } from './FakeRun';
import type { FakeScript } from './FakeRun';

const SEEN_INTERVAL_MS = 1_000;

/** What goes wrong, or takes long. A test may change it at any time. */
export interface FakeFaults {
  /** The next launches fail with these, one after the other. */
  launchErrors: Error[];
  launchMs: number;
  /** A launch that is aborted has launched the run all the same. */
  launchIgnoresAbort: boolean;
  /** A new observation tells where the tasks are, not how they came there. */
  forgetsHistory: boolean;
  /** An observation breaks after so many facts, a follow after so many chunks. */
  observeBreaksAfter: number;
  followBreaksAfter: number;
  /** A follow does not end, although all was read. */
  followNeverEnds: boolean;
  /** Objects that removing does not remove. */
  leftovers: readonly string[];
  removeError?: Error;
  leftError?: Error;
  reportErrors: Error[];
  report?: ReportReading;
}

/** The world that engines share, as over a restart. */
export interface FakeWorld {
  readonly clock: Clock;
  /** How the next runs go. */
  script: FakeScript;
  readonly faults: FakeFaults;
  readonly runs: Map<string, FakeRun>;
  /** Every run there ever was, also after its removal. */
  readonly made: FakeRun[];
}

/** A world without faults. */
export function createFakeWorld(
  clock: Clock,
  script: Partial<FakeScript> = {},
): FakeWorld {
  return {
    clock,
    script: { linesPerTask: 5, stepMs: 100, ...script },
    faults: {
      launchErrors: [],
      launchMs: 20,
      launchIgnoresAbort: false,
      forgetsHistory: false,
      observeBreaksAfter: Infinity,
      followBreaksAfter: Infinity,
      followNeverEnds: false,
      leftovers: [],
      reportErrors: [],
    },
    runs: new Map(),
    made: [],
  };
}

/** An engine whose runs are objects in memory, and whose faults are scripted. */
export class FakeEngine implements Engine {
  readonly name = 'local';
  readonly footprint = {
    worker: { cpu: 1, memory: 1e9 },
    driver: { cpu: 1, memory: 1e9 },
  };
  readonly #world: FakeWorld;
  readonly #portal: string;
  /** What `capacity` answers. */
  slots = 4;

  /** @param portal - whose runs it may touch */
  static create(world: FakeWorld, portal = 'the portal'): FakeEngine {
    return new FakeEngine(world, portal);
  }

  private constructor(world: FakeWorld, portal: string) {
    this.#world = world;
    this.#portal = portal;
  }

  async launch(spec: RunSpec, signal: AbortSignal): Promise<void> {
    const { clock, faults, script, runs, made } = this.#world;
    await clock.sleep(faults.launchMs, signal);
    const error = faults.launchErrors.shift();
    if (error) {
      throw error;
    }
    if (!faults.launchIgnoresAbort) {
      signal.throwIfAborted();
    }
    if (!runs.has(spec.id)) {
      const run = FakeRun.launch(spec, script, clock, this.#portal);
      runs.set(spec.id, run);
      made.push(run);
    }
    signal.throwIfAborted();
  }

  async *observe(spec: RunSpec, signal: AbortSignal): AsyncGenerator<Fact> {
    const { clock, faults } = this.#world;
    let told = 0;
    for await (const fact of this.#facts(spec, signal)) {
      if (told >= faults.observeBreaksAfter) {
        throw new Error('The observation breaks');
      }
      told += 1;
      yield fact;
    }
    if (!signal.aborted && !this.#world.runs.get(spec.id)?.lastFact) {
      const at = clock.now();
      yield { type: 'jobMissing', at, message: 'There is no such run.' };
    }
  }

  async *#facts(spec: RunSpec, signal: AbortSignal): AsyncGenerator<Fact> {
    const { clock, faults, runs } = this.#world;
    const run = runs.get(spec.id);
    if (!run) {
      return;
    }
    const alarm = run.watch();
    try {
      let seen = 0;
      if (faults.forgetsHistory) {
        seen = run.facts.length;
        yield* run.present();
      }
      while (!signal.aborted && runs.has(spec.id)) {
        yield* run.facts.slice(seen);
        seen = run.facts.length;
        if (run.lastFact) {
          yield run.lastFact;
          return;
        }
        yield { type: 'seen', at: clock.now() };
        await alarm.sleep(SEEN_INTERVAL_MS, signal);
      }
    } finally {
      run.unwatch(alarm);
    }
  }

  async *follow(
    spec: RunSpec,
    resume: ReadonlyMap<string, ResumePoint>,
    signal: AbortSignal,
  ): AsyncGenerator<LogChunk> {
    const { faults } = this.#world;
    let told = 0;
    for await (const chunk of this.#chunks(spec, resume, signal)) {
      if (told >= faults.followBreaksAfter) {
        throw new Error('The follow breaks');
      }
      told += 1;
      yield chunk;
    }
  }

  async *#chunks(
    spec: RunSpec,
    resume: ReadonlyMap<string, ResumePoint>,
    signal: AbortSignal,
  ): AsyncGenerator<LogChunk> {
    const { faults, runs } = this.#world;
    const run = runs.get(spec.id);
    if (!run) {
      return;
    }
    const alarm = run.watch();
    const counts = new Map<string, number>();
    try {
      for (let next = 0; !signal.aborted; ) {
        for (; next < run.output.length && !signal.aborted; next += 1) {
          const { source, line } = run.output[next];
          const count = (counts.get(source.id) ?? 0) + 1;
          counts.set(source.id, count);
          if (count > Number(resume.get(source.id) ?? 0)) {
            const lines = [line];
            yield { type: 'lines', source, lines, resume: `${count}` };
          }
        }
        if (run.lastFact && next === run.output.length) {
          if (!faults.followNeverEnds) {
            return;
          }
        }
        await alarm.sleep(SEEN_INTERVAL_MS, signal);
      }
    } finally {
      run.unwatch(alarm);
    }
  }

  async report({ id, batchCount }: RunSpec): Promise<ReportReading> {
    const { faults, runs } = this.#world;
    const error = faults.reportErrors.shift();
    if (error) {
      throw error;
    }
    return (
      faults.report ??
      (runs.has(id)
        ? { type: 'report', report: fakeReport(batchCount) }
        : { type: 'unreadable', message: 'There is no such run.' })
    );
  }

  async remove({ id }: RunSpec, keep: 'logs' | 'nothing'): Promise<void> {
    const { faults, runs } = this.#world;
    if (faults.removeError) {
      throw faults.removeError;
    }
    const own = this.#own(id);
    own?.removeObjects();
    if (own && keep === 'nothing') {
      runs.delete(id);
    }
  }

  async left({ id }: RunSpec): Promise<readonly string[]> {
    const { faults } = this.#world;
    if (faults.leftError) {
      throw faults.leftError;
    }
    return [...faults.leftovers, ...(this.#own(id)?.objects ?? [])];
  }

  async runIds(): Promise<readonly string[]> {
    return [...this.#world.runs.keys()].filter(id => this.#own(id));
  }

  #own(id: string): FakeRun | undefined {
    const run = this.#world.runs.get(id);
    return run?.portal === this.#portal ? run : undefined;
  }

  async capacity(): Promise<Capacity> {
    return { basis: 'slots', at: this.#world.clock.now(), slots: this.slots };
  }

  async health(): Promise<EngineHealth> {
    return { ok: true, message: `fake engine, ${this.slots} slots` };
  }

  async check(): Promise<readonly Check[]> {
    const sentence = `There are ${this.slots} slots.`;
    return [{ id: 'slots', title: 'Slots', status: 'ok', sentence }];
  }
}
