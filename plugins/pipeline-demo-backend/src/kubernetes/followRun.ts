import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { LogChunk, ResumePoint } from '../ports/Engine';
import { after } from './after';
import type { Cluster, Selection } from './Cluster';
import { ContainerFate } from './ContainerFate';
import { POD_GONE, followContainer } from './followContainer';
import type { FollowDeps } from './followContainer';
import { Funnel } from './Funnel';
import { JitteredBackoff } from './JitteredBackoff';
import { lostTail } from './lostTail';
import { objectName, ofRun } from './objectNames';
import { hasEnded, isDriver, isGoing, podContainers } from './podContainers';
import type { PodContainer } from './podContainers';
import { parseResumePoint } from './resumePoint';
import { watchObjects } from './watchObjects';

/** Whether it is over is looked at after each change, and now and then. */
const LOOK_INTERVAL_MS = 1_000;
const LIST_RETRY = { minMs: 200, maxMs: 10_000 };

/** Whose output, and where. */
export interface RunFollow {
  readonly cluster: Cluster;
  readonly run: RunSpec;
  readonly clock: Clock;
}

/**
 * The output of a run: `Engine.follow`. Finds the run's pods by watching, and
 * follows each container of them once, from when it has started. Ends when the
 * driver has ended and every container that had started was read to its end or
 * has left a gap.
 *
 * @throws ClusterError when the API server refuses to show pods or Jobs
 */
export async function* followRun(
  { cluster, run, clock }: RunFollow,
  resume: ReadonlyMap<string, ResumePoint>,
  signal: AbortSignal,
): AsyncGenerator<LogChunk, void> {
  const end = new AbortController();
  const deps = { cluster, clock, random: Math.random };
  const logs = RunLogs.create(
    deps,
    { run, resume },
    AbortSignal.any([signal, end.signal]),
  );
  const watching = logs.watch();
  try {
    yield* logs.chunks();
  } finally {
    end.abort();
    await watching;
  }
}

/** What a follow of a run begins with. */
interface Begin {
  readonly run: RunSpec;
  readonly resume: ReadonlyMap<string, ResumePoint>;
}

/** The containers of a run, as they come and go, and one follow for each. */
class RunLogs {
  readonly #deps: FollowDeps;
  readonly #begin: Begin;
  readonly #signal: AbortSignal;
  readonly #funnel = Funnel.create<LogChunk>();
  /** Of the pods that are there, by uid. */
  readonly #pods = new Map<string, V1Pod>();
  /** Of the containers that are followed, or were, by id. */
  readonly #fates = new Map<string, ContainerFate>();
  /** By pod: when what is followed of it so far is read. */
  readonly #readOfPods = new Map<string, Promise<void>>();
  #arePodsKnown = false;
  #job: 'unknown' | 'active' | 'over' = 'unknown';
  #change = new AbortController();

  private constructor(deps: FollowDeps, begin: Begin, signal: AbortSignal) {
    this.#deps = deps;
    this.#begin = begin;
    this.#signal = signal;
  }

  static create(deps: FollowDeps, begin: Begin, signal: AbortSignal): RunLogs {
    return new RunLogs(deps, begin, signal);
  }

  /** Ends when all is read. */
  chunks(): AsyncIterable<LogChunk> {
    return this.#funnel.items();
  }

  /** Looks for what is to be followed, until the signal is aborted. Never rejects. */
  async watch(): Promise<void> {
    const tasks = [this.#watchPods(), this.#watchJob(), this.#watchEnd()];
    await Promise.all(
      tasks.map(task => task.catch(error => this.#funnel.fail(error))),
    );
    this.#funnel.seal();
    await this.#funnel.ended();
  }

  async #watchPods(): Promise<void> {
    const changes = watchObjects<V1Pod>(
      this.#deps,
      'pods',
      this.#selection(),
      this.#signal,
    );
    for await (const change of changes) {
      switch (change.type) {
        case 'all':
          this.#putAll(change.objects);
          break;
        case 'put':
          this.#put(change.object);
          break;
        case 'gone':
          this.#put(change.object);
          this.#remove(uidOf(change.object));
          break;
        case 'heard':
        case 'lost':
          break;
        default:
          throw unknownChange(change);
      }
      this.#tell();
    }
  }

  async #watchJob(): Promise<void> {
    const name = objectName(this.#begin.run);
    const changes = watchObjects<V1Job>(
      this.#deps,
      'jobs',
      this.#selection(),
      this.#signal,
    );
    for await (const change of changes) {
      if (change.type === 'all') {
        this.#job = jobState(
          change.objects.find(({ metadata }) => metadata?.name === name),
        );
      } else if (change.type === 'put' || change.type === 'gone') {
        const { object } = change;
        if (object.metadata?.name === name) {
          this.#job = jobState(change.type === 'gone' ? undefined : object);
        }
      }
      this.#tell();
    }
  }

  async #watchEnd(): Promise<void> {
    const { clock, random } = this.#deps;
    const backoff = JitteredBackoff.create({ ...LIST_RETRY, random });
    while (!this.#signal.aborted) {
      try {
        if (await this.#isAtEnd()) {
          this.#funnel.seal();
          return;
        }
        backoff.reset();
        const either = AbortSignal.any([this.#signal, this.#change.signal]);
        await clock.sleep(LOOK_INTERVAL_MS, either);
      } catch {
        // Whoever watches the pods says what is wrong.
        await clock.sleep(backoff.next(), this.#signal);
      }
    }
  }

  /** After a complete list, since a watch may be late. */
  async #isAtEnd(): Promise<boolean> {
    if (!this.#seemsAtEnd()) {
      return false;
    }
    const { items } = await this.#deps.cluster.list<V1Pod>(
      'pods',
      this.#selection(),
      this.#signal,
    );
    this.#putAll(items);
    return this.#seemsAtEnd();
  }

  #seemsAtEnd(): boolean {
    const pods = [...this.#pods.values()];
    const drivers = pods.filter(isDriver);
    const hasDriverEnded =
      drivers.length > 0
        ? drivers.every(hasEnded)
        : this.#arePodsKnown && this.#job === 'over';
    return hasDriverEnded && this.#funnel.size === 0 && !pods.some(isGoing);
  }

  #putAll(pods: readonly V1Pod[]): void {
    const uids = new Set(pods.map(uidOf));
    [...this.#pods.keys()]
      .filter(uid => !uids.has(uid))
      .forEach(uid => this.#remove(uid));
    pods.forEach(pod => this.#put(pod));
    if (!this.#arePodsKnown) {
      this.#arePodsKnown = true;
      this.#funnel.add(this.#lostMeanwhile(uids), () => this.#tell());
    }
  }

  #put(pod: V1Pod): void {
    this.#pods.set(uidOf(pod), pod);
    for (const found of podContainers(pod)) {
      const fate = this.#fates.get(found.id);
      const { state } = found;
      if (state === 'terminated' || state === 'unstarted') {
        fate?.tell('terminated');
      }
      if (!fate && (state === 'running' || state === 'terminated')) {
        this.#follow(found, ContainerFate.create(state));
      }
    }
  }

  #remove(uid: string): void {
    this.#pods.delete(uid);
    for (const [id, fate] of this.#fates) {
      if (id.startsWith(`${uid}/`)) {
        fate.tell('gone');
      }
    }
  }

  #follow(found: PodContainer, fate: ContainerFate): void {
    const { id, task, ...container } = found;
    this.#fates.set(id, fate);
    const chunks = followContainer(
      this.#deps,
      { ...container, source: { id, task }, fate },
      this.#begin.resume.get(id),
      this.#signal,
    );
    // The containers of a pod run one after the other, and so are read.
    const uid = id.slice(0, id.indexOf('/'));
    const before = this.#readOfPods.get(uid) ?? Promise.resolve();
    const read = new Promise<void>(resolve => {
      this.#funnel.add(after(before, chunks), () => {
        resolve();
        this.#tell();
      });
    });
    this.#readOfPods.set(uid, read);
  }

  /** Of sources that were not read to their end, and whose pods have gone while nobody looked. */
  async *#lostMeanwhile(
    uids: ReadonlySet<string>,
  ): AsyncGenerator<LogChunk, void> {
    const { run, resume } = this.#begin;
    for (const [id, point] of resume) {
      const position = parseResumePoint(point);
      const isThere = uids.has(id.slice(0, id.indexOf('/')));
      if (!isThere && position.state === 'open') {
        const source = { id, task: position.task };
        const startedAt = run.createdAt;
        const now = this.#deps.clock.now();
        const lost = { startedAt, now, reason: POD_GONE };
        yield lostTail(source, position, lost);
      }
    }
  }

  #selection(): Selection {
    return { labelSelector: ofRun(this.#begin.run) };
  }

  #tell(): void {
    this.#change.abort();
    this.#change = new AbortController();
  }
}

function uidOf(pod: V1Pod): string {
  return pod.metadata?.uid ?? '';
}

function jobState(job: V1Job | undefined): 'active' | 'over' {
  const isFinished = job?.status?.conditions?.some(
    ({ type, status }) =>
      status === 'True' && (type === 'Complete' || type === 'Failed'),
  );
  return job && !isFinished ? 'active' : 'over';
}

function unknownChange(change: never): Error {
  return new Error(`Unknown: ${JSON.stringify(change)}`);
}
