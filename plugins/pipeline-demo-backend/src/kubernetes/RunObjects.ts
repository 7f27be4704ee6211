import type {
  CoreV1Event,
  KubernetesObject,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import type { ObjectChange } from './watchObjects';

/** Objects by uid, with those that are gone as they were last seen. */
class Shelf<T extends KubernetesObject> {
  readonly #there = new Map<string, T>();
  readonly #gone = new Map<string, T>();
  #isComplete = false;

  /** Whether a complete list was seen. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  get there(): readonly T[] {
    return [...this.#there.values()];
  }

  get gone(): readonly T[] {
    return [...this.#gone.values()];
  }

  apply(change: ObjectChange<T>): void {
    switch (change.type) {
      case 'all':
        this.#replace(change.objects);
        break;
      case 'put':
        this.#there.set(uidOf(change.object), change.object);
        break;
      case 'gone':
        this.#remove(change.object);
        break;
      case 'heard':
      case 'lost':
        break;
      default:
        throw unknownChange(change);
    }
  }

  #replace(objects: readonly T[]): void {
    const before = this.there;
    this.#there.clear();
    objects.forEach(object => this.#there.set(uidOf(object), object));
    before
      .filter(object => !this.#there.has(uidOf(object)))
      .forEach(object => this.#gone.set(uidOf(object), object));
    this.#isComplete = true;
  }

  #remove(object: T): void {
    this.#there.delete(uidOf(object));
    this.#gone.set(uidOf(object), object);
  }
}

/** What is known of a run's objects. */
export class RunObjects {
  readonly jobs = new Shelf<V1Job>();
  readonly pods = new Shelf<V1Pod>();
  readonly events = new Shelf<CoreV1Event>();

  static create(): RunObjects {
    return new RunObjects();
  }

  private constructor() {}

  /** Whether absence means something: Jobs and pods were listed. */
  get isComplete(): boolean {
    return this.jobs.isComplete && this.pods.isComplete;
  }

  /** Events about one of these objects, oldest first. */
  eventsOf(
    ...objects: readonly (KubernetesObject | undefined)[]
  ): readonly CoreV1Event[] {
    const uids = objects.map(object => object?.metadata?.uid);
    return this.events.there
      .filter(({ involvedObject }) => uids.includes(involvedObject.uid))
      .sort((a, b) => timeOf(a) - timeOf(b));
  }
}

/** Epoch milliseconds at which it was last seen. */
function timeOf({ lastTimestamp, eventTime, metadata }: CoreV1Event): number {
  const at = lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
  return at === undefined ? 0 : new Date(at).getTime();
}

function uidOf({ metadata }: KubernetesObject): string {
  return metadata?.uid ?? '';
}

function unknownChange(change: never): Error {
  return new Error(`Unknown change: ${JSON.stringify(change)}`);
}
