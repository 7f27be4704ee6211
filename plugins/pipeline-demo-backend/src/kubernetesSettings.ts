import { DEFAULT_FOOTPRINT } from 'backstage-plugin-pipeline-demo-common';
import type { ClusterAddress } from './kubernetes/kubeConfig';
import type { KubernetesOptions } from './kubernetes/KubernetesOptions';
import { parseQuantity } from './kubernetes/quantities';
import {
  duration,
  listOf,
  objectName,
  oneOf,
  quantity,
  text,
  wholeNumber,
  yesOrNo,
} from './readSetting';
import type { ReadValue } from './readSetting';

/** The Kubernetes engine, as an operator has it. */
export interface KubernetesSettings extends ClusterAddress {
  readonly type: 'kubernetes';
  readonly namespace: string;
  readonly options: KubernetesOptions;
}

const SECOND_MS = 1_000;
const MINUTE = { ms: 60 * SECOND_MS, words: '1 minute' };
const TEN_SECONDS = { ms: 10 * SECOND_MS, words: '10 seconds' };
const DAY = { ms: 24 * 60 * MINUTE.ms, words: '1 day' };
const THIRTY_DAYS = { ms: 30 * DAY.ms, words: '30 days' };
const DEADLINE_MS = 15 * MINUTE.ms;
const START_TIMEOUT_MS = 5 * MINUTE.ms;
const KEEP_FINISHED_MS = 2 * DAY.ms;

const MIB = 2 ** 20;
const TIB = 2 ** 40;

/** Nextflow's JVM does not start with less. */
const DRIVER_MEMORY = quantity(parseQuantity, {
  min: { amount: 256 * MIB, words: '256Mi' },
  max: { amount: TIB, words: '1Ti' },
  example: '4Gi',
});
const WORKER_MEMORY = quantity(parseQuantity, {
  min: { amount: 16 * MIB, words: '16Mi' },
  max: { amount: TIB, words: '1Ti' },
  example: '3814Mi',
});
const DRIVER_CPU = quantity(parseQuantity, {
  min: { amount: 0.1, words: '100m' },
  max: { amount: 64, words: '64' },
  example: '500m',
});

/** Every key there is under `pipelineDemo.kubernetes`, and how it is read. */
export const KUBERNETES_KEYS = {
  'kubernetes.kubeconfig': text('/etc/pipeline-demo/kubeconfig'),
  'kubernetes.context': text('homelab'),
  'kubernetes.namespace': objectName('pipeline-demo'),
  'kubernetes.driver.image': text('nextflow/nextflow:25.04.4'),
  'kubernetes.driver.cpu': DRIVER_CPU,
  'kubernetes.driver.memory': DRIVER_MEMORY,
  'kubernetes.driver.serviceAccount': objectName('pipeline-demo-driver'),
  'kubernetes.worker.image': text('ubuntu:24.04'),
  // Nextflow knows no parts of a processor.
  'kubernetes.worker.cpu': wholeNumber(1, 64),
  'kubernetes.worker.memory': WORKER_MEMORY,
  'kubernetes.worker.serviceAccount': objectName('pipeline-demo-worker'),
  'kubernetes.claim': objectName('pipeline-demo-work'),
  'kubernetes.workersOnDriverNode': yesOrNo(),
  'kubernetes.imagePullPolicy': oneOf([
    'Always',
    'IfNotPresent',
    'Never',
  ] as const),
  'kubernetes.imagePullSecrets': listOf(objectName('registry')),
  'kubernetes.deadline': duration(MINUTE, DAY),
  'kubernetes.startTimeout': duration(TEN_SECONDS, DAY),
  'kubernetes.keepFinished': duration(MINUTE, THIRTY_DAYS),
} as const;

type Keys = typeof KUBERNETES_KEYS;
type ValueOf<K extends keyof Keys> = Keys[K] extends ReadValue<infer T>
  ? T
  : never;

/** Reads a key; without a value there, `otherwise`. */
export type ReadKey = <K extends keyof Keys, O>(
  key: K,
  otherwise: O,
) => ValueOf<K> | O;

/** @param pace - stretches the time that tasks take: $PIPELINE_DEMO_PACE, or 1 */
export function readKubernetes(
  read: ReadKey,
  pace: number,
): KubernetesSettings {
  const { driver, worker } = DEFAULT_FOOTPRINT;
  return {
    type: 'kubernetes',
    kubeconfig: read('kubernetes.kubeconfig', undefined),
    context: read('kubernetes.context', undefined),
    namespace: read('kubernetes.namespace', 'pipeline-demo'),
    options: {
      driver: {
        image: read('kubernetes.driver.image', 'nextflow/nextflow:25.04.4'),
        cpu: read('kubernetes.driver.cpu', driver.cpu),
        memory: read('kubernetes.driver.memory', driver.memory),
        serviceAccount: read(
          'kubernetes.driver.serviceAccount',
          'pipeline-demo-driver',
        ),
      },
      worker: {
        image: read('kubernetes.worker.image', 'ubuntu:24.04'),
        cpu: read('kubernetes.worker.cpu', worker.cpu),
        memory: read('kubernetes.worker.memory', worker.memory),
        serviceAccount: read(
          'kubernetes.worker.serviceAccount',
          'pipeline-demo-worker',
        ),
      },
      claim: read('kubernetes.claim', 'pipeline-demo-work'),
      workerPlacement: read('kubernetes.workersOnDriverNode', true)
        ? 'driver-node'
        : 'any-node',
      imagePullPolicy: read('kubernetes.imagePullPolicy', 'IfNotPresent'),
      imagePullSecrets: read('kubernetes.imagePullSecrets', []),
      deadlineMs: read('kubernetes.deadline', DEADLINE_MS),
      startTimeoutMs: read('kubernetes.startTimeout', START_TIMEOUT_MS),
      keepFinishedMs: read('kubernetes.keepFinished', KEEP_FINISHED_MS),
      pace,
    },
  };
}
