import { mockServices } from '@backstage/backend-test-utils';
import { useRunWorld } from '../testing/useRunWorld';
import { pruneRuns } from './pruneRuns';

const world = useRunWorld({ linesPerTask: 1 });
const logger = mockServices.logger.mock();

describe('pruneRuns', () => {
  const ids = async () =>
    (await world().runs.history({ limit: 100 })).runs.map(({ run }) => run.id);

  /** Three runs, the newest first, and how old each is. */
  async function threeRuns() {
    const { id, start } = await world().started();
    const made = [id];
    await world().ended(id);
    for (let more = 0; more < 2; more += 1) {
      await world().clock.advance(60_000);
      const { stored } = await world().clock.finish(start());
      await world().ended(stored.run.id);
      made.unshift(stored.run.id);
    }
    return made;
  }

  it('keeps the newest, and forgets all of the others', async () => {
    const [newest, , oldest] = await threeRuns();
    const deps = { runs: world().runs, clock: world().clock, logger };
    await pruneRuns(deps, { keepRuns: 1, maxAgeMs: 3_600_000 });

    expect(await ids()).toEqual([newest]);
    expect(await world().lines(oldest)).toEqual([]);
    expect(await world().runs.events(oldest, 0, 10)).toEqual([]);
  });

  it('forgets what ended too long ago', async () => {
    const [newest, middle] = await threeRuns();
    const deps = { runs: world().runs, clock: world().clock, logger };
    await pruneRuns(deps, { keepRuns: 100, maxAgeMs: 90_000 });

    expect(await ids()).toEqual([newest, middle]);
  });

  it('never forgets the active run', async () => {
    const { id } = await world().started();
    const deps = { runs: world().runs, clock: world().clock, logger };
    await pruneRuns(deps, { keepRuns: 0, maxAgeMs: 0 });

    expect(await ids()).toEqual([id]);
  });
});
