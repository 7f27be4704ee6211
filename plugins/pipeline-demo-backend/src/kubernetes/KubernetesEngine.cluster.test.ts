import { createClusterWorld } from '../testing/clusterWorld';
import { engineContract } from '../testing/engineContract';

/** Images, a JVM and the nodes take their time. */
const PATIENCE_MS = 4 * 60_000;

engineContract('The Kubernetes engine, on a real cluster', createClusterWorld, {
  patienceMs: PATIENCE_MS,
});
