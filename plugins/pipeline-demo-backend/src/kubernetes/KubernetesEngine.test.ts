import { engineContract } from '../testing/engineContract';
import { createFakeClusterWorld } from '../testing/fakeClusterWorld';

engineContract('The Kubernetes engine, on a fake cluster', () =>
  createFakeClusterWorld(),
);
