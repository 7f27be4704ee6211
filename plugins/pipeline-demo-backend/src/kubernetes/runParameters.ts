import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { KubernetesOptions } from './KubernetesOptions';
import { APP } from './objectNames';
import type { RunPlace } from './RunPlace';

/** Where the claim is, in every pod of a run. */
export const WORKSPACE = '/workspace';

const MIB = 2 ** 20;

/** The folder of a run on the claim, beside those of the same portal. */
export function folderOf({ id }: Pick<RunSpec, 'id'>, portal: string): string {
  return `${WORKSPACE}/runs/${portal}/${id}`;
}

/** What a run's Nextflow is told: the parameters of workflows/nextflow.config. */
export function runParameters(
  run: RunSpec,
  { namespace, portal }: RunPlace,
  options: KubernetesOptions,
): object {
  const { worker, claim, imagePullPolicy, imagePullSecrets } = options;
  return {
    batches: run.batchCount,
    seed: run.seed,
    pace: options.pace,
    outdir: `${folderOf(run, portal)}/results`,
    report_to: '/dev/termination-log',
    run_id: run.id,
    portal,
    app: APP,
    namespace,
    service_account: worker.serviceAccount,
    claim,
    image: worker.image,
    pull_policy: imagePullPolicy,
    pull_secrets: imagePullSecrets.join(','),
    cpus: worker.cpu,
    // To Nextflow "MB" is 2^20 bytes.
    memory: `${Math.floor(worker.memory / MIB)} MB`,
    queue_size: run.batchCount,
    ttl_seconds: Math.ceil(options.keepFinishedMs / 1000),
  };
}
