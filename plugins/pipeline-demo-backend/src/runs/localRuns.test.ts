import { TestDatabases, mockServices } from '@backstage/backend-test-utils';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { setTimeout } from 'node:timers/promises';
import { DatabaseLogStore } from '../database/DatabaseLogStore';
import { DatabaseRunStore } from '../database/DatabaseRunStore';
import { systemClock } from '../SystemClock';
import { writtenBy } from '../testing/engineRuns';
import { createLocalWorld } from '../testing/localWorld';
import type { LocalWorld } from '../testing/localWorld';
import { createProcess } from '../testing/runProcess';
import type { Process } from '../testing/runProcess';
import { newRunId } from './newRunId';

const PATIENCE_MS = 60_000;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('keepers, with the real local engine and the real clock', () => {
  let local: LocalWorld;
  let processes: Process[];
  let create: () => Process;
  beforeEach(async () => {
    local = await createLocalWorld();
    const knex = await databases.init('SQLITE_3');
    const database = mockServices.database({ knex });
    const runs = await DatabaseRunStore.create({ database });
    const logs = await DatabaseLogStore.create({ database });
    processes = [];
    create = () => {
      const process = createProcess(
        { engine: local.another(), runs, logs, clock: systemClock },
        'single',
        () => newRunId(max => Math.floor(Math.random() * max)),
      );
      process.keepers.start();
      processes.push(process);
      return process;
    };
  });
  afterEach(async () => {
    for (const { keepers, broadcaster } of processes) {
      await keepers.stop();
      await broadcaster.close('The test ends');
    }
    await local.close();
  });

  async function until(
    { runs }: Process,
    id: string,
    isSo: (run: Run) => boolean,
  ): Promise<Run> {
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (;;) {
      const run = (await runs.get(id))?.run;
      if (run && isSo(run)) {
        return run;
      }
      if (Date.now() > giveUpAt) {
        throw new Error(`Run ${id} is ${run?.phase} for too long`);
      }
      await setTimeout(20);
    }
  }

  async function expectWholeLog({ logs }: Process, run: Run): Promise<void> {
    const lines = await logs.read(run.id, { from: 1, to: 1e6, limit: 1e6 });
    const stored: Record<string, string[]> = {};
    for (const { task, text } of lines) {
      (stored[task] ??= []).push(text);
    }
    expect(stored).toEqual(await writtenBy(local, run));
    expect(run).toMatchObject({
      gaps: [],
      logsComplete: { lastLine: lines.length },
    });
  }

  it('drive a run to its report, over a restart in its middle', async () => {
    const first = create();
    const { stored } = await first.start({ batchCount: 3 });
    const { id } = stored.run;
    await until(first, id, ({ phase }) => phase === 'running');
    await first.keepers.stop();
    const second = create();
    const run = await until(second, id, ({ phase }) => isEnded(phase));

    expect(run.phase).toBe('succeeded');
    expect(run.takenOver?.epoch).toBe(2);
    expect(run.report?.batchCount).toBe(3);
    await expectWholeLog(second, run);
  });

  it('cancel a run in its middle, and leave no process', async () => {
    const process = create();
    const { stored } = await process.start({ batchCount: 3 });
    const { id } = stored.run;
    await until(process, id, ({ phase }) => phase === 'running');
    await process.runs.askCancel(id, 'user:default/other');
    process.keepers.nudge(id);
    const run = await until(process, id, ({ phase }) => isEnded(phase));

    expect(run.phase).toBe('cancelled');
    const { signal } = new AbortController();
    expect(await process.engine.left(run, signal)).toEqual([]);
    await expectWholeLog(process, run);
  });
});
