import { mockServices } from '@backstage/backend-test-utils';
import { sampleLines } from '../testing/sampleRuns';
import { openDatabase } from './openDatabase';
import { pruneRuns } from './pruneRuns';
import { toChunkRow } from './rows';
import { createTestDatabases } from './__testUtils__/testDatabases';

describe.each(createTestDatabases())('pruning on %s', (_, init) => {
  it('goes on where a killed process has left off', async () => {
    const client = await openDatabase(
      mockServices.database({ knex: await init() }),
    );
    for (const id of ['half-pruned', 'other']) {
      const chunks = sampleLines(1, 500).map(line => toChunkRow(id, [line]));
      await client.batchInsert('log_chunks', chunks, 100);
    }
    await client('pruned_runs').insert({ run_id: 'half-pruned' });

    const nothingNew = { keep: 1, endedBefore: 0 };
    expect(await pruneRuns(client, nothingNew)).toEqual([]);
    expect(await client('pruned_runs')).toEqual([]);
    const left: { run_id: string }[] = await client('log_chunks').select(
      'run_id',
    );
    expect(left).toHaveLength(500);
    expect(new Set(left.map(({ run_id }) => run_id))).toEqual(
      new Set(['other']),
    );
  });
});
