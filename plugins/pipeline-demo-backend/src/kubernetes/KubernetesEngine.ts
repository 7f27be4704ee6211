import type {
  Capacity,
  Check,
  Footprint,
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
import { readCapacity } from './capacity';
import { checkCluster, checkHealth } from './checkCluster';
import type { Cluster } from './Cluster';
import { followRun } from './followRun';
import type { KubernetesOptions } from './KubernetesOptions';
import { launchRun } from './launchRun';
import { observeRun } from './observeRun';
import { readReport } from './readReport';
import { leftOf, removeRun } from './removeRun';
import { runIds } from './runIds';

/** What a Kubernetes engine is made of. */
export interface KubernetesEngineOptions {
  readonly cluster: Cluster;
  readonly options: KubernetesOptions;
  /** Tells this portal from others in the namespace: `databaseIdentity`. Fit for a label. */
  readonly portal: string;
  /** The folder with demo.nf, nextflow.config and bin/. */
  readonly workflowsDir: string;
  readonly clock: Clock;
}

/**
 * Runs in a cluster: a Job drives each run with Nextflow, which makes a Job
 * for each task. Nothing is remembered between two calls: what there is of a
 * run is what the API server has of it, by label. Runs of other portals in the
 * namespace are left alone.
 */
export class KubernetesEngine implements Engine {
  readonly name = 'kubernetes';
  readonly footprint: Footprint;
  readonly #deps: KubernetesEngineOptions;

  private constructor(deps: KubernetesEngineOptions) {
    const { driver, worker } = deps.options;
    this.#deps = deps;
    this.footprint = {
      driver: { cpu: driver.cpu, memory: driver.memory },
      worker: { cpu: worker.cpu, memory: worker.memory },
    };
  }

  static create(deps: KubernetesEngineOptions): KubernetesEngine {
    return new KubernetesEngine(deps);
  }

  launch(run: RunSpec, signal: AbortSignal): Promise<void> {
    return launchRun(this.#deps, run, signal);
  }

  observe(run: RunSpec, signal: AbortSignal): AsyncIterable<Fact> {
    const { cluster, clock, options } = this.#deps;
    const { startTimeoutMs } = options;
    return observeRun({ cluster, run, clock, startTimeoutMs }, signal);
  }

  follow(
    run: RunSpec,
    resume: ReadonlyMap<string, ResumePoint>,
    signal: AbortSignal,
  ): AsyncIterable<LogChunk> {
    const { cluster, clock } = this.#deps;
    return followRun({ cluster, run, clock }, resume, signal);
  }

  report(run: RunSpec, signal: AbortSignal): Promise<ReportReading> {
    return readReport(this.#deps.cluster, run, signal);
  }

  /** Both ways alike: a log is its pod's, and goes with it. */
  remove(
    run: RunSpec,
    _keep: 'logs' | 'nothing',
    signal: AbortSignal,
  ): Promise<void> {
    return removeRun({ ...this.#deps, run }, signal);
  }

  left(run: RunSpec, signal: AbortSignal): Promise<readonly string[]> {
    return leftOf({ ...this.#deps, run }, signal);
  }

  runIds(signal: AbortSignal): Promise<readonly string[]> {
    return runIds(this.#deps.cluster, this.#deps.portal, signal);
  }

  capacity(signal: AbortSignal): Promise<Capacity> {
    const { cluster, clock, options } = this.#deps;
    const { workerPlacement } = options;
    return readCapacity({ cluster, clock, workerPlacement }, signal);
  }

  health(signal: AbortSignal): Promise<EngineHealth> {
    return checkHealth(this.#deps, signal);
  }

  check(signal: AbortSignal): Promise<readonly Check[]> {
    return checkCluster(this.#deps, signal);
  }
}
