import type {
  CoreV1Event,
  KubernetesObject,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { Fact } from '../ports/Engine';
import { ClusterError } from './Cluster';
import type { Cluster, Resource } from './Cluster';
import { driverState } from './driverAttempt';
import { Funnel } from './Funnel';
import { neverStarted } from './neverStarted';
import { objectName, ofRun } from './objectNames';
import { endOf } from './outcome';
import type { LastFact } from './outcome';
import { RunObjects } from './RunObjects';
import { watchObjects } from './watchObjects';
import type { ObjectChange } from './watchObjects';
import { workerAttempts } from './workerAttempts';

/** How often the API server is asked for a sign of life: a watch of which nothing comes may be dead. */
const HEARTBEAT_MS = 1_000;

const FORBIDDEN = 403;

/** What `observeRun` works with. */
export interface ObserveDeps {
  readonly cluster: Cluster;
  readonly run: RunSpec;
  readonly clock: Clock;
  /** What has not started after this never will. */
  readonly startTimeoutMs: number;
}

/** What the API server has told; or only that it was there. */
type Sign =
  | { readonly type: 'changed'; readonly apply: (to: RunObjects) => void }
  | { readonly type: 'heard' }
  | { readonly type: 'lost' };

/** Facts of a run from its Jobs, pods and Events: `Engine.observe`. */
export async function* observeRun(
  deps: ObserveDeps,
  signal: AbortSignal,
): AsyncGenerator<Fact, void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const signs = signsOf(deps, either);
  const teller = Teller.create(deps);
  try {
    for await (const sign of signs.items()) {
      const facts = await teller.hear(sign, either);
      yield* facts;
      if (teller.isAtEnd || signal.aborted) {
        return;
      }
    }
  } finally {
    over.abort();
    await signs.ended();
  }
}

/** All that is heard of the run, until the signal is aborted. */
function signsOf(deps: ObserveDeps, signal: AbortSignal): Funnel<Sign> {
  const { run } = deps;
  const selection = { labelSelector: ofRun(run) };
  const watch = <T extends KubernetesObject>(
    resource: Resource,
    shelf: (objects: RunObjects) => { apply(change: ObjectChange<T>): void },
    labelSelector?: string,
  ) =>
    signsOfChanges(
      watchObjects<T>(
        { ...deps, random: Math.random },
        resource,
        { labelSelector },
        signal,
      ),
      shelf,
    );
  const funnel = Funnel.create<Sign>();
  const streams = [
    watch<V1Job>('jobs', ({ jobs }) => jobs, selection.labelSelector),
    watch<V1Pod>('pods', ({ pods }) => pods, selection.labelSelector),
    ifAllowed(watch<CoreV1Event>('events', ({ events }) => events)),
    heartbeat(deps, signal),
  ];
  streams.forEach(stream => funnel.add(stream, () => {}));
  funnel.seal();
  return funnel;
}

async function* signsOfChanges<T extends KubernetesObject>(
  changes: AsyncIterable<ObjectChange<T>>,
  shelf: (objects: RunObjects) => { apply(change: ObjectChange<T>): void },
): AsyncGenerator<Sign> {
  for await (const change of changes) {
    switch (change.type) {
      case 'all':
      case 'put':
      case 'gone':
        yield {
          type: 'changed',
          apply: objects => shelf(objects).apply(change),
        };
        break;
      case 'heard':
      case 'lost':
        yield { type: change.type };
        break;
      default:
        throw unknownChange(change);
    }
  }
}

/** Events explain; a run whose Events we may not see goes on unexplained. */
async function* ifAllowed(signs: AsyncIterable<Sign>): AsyncGenerator<Sign> {
  try {
    yield* signs;
  } catch (error) {
    if (!(error instanceof ClusterError && error.status === FORBIDDEN)) {
      throw error;
    }
  }
}

/** Asks for the driver's Job: what is answered counts, not what it says. */
async function* heartbeat(
  { cluster, run, clock }: ObserveDeps,
  signal: AbortSignal,
): AsyncGenerator<Sign> {
  while (!signal.aborted) {
    await clock.sleep(HEARTBEAT_MS, signal);
    try {
      await cluster.get('jobs', objectName(run), signal);
      yield { type: 'heard' };
    } catch {
      // That is what a heartbeat is for: it is not heard.
      yield { type: 'lost' };
    }
  }
}

/** Turns what is heard into facts that were not told yet. */
class Teller {
  readonly #deps: ObserveDeps;
  readonly #objects = RunObjects.create();
  /** Facts about attempts, by uid, and about the driver, as they were told last. */
  readonly #told = new Map<string, string>();
  #isAtEnd = false;

  static create(deps: ObserveDeps): Teller {
    return new Teller(deps);
  }

  private constructor(deps: ObserveDeps) {
    this.#deps = deps;
  }

  /** Whether the last fact was told. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** @throws when the lists that an end needs cannot be read */
  async hear(sign: Sign, signal: AbortSignal): Promise<readonly Fact[]> {
    if (sign.type === 'changed') {
      sign.apply(this.#objects);
    }
    if (sign.type === 'lost' || !this.#objects.isComplete) {
      return [];
    }
    const facts = this.#newFacts();
    const at = this.#deps.clock.now();
    return this.#end() === undefined
      ? [...facts, { type: 'seen', at }]
      : [...facts, ...(await this.#confirm(signal))];
  }

  /** An end is told only after one more complete list, and after what it says of tasks. */
  async #confirm(signal: AbortSignal): Promise<readonly Fact[]> {
    const { cluster, run } = this.#deps;
    const selection = { labelSelector: ofRun(run) };
    const [jobs, pods] = await Promise.all([
      cluster.list<V1Job>('jobs', selection, signal),
      cluster.list<V1Pod>('pods', selection, signal),
    ]);
    this.#objects.jobs.apply({ type: 'all', objects: jobs.items });
    this.#objects.pods.apply({ type: 'all', objects: pods.items });
    const facts = this.#newFacts();
    const end = this.#end();
    this.#isAtEnd = end !== undefined;
    return end ? [...facts, end] : facts;
  }

  #end(): LastFact | undefined {
    const { run, clock, startTimeoutMs } = this.#deps;
    const now = clock.now();
    return (
      endOf(this.#objects, run, now) ??
      neverStarted(this.#objects, run, { now, startTimeoutMs })
    );
  }

  #newFacts(): readonly Fact[] {
    const { clock, run } = this.#deps;
    const at = clock.now();
    const driver = driverState(this.#objects, run);
    return [
      ...(driver ? this.#ifNew('driver', { type: 'driver', at, driver }) : []),
      ...workerAttempts(this.#objects).flatMap(({ task, attempt }) =>
        this.#ifNew(attempt.uid, { type: 'task', at, task, attempt }),
      ),
    ];
  }

  #ifNew(key: string, fact: Fact): readonly Fact[] {
    const text = JSON.stringify({ ...fact, at: undefined });
    if (this.#told.get(key) === text) {
      return [];
    }
    this.#told.set(key, text);
    return [fact];
  }
}

function unknownChange(change: never): Error {
  return new Error(`Unknown change: ${JSON.stringify(change)}`);
}
