import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { appendContract } from './appendContract';
import { cancelContract } from './cancelContract';
import { createContract } from './createContract';
import { durationContract, historyContract } from './historyContract';
import { leaseContract } from './leaseContract';
import { logAppendContract } from './logAppendContract';
import { logReadContract } from './logReadContract';
import { pruneContract } from './pruneContract';

/**
 * What every RunStore promises, as tests. `setup` makes an empty store for
 * each of them.
 */
export function runStoreContract(
  name: string,
  setup: () => Promise<RunStore>,
): void {
  describe(`${name}, as a store of runs`, () => {
    let runs: RunStore;
    const store = () => runs;
    beforeEach(async () => {
      runs = await setup();
    });

    createContract(store);
    appendContract(store);
    leaseContract(store);
    cancelContract(store);
    historyContract(store);
    durationContract(store);

    it('answers a ping', async () => {
      await expect(runs.ping()).resolves.toBeUndefined();
    });
  });
}

/**
 * What every LogStore promises, with the RunStore on the same tables. `setup`
 * makes two empty stores for each test.
 */
export function logStoreContract(
  name: string,
  setup: () => Promise<{ readonly runs: RunStore; readonly logs: LogStore }>,
): void {
  describe(`${name}, as a store of lines`, () => {
    let both: { readonly runs: RunStore; readonly logs: LogStore };
    const stores = () => both;
    beforeEach(async () => {
      both = await setup();
    });

    logAppendContract(stores);
    logReadContract(stores);
    pruneContract(stores);
  });
}
