import { mockServices } from '@backstage/backend-test-utils';
import type {
  Run,
  RunEvent,
  RunEventBody,
} from 'backstage-plugin-pipeline-demo-common';
import { LeaseLostError } from '../ports/RunStore';
import type { RunStore } from '../ports/RunStore';
import { override } from '../testing/override';
import { useRunWorld } from '../testing/useRunWorld';
import { RunJournal } from './RunJournal';

const world = useRunWorld();
const logger = mockServices.logger.mock();

async function setup(change?: (runs: RunStore) => Partial<RunStore>) {
  const { clock, runs: real } = world();
  const created = await real.create(
    {
      id: 'r1',
      batchCount: 1,
      engine: 'local',
      createdBy: 'user:default/guest',
      createdAt: clock.now(),
      seed: 1,
    },
    { owner: 'me', leaseMs: 600_000 },
  );
  if (created.type !== 'created') {
    throw new Error('There is a run already');
  }
  const runs = change ? override(real, change(real)) : real;
  const stored: (readonly RunEvent[])[] = [];
  const failures: unknown[] = [];
  const abort = new AbortController();
  const journal = RunJournal.open({
    ...{ clock, runs, logger, lease: created.lease, signal: abort.signal },
    run: created.stored.run,
    onStored: events => stored.push(events),
    onFailure: error => failures.push(error),
  });
  return { journal, stored, failures, abort };
}

function moved(task: string, phase: 'waiting' | 'running'): RunEventBody {
  const attempt = { uid: task, createdAt: 1, phase };
  return { type: 'TaskMoved', at: 1, task, attempt };
}

describe('RunJournal', () => {
  it('numbers what changes the run, and leaves out what does not', async () => {
    const { journal, stored } = await setup();
    journal.add({ type: 'Launched', at: 1 });
    journal.add({ type: 'Launched', at: 2 });
    journal.add(moved('GENERATE:1', 'waiting'));
    journal.add(moved('GENERATE:1', 'waiting'));
    await journal.settled();

    expect(stored.flat()).toMatchObject([
      { type: 'Launched', event: 1 },
      { type: 'TaskMoved', event: 2 },
    ]);
    expect(await world().runs.events('r1', 0, 10)).toEqual(stored.flat());
    expect(journal.run).toEqual(await world().run('r1'));
  });

  it('stores facts that come during a write in one transaction', async () => {
    const { journal, stored } = await setup();
    journal.add({ type: 'Launched', at: 1 });
    journal.add(moved('GENERATE:1', 'waiting'));
    journal.add(moved('GENERATE:1', 'running'));
    journal.add(moved('ANALYZE:1', 'waiting'));
    await journal.settled();

    expect(stored.map(events => events.length)).toEqual([1, 3]);
  });

  it('shows nothing that is not stored', async () => {
    const seen: Run[] = [];
    const { journal } = await setup(runs => ({
      append: async (...args) => {
        seen.push(journal.run);
        await runs.append(...args);
      },
    }));
    journal.add({ type: 'Launched', at: 1 });
    await journal.settled();

    expect(seen.map(({ phase }) => phase)).toEqual(['queued']);
    expect(journal.run.phase).toBe('starting');
  });

  it('aborts a watch when the stored run is no longer as wanted', async () => {
    const { journal } = await setup();
    const queued = journal.during(({ phase }) => phase === 'queued');
    const active = journal.during(({ phase }) => phase !== 'cancelling');
    expect(queued.aborted).toBe(false);
    journal.add({ type: 'Launched', at: 1 });
    await journal.settled();

    expect([queued.aborted, active.aborted]).toEqual([true, false]);
    expect(journal.during(({ phase }) => phase === 'queued').aborted).toBe(
      true,
    );
  });

  it('drops no event when writes fail, and doubles none that was stored', async () => {
    let call = 0;
    const { journal, stored } = await setup(runs => ({
      append: async (...args) => {
        call += 1;
        if (call === 1) {
          throw new Error('connection refused');
        }
        await runs.append(...args);
        if (call === 2) {
          throw new Error('connection lost after the commit');
        }
      },
    }));
    journal.add({ type: 'Launched', at: 1 });
    journal.add(moved('GENERATE:1', 'waiting'));
    await world().clock.finish(journal.settled());

    expect(call).toBe(3);
    expect(await world().runs.events('r1', 0, 10)).toEqual(stored.flat());
    expect(stored.flat().map(({ event }) => event)).toEqual([1, 2]);
  });

  it('writes nothing when the lease is lost, and says so', async () => {
    const { journal, stored, failures } = await setup();
    await world().runs.takeLease('r1', 'me', 600_000);
    journal.add({ type: 'Launched', at: 1 });
    await journal.settled();

    expect(failures).toEqual([expect.any(LeaseLostError)]);
    expect(stored).toEqual([]);
    expect(await world().runs.events('r1', 0, 10)).toEqual([]);
    expect(journal.run.phase).toBe('queued');
  });

  it('writes nothing after its keeper has stopped', async () => {
    const { journal, stored, failures, abort } = await setup();
    abort.abort(new Error('stopped'));
    journal.add({ type: 'Launched', at: 1 });
    await journal.settled();

    expect(failures).toEqual([new Error('stopped')]);
    expect(stored).toEqual([]);
    expect(await world().runs.events('r1', 0, 10)).toEqual([]);
  });
});
