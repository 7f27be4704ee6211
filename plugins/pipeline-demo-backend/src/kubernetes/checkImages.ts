import type { CoreV1Event } from '@kubernetes/client-node';
import type { Check } from 'backstage-plugin-pipeline-demo-common';
import type { CheckDeps } from './checkCluster';

const BASE = { id: 'images', title: 'Images' };

/** What kubelets say of an image that they have, or cannot get. */
const HAS = 'Pulled';
const HAS_NOT: readonly string[] = [
  'Failed',
  'InspectFailed',
  'ErrImageNeverPull',
];

/**
 * What nodes have said of the images lately: only a node can tell whether it
 * can get them, and it does so when a pod needs them.
 */
export async function checkImages(
  { cluster, options }: CheckDeps,
  signal: AbortSignal,
): Promise<Check> {
  const images = [options.driver.image, options.worker.image];
  const { items } = await cluster.list<CoreV1Event>('events', {}, signal);
  const told = [...items].sort((a, b) => timeOf(a) - timeOf(b));
  const failed = images.flatMap(image => {
    const newest = told.findLast(event => speaksOf(event, image));
    return newest && newest.reason !== HAS ? [newest] : [];
  });
  if (failed.length > 0) {
    return {
      ...BASE,
      status: 'failed',
      sentence: `A node could not get an image: ${failed[0].message}`,
      repair: `Correct pipelineDemo.kubernetes.driver.image or worker.image, give the right to pull it (imagePullSecrets), or load it into the nodes. The pull policy is ${options.imagePullPolicy}.`,
    };
  }
  const seen = images.every(image =>
    told.some(event => speaksOf(event, image)),
  );
  const names = [...new Set(images)].join(' and ');
  return seen
    ? { ...BASE, status: 'ok', sentence: `Nodes have had ${names} lately.` }
    : {
        ...BASE,
        status: 'skipped',
        sentence: `Not known before the next run: no node has asked for ${names} lately.`,
      };
}

function speaksOf({ reason = '', message = '' }: CoreV1Event, image: string) {
  const isAbout = reason === HAS || HAS_NOT.includes(reason);
  return isAbout && message.includes(`"${image}"`);
}

/** Epoch milliseconds. */
function timeOf({ lastTimestamp, eventTime, metadata }: CoreV1Event): number {
  const at = lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
  return at === undefined ? 0 : new Date(at).getTime();
}
