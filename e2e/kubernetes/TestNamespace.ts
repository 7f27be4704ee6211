import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestCluster } from './TestCluster.ts';

/** A patch of Kustomize, for what shall differ from deploy/. */
export interface Patch {
  readonly target: { readonly kind: string; readonly name?: string };
  readonly patch: string;
}

const TOKEN_HOURS = 12;

/** Namespaces that tests have left, for the look at them a minute later. */
const LEFT = resolve('node_modules/.cache/pipeline-demo/namespaces');

/** A namespace with deploy/ in it. What is not of a run is left as it is. */
export class TestNamespace {
  readonly name: string;
  readonly #cluster: TestCluster;

  private constructor(cluster: TestCluster, name: string) {
    this.#cluster = cluster;
    this.name = name;
  }

  static async create(
    cluster: TestCluster,
    patches: readonly Patch[],
  ): Promise<TestNamespace> {
    const { deployTo } = await import('../../scripts/cluster/deployTo.mjs');
    const name = `pd-${randomBytes(4).toString('hex')}`;
    deployTo(cluster.description, name, [...patches]);
    return new TestNamespace(cluster, name);
  }

  /**
   * A kubeconfig with the rights that deploy/ gives to a backend.
   *
   * @returns its path
   */
  async kubeconfig(folder: string): Promise<string> {
    const view = await this.#cluster.kubectl(
      ...['config', 'view', '--raw', '--minify', '--flatten'],
      ...['--output', 'jsonpath={.clusters[0].cluster}'],
    );
    const token = await this.kubectl(
      ...['create', 'token', 'pipeline-demo-backend'],
      ...['--duration', `${TOKEN_HOURS}h`],
    );
    const file = join(folder, 'kubeconfig');
    const name = 'test';
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name, cluster: JSON.parse(view) }],
        users: [{ name, user: { token: token.trim() } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
        'current-context': name,
      }),
    );
    return file;
  }

  kubectl(...args: readonly string[]): Promise<string> {
    return this.#cluster.kubectl('--namespace', this.name, ...args);
  }

  /** Names of all objects of runs, by label. */
  async ofRuns(): Promise<readonly string[]> {
    const objects = await this.#cluster.list(
      this.name,
      'jobs,pods,configmaps',
      '--selector=pipeline-demo/run-id',
    );
    return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  /** Names of all Jobs and pods, whoever made them. */
  async atWork(): Promise<readonly string[]> {
    const objects = await this.#cluster.list(this.name, 'jobs,pods');
    return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  /** Notes that the test is over, and this stays for a last look. */
  leave(): void {
    const left: LeftNamespace = { name: this.name, at: Date.now() };
    appendFileSync(LEFT, `${JSON.stringify(left)}\n`);
  }
}

/** A namespace in which no test is at work any more. */
export interface LeftNamespace {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Those that tests have left since the last `forgetLeft`. */
export function leftNamespaces(): readonly LeftNamespace[] {
  const lines = existsSync(LEFT) ? readFileSync(LEFT, 'utf8').split('\n') : [];
  return lines
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as LeftNamespace);
}

export function forgetLeft(): void {
  rmSync(LEFT, { force: true });
}
