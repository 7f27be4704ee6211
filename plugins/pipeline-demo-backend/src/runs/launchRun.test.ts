import { LaunchRefusedError } from '../ports/Engine';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();

describe('launches', () => {
  it('again and again after errors that may pass, and once only', async () => {
    world().fake.faults.launchErrors = Array.from(
      { length: 4 },
      () => new Error('no connection'),
    );
    const run = await world().ended((await world().started()).id);

    expect(run.phase).toBe('succeeded');
    expect(world().fake.made).toHaveLength(1);
  });

  it('not again when the engine refuses the run', async () => {
    const refusal = new LaunchRefusedError(
      'The quota allows no pod at all.',
      'QuotaExceeded',
    );
    world().fake.faults.launchErrors = [refusal];
    const run = await world().ended((await world().started()).id);

    expect(run.phase).toBe('failed');
    expect(run.outcome).toEqual({
      type: 'failed',
      reason: 'launch-refused',
      message: refusal.message,
      code: refusal.code,
    });
    expect(world().fake.made).toEqual([]);
    expect(run.gaps).toEqual([]);
  });

  it('for ten minutes at the most', async () => {
    world().fake.faults.launchErrors = Array.from(
      { length: 1_000 },
      () => new Error('no connection'),
    );
    const run = await world().ended((await world().started()).id);

    expect(run.outcome).toMatchObject({
      reason: 'deadline',
      message: expect.stringContaining('no connection'),
    });
    const minutes = ((run.endedAt ?? 0) - run.createdAt) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(10);
    expect(minutes).toBeLessThan(11);
  });
});
