import { ConflictError, NotFoundError } from '@backstage/errors';
import type { TaskId } from 'backstage-plugin-pipeline-demo-common';
import type { Breaker } from '../ports/Breaker';
import { useRunWorld } from '../testing/useRunWorld';
import { NotOfferedError, UnknownTaskError, breakTask } from './breakTask';

const world = useRunWorld();

/** Breaks, or says that there was nothing to break; remembers what it was asked for. */
function fakeBreaker(does: 'break' | 'nothing') {
  const asked: [string, TaskId][] = [];
  const breaker: Breaker = {
    breakTask: async ({ id }, task) => {
      asked.push([id, task]);
      return does === 'break';
    },
  };
  return { asked, breaker };
}

const depsWith = (breaker: Breaker | undefined) => {
  const { runs, clock } = world();
  return { runs, clock, breaker, signal: new AbortController().signal };
};

async function runningTask() {
  const { id } = await world().started();
  await world().reached(id, 'running');
  let task: TaskId | undefined;
  await world().clock.until(async () => {
    const { tasks } = await world().run(id);
    task = tasks.find(({ phase }) => phase === 'running')?.id;
    return task !== undefined;
  });
  return { runId: id, task: task as TaskId };
}

describe('breakTask', () => {
  it('breaks a running task, and shows the run as it was', async () => {
    const { asked, breaker } = fakeBreaker('break');
    const { runId, task } = await runningTask();
    const stored = await breakTask(depsWith(breaker), { runId, task });

    expect(asked).toEqual([[runId, task]]);
    expect(stored.run.id).toBe(runId);
  });

  it('says so when nothing of it runs any more', async () => {
    const { breaker } = fakeBreaker('nothing');
    await expect(
      breakTask(depsWith(breaker), await runningTask()),
    ).rejects.toThrow(ConflictError);
  });

  it('does not touch a task that does not run', async () => {
    const { asked, breaker } = fakeBreaker('break');
    const { runId } = await runningTask();
    await expect(
      breakTask(depsWith(breaker), { runId, task: 'REPORT' }),
    ).rejects.toThrow('REPORT does not run');
    expect(asked).toEqual([]);
  });

  it('knows the runs and tasks that there are', async () => {
    const { breaker } = fakeBreaker('break');
    const { runId } = await runningTask();
    await expect(
      breakTask(depsWith(breaker), { runId: 'nope', task: 'REPORT' }),
    ).rejects.toThrow(NotFoundError);
    await expect(
      breakTask(depsWith(breaker), { runId, task: 'GENERATE:12' }),
    ).rejects.toThrow(UnknownTaskError);
  });

  it('is not offered everywhere', async () => {
    await expect(
      breakTask(depsWith(undefined), await runningTask()),
    ).rejects.toThrow(NotOfferedError);
  });
});
