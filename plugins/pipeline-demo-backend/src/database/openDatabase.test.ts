import { DatabaseManager } from '@backstage/backend-defaults/database';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  ending,
  launched,
  sampleLines,
  sampleSpec,
} from '../testing/sampleRuns';
import { DatabaseLogStore } from './DatabaseLogStore';
import { DatabaseRunStore } from './DatabaseRunStore';
import { openDatabase } from './openDatabase';

describe('a SQLite file', () => {
  const directory = createMockDirectory();
  let service: DatabaseService;

  /** As a backend process does when it starts. */
  function start(): void {
    service = DatabaseManager.fromConfig(
      mockServices.rootConfig({
        data: {
          backend: {
            database: {
              client: 'better-sqlite3',
              connection: { directory: directory.path },
            },
          },
        },
      }),
    ).forPlugin('pipeline-demo', {
      logger: mockServices.logger.mock(),
      lifecycle: mockServices.lifecycle.mock(),
    });
  }

  async function stop(): Promise<void> {
    await (await service.getClient()).destroy();
  }

  beforeEach(start);
  afterEach(stop);

  it('can be read by others while we write, and is safe at a kill', async () => {
    const client = await openDatabase(service);
    expect(await client.raw('pragma journal_mode')).toEqual([
      { journal_mode: 'wal' },
    ]);
    const NORMAL = 1;
    expect(await client.raw('pragma synchronous')).toEqual([
      { synchronous: NORMAL },
    ]);
    expect(await client.raw('pragma foreign_keys')).toEqual([
      { foreign_keys: 1 },
    ]);
  });

  it('keeps runs, leases and lines over a restart', async () => {
    const spec = sampleSpec();
    const created = await (
      await DatabaseRunStore.create({ database: service })
    ).create(spec, { owner: 'before', leaseMs: 0 });
    if (created.type !== 'created') {
      throw new Error('The database was not empty');
    }
    const { events, snapshot } = launched(created.stored.run);
    let runs = await DatabaseRunStore.create({ database: service });
    let logs = await DatabaseLogStore.create({ database: service });
    await runs.append(created.lease, events, snapshot);
    await logs.append(
      created.lease,
      sampleLines(1, 3),
      new Map([['source', 'point']]),
    );

    await stop();
    start();
    runs = await DatabaseRunStore.create({ database: service });
    logs = await DatabaseLogStore.create({ database: service });

    expect(await runs.active()).toEqual({
      run: snapshot,
      epoch: 1,
      lastLine: 3,
    });
    expect(await logs.resumePoints(spec.id)).toEqual(
      new Map([['source', 'point']]),
    );
    const lease = await runs.takeLease(spec.id, 'after', 60_000);
    expect(lease).toMatchObject({ owner: 'after', epoch: 2 });
    const last = ending(snapshot);
    await runs.append(lease!, last.events, last.snapshot);
    expect((await runs.latest())?.run.phase).toBe('succeeded');
  });
});
