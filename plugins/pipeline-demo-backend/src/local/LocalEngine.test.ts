import { engineContract } from '../testing/engineContract';
import { createLocalWorld } from '../testing/localWorld';

engineContract('LocalEngine', () => createLocalWorld());
