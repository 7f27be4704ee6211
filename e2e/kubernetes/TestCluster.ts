import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';

/** What `scripts/cluster/openCluster.mjs` has found. */
interface ClusterDescription {
  readonly name: string;
  /** Program and first arguments. */
  readonly kubectl: readonly string[];
  readonly images: { readonly driver: string; readonly worker: string };
  /** Kills and pauses the node's components, where it is ours. */
  readonly tool?: string;
  /** The folder, on this machine, in which the kubelet keeps containers' logs. */
  readonly podLogs?: string;
}

/** An object as the API server has it. */
export interface ClusterObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** The cluster, seen past the product: with kubectl, as its administrator. */
export class TestCluster {
  readonly description: ClusterDescription;

  private constructor(description: ClusterDescription) {
    this.description = description;
  }

  /** The one that `npm run e2e` has opened. */
  static fromEnvironment(): TestCluster {
    const text = process.env.PIPELINE_DEMO_TEST_CLUSTER;
    if (!text) {
      throw new Error('npm run e2e starts these tests: they need a cluster.');
    }
    return new TestCluster(JSON.parse(text) as ClusterDescription);
  }

  async kubectl(...args: readonly string[]): Promise<string> {
    const [program, ...first] = this.description.kubectl;
    const { stdout } = await run(program, [...first, ...args], {
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout;
  }

  /** A kubectl that goes on until it is killed. */
  watch(...args: readonly string[]): ChildProcess {
    const [program, ...first] = this.description.kubectl;
    return spawn(program, [...first, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  /** Faults of the node: "kill", "kubelet". */
  async node(...args: readonly string[]): Promise<string> {
    const { tool } = this.description;
    if (!tool) {
      throw new Error('Only a node of our own can be broken.');
    }
    const { stdout } = await run(tool, [...args]);
    return stdout;
  }

  /** Objects of these kinds in a namespace: "jobs,pods". */
  async list(
    namespace: string,
    kinds: string,
    ...args: readonly string[]
  ): Promise<readonly ClusterObject[]> {
    const text = await this.kubectl(
      ...['--namespace', namespace, 'get', kinds, '--output', 'json'],
      ...args,
    );
    return (JSON.parse(text) as { items: readonly ClusterObject[] }).items;
  }
}
