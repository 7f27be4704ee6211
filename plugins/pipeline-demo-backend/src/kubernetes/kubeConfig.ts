import { KubeConfig } from '@kubernetes/client-node';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Which cluster, and as whom. */
export interface ClusterAddress {
  /** Path of a kubeconfig. */
  readonly kubeconfig?: string;
  /** A context of the kubeconfig; without it, its current one. */
  readonly context?: string;
}

/** What Kubernetes mounts into each pod that may speak to the API server. */
const SERVICE_ACCOUNT_TOKEN =
  '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * The way to a cluster: the kubeconfig that is named; else, inside of a pod,
 * its service account; else what `kubectl` would use.
 *
 * @throws Error with a sentence when there is none
 */
export function loadKubeConfig({
  kubeconfig,
  context,
}: ClusterAddress): KubeConfig {
  const config = new KubeConfig();
  if (kubeconfig !== undefined) {
    loadFile(config, kubeconfig);
  } else if (context === undefined && isInCluster()) {
    config.loadFromCluster();
  } else {
    loadDefault(config);
  }
  if (context !== undefined) {
    selectContext(config, context);
  }
  if (!config.getCurrentCluster()) {
    throw new Error(
      `The kubeconfig's context '${config.getCurrentContext()}' names no cluster.`,
    );
  }
  return config;
}

function isInCluster(): boolean {
  return (
    process.env.KUBERNETES_SERVICE_HOST !== undefined &&
    existsSync(SERVICE_ACCOUNT_TOKEN)
  );
}

function loadFile(config: KubeConfig, file: string): void {
  try {
    config.loadFromFile(file);
  } catch (cause) {
    // The parser's own message may quote the file, which holds credentials.
    const why = existsSync(file) ? 'it is no kubeconfig' : 'it is not there';
    throw new Error(`The kubeconfig ${file} cannot be used: ${why}.`, {
      cause: cause instanceof Error ? cause.name : undefined,
    });
  }
}

/** Without the client's last resort, an open port on this machine. */
function loadDefault(config: KubeConfig): void {
  const files = process.env.KUBECONFIG
    ? process.env.KUBECONFIG.split(':').filter(file => file !== '')
    : [join(process.env.HOME ?? '/', '.kube', 'config')];
  if (!files.some(file => existsSync(file))) {
    throw new Error(
      `There is no way to a cluster: ${files.join(
        ', ',
      )} is not there, and this is no pod. Set pipelineDemo.kubernetes.kubeconfig.`,
    );
  }
  config.loadFromDefault();
}

function selectContext(config: KubeConfig, context: string): void {
  if (!config.getContextObject(context)) {
    const known = config.getContexts().map(({ name }) => `'${name}'`);
    throw new Error(
      `The kubeconfig has no context '${context}': it has ${
        known.join(', ') || 'none'
      }.`,
    );
  }
  config.setCurrentContext(context);
}
