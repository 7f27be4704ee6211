import type { KubernetesObject, V1ObjectMeta } from '@kubernetes/client-node';
import { randomUUID } from 'node:crypto';
import type { Resource } from '../kubernetes/Cluster';

/** An object as the API server keeps it. */
export interface FakeObject extends KubernetesObject {
  metadata: V1ObjectMeta;
}

/** A line of a watch. */
export interface FakeChange {
  readonly version: number;
  readonly resource: Resource;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: FakeObject;
}

/** The time as Kubernetes writes it in most places: whole seconds. */
export function secondsNow(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

/** Objects by resource and name, each change of which has a version: etcd, so to speak. */
export class FakeObjects {
  readonly #objects = new Map<string, FakeObject>();
  readonly #listeners = new Set<() => void>();
  readonly #created: [Resource, FakeObject][] = [];
  #history: FakeChange[] = [];
  #version = 1000;
  #forgottenUpTo = 0;

  get version(): number {
    return this.#version;
  }

  list<T extends KubernetesObject>(resource: Resource): T[] {
    return [...this.#objects]
      .filter(([key]) => key.startsWith(`${resource}/`))
      .map(([, object]) => structuredClone(object) as unknown as T);
  }

  get<T extends KubernetesObject>(
    resource: Resource,
    name: string,
  ): T | undefined {
    const found = this.#objects.get(`${resource}/${name}`);
    return found && (structuredClone(found) as unknown as T);
  }

  /** Every object there ever was, as it was created. */
  everSeen<T extends KubernetesObject>(resource: Resource): T[] {
    return this.#created
      .filter(([of]) => of === resource)
      .map(([, object]) => object as unknown as T);
  }

  /** Creates an object: it gets its uid and the time. */
  create(resource: Resource, object: KubernetesObject): FakeObject {
    const { name, generateName, ...metadata } = object.metadata ?? {};
    const full: FakeObject = {
      ...object,
      metadata: {
        ...metadata,
        name: name ?? `${generateName}${randomUUID().slice(0, 5)}`,
        uid: randomUUID(),
        creationTimestamp: secondsNow() as unknown as Date,
      },
    };
    this.#created.push([resource, full]);
    this.#store(resource, 'ADDED', full);
    return full;
  }

  /** Changes an object, if it is still there. */
  change<T extends KubernetesObject>(
    resource: Resource,
    name: string,
    apply: (object: T) => void,
  ): void {
    const object = this.get<T>(resource, name);
    if (object) {
      apply(object);
      this.#store(resource, 'MODIFIED', object as unknown as FakeObject);
    }
  }

  remove(resource: Resource, name: string): void {
    const object = this.get<FakeObject>(resource, name);
    if (object) {
      this.#store(resource, 'DELETED', object);
    }
  }

  /** Changes after a version. @returns undefined when that is too long ago */
  since(version: number): readonly FakeChange[] | undefined {
    return version < this.#forgottenUpTo
      ? undefined
      : this.#history.filter(change => change.version > version);
  }

  /** Forgets the history, as etcd does now and then. */
  compact(): void {
    this.#forgottenUpTo = this.#version;
    this.#history = [];
  }

  /** @returns what ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #store(
    resource: Resource,
    type: FakeChange['type'],
    object: FakeObject,
  ): void {
    this.#version += 1;
    object.metadata.resourceVersion = String(this.#version);
    const key = `${resource}/${object.metadata.name}`;
    if (type === 'DELETED') {
      this.#objects.delete(key);
    } else {
      this.#objects.set(key, structuredClone(object));
    }
    const copy = structuredClone(object);
    this.#history.push({
      version: this.#version,
      resource,
      type,
      object: copy,
    });
    [...this.#listeners].forEach(listener => listener());
  }
}
