import { plan } from 'backstage-plugin-pipeline-demo-common';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();

describe('drives a run', () => {
  it('from the click to success', async () => {
    const { id } = await world().started(3);
    const run = await world().ended(id);

    expect(run.phase).toBe('succeeded');
    expect(run.report?.batchCount).toBe(3);
    expect(run.tasks.map(({ phase }) => phase)).toEqual(
      plan(3).tasks.map(() => 'succeeded'),
    );
    const lines = await world().lines(id);
    expect(lines).toHaveLength(world().fake.made[0].output.length);
    expect(run.logsComplete).toEqual({ lastLine: lines.length });
    expect(await world().engine.left(run)).toEqual([]);
    const last = await world().runs.events(id, run.event - 1, 10);
    expect(last).toMatchObject([{ type: 'NothingLeft' }]);
  });

  it('with what the engine has told of its driver', async () => {
    const reason = { code: 'Unschedulable', message: 'No room.' };
    const driver = { phase: 'waiting', since: 1, reason } as const;
    world().fake.script = { ...world().fake.script, driver };
    const run = await world().ended((await world().started()).id);

    expect(run.phase).toBe('succeeded');
    expect(run.driver).toEqual(driver);
  });

  it('to its failure, when a task fails', async () => {
    world().fake.script = {
      linesPerTask: 2,
      stepMs: 100,
      failingTask: 'ANALYZE:2',
    };
    const run = await world().ended((await world().started()).id);

    expect(run.phase).toBe('failed');
    expect(run.outcome).toMatchObject({ reason: 'task-failed' });
    expect(run.report).toBeUndefined();
    expect(run.reportProblem).toBeUndefined();
  });

  it('through the deadline, and ends what still runs', async () => {
    const { id } = await world().started();
    await world().reached(id, 'running');
    const at = world().clock.now();
    world().fake.made[0].end({ type: 'deadline', at, message: 'too long' });
    const run = await world().ended(id);

    expect(run.phase).toBe('failed');
    expect(run.outcome).toMatchObject({ reason: 'deadline' });
    expect(await world().engine.left(run)).toEqual([]);
  });

  it('to its failure, when its job was deleted by somebody else', async () => {
    const { id } = await world().started();
    await world().reached(id, 'running');
    world().fake.runs.delete(id);
    const run = await world().ended(id);

    expect(run.outcome).toMatchObject({ reason: 'job-deleted' });
  });
});
