import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { KubernetesOptions } from './KubernetesOptions';
import { objectName } from './objectNames';
import type { RunPlace } from './RunPlace';
import { folderOf, WORKSPACE } from './runParameters';

/** Puts the workflow into the run's folder, where workers find it too. */
export const PREPARE_CONTAINER = 'prepare';

/** Nextflow itself. */
export const DRIVER_CONTAINER = 'driver';

/** The `code` of the init step's message when the claim cannot be written. */
export const WORKSPACE_NOT_WRITABLE = 'WorkspaceNotWritable';

/** Where the ConfigMap is in the driver's pod. */
const WORKFLOW = '/workflow';

/** The user of all pods of a run. */
const USER_ID = 1000;

/** How long Nextflow may take to end when it is told to. */
const GRACE_SECONDS = 10;

const MILLICORES = 1000;

/** Halves what a short-lived JVM spends on compiling itself. */
const JVM_ARGS = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1';

/*
 * ConfigMaps have no folders and their files no mode, so the workflow is put
 * together on the claim. A portal has one run at a time: its other folders are
 * of runs that have ended. Those of other portals are theirs.
 */
const PREPARE = `
set -eu
fail() {
  printf '%s\\n' "$1" >&2
  printf '{"v":1,"kind":"error","code":"%s","message":"%s"}\\n' ${WORKSPACE_NOT_WRITABLE} "$1" > /dev/termination-log
  exit 1
}
mkdir -p "$FOLDER/bin" ||
  fail "The claim $CLAIM cannot be written by user $(id -u)."
for other in "\${FOLDER%/*}"/*/; do
  [ "$other" = "$FOLDER/" ] || rm -rf -- "$other" || echo "$other could not be removed."
done
cp "$WORKFLOW"/*.* "$FOLDER/" && cp "$WORKFLOW"/bin/* "$FOLDER/bin/" && chmod 755 "$FOLDER"/bin/* ||
  fail "The workflow could not be copied to the claim $CLAIM: is it full?"
echo "The workflow is in $FOLDER."
`;

/**
 * The pod in which Nextflow drives a run.
 *
 * @param items - the files of the ConfigMap: key and path
 */
export function driverPod(
  run: RunSpec,
  { portal }: RunPlace,
  items: readonly { readonly key: string; readonly path: string }[],
  options: KubernetesOptions,
): V1PodSpec {
  const folder = folderOf(run, portal);
  return {
    restartPolicy: 'Never',
    serviceAccountName: options.driver.serviceAccount,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    securityContext: {
      runAsUser: USER_ID,
      runAsGroup: USER_ID,
      runAsNonRoot: true,
      fsGroup: USER_ID,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    imagePullSecrets: options.imagePullSecrets.map(name => ({ name })),
    initContainers: [prepareContainer(folder, options)],
    containers: [driverContainer(run, folder, options)],
    volumes: [
      {
        name: 'workflow',
        configMap: { name: objectName(run), items: [...items] },
      },
      {
        name: 'workspace',
        persistentVolumeClaim: { claimName: options.claim },
      },
    ],
  };
}

function prepareContainer(
  folder: string,
  options: KubernetesOptions,
): V1Container {
  return {
    ...container(options),
    name: PREPARE_CONTAINER,
    command: ['bash', '-c', PREPARE],
    env: [
      { name: 'FOLDER', value: folder },
      { name: 'WORKFLOW', value: WORKFLOW },
      { name: 'CLAIM', value: options.claim },
    ],
    volumeMounts: [
      { name: 'workflow', mountPath: WORKFLOW, readOnly: true },
      { name: 'workspace', mountPath: WORKSPACE },
    ],
  };
}

function driverContainer(
  run: RunSpec,
  folder: string,
  options: KubernetesOptions,
): V1Container {
  return {
    ...container(options),
    name: DRIVER_CONTAINER,
    command: ['nextflow'],
    args: nextflowArguments(run, folder, options),
    // Nextflow's own files stay off the claim, which may be slow, or without locks.
    workingDir: '/tmp',
    env: [
      { name: 'HOME', value: '/tmp' },
      { name: 'LC_ALL', value: 'C.UTF-8' },
      { name: 'NXF_ANSI_LOG', value: 'false' },
      { name: 'NXF_DISABLE_CHECK_LATEST', value: 'true' },
      { name: 'NXF_JVM_ARGS', value: JVM_ARGS },
      {
        name: 'NODE_NAME',
        valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
      },
    ],
    volumeMounts: [{ name: 'workspace', mountPath: WORKSPACE }],
  };
}

function nextflowArguments(
  run: RunSpec,
  folder: string,
  options: KubernetesOptions,
): string[] {
  const node =
    options.workerPlacement === 'driver-node' ? ['--node', '$(NODE_NAME)'] : [];
  return [
    ...['-log', '/tmp/nextflow.log'],
    ...['run', `${folder}/demo.nf`],
    ...['-profile', 'k8s'],
    ...['-params-file', `${folder}/params.json`],
    ...['-name', run.id],
    ...['-work-dir', `${folder}/work`],
    ...['-ansi-log', 'false'],
    ...node,
  ];
}

/** What both containers have in common. */
function container({
  driver,
  imagePullPolicy,
}: KubernetesOptions): Pick<
  V1Container,
  | 'image'
  | 'imagePullPolicy'
  | 'resources'
  | 'securityContext'
  | 'terminationMessagePolicy'
> {
  const amount = {
    cpu: `${Math.round(driver.cpu * MILLICORES)}m`,
    memory: String(driver.memory),
  };
  return {
    image: driver.image,
    imagePullPolicy,
    resources: { requests: amount, limits: amount },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
    // What it leaves is the report, or why there is none; else its last words.
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}
