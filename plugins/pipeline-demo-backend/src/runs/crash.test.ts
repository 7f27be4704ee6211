import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import { FakeSink } from '../testing/FakeSink';
import type { FakeRun } from '../testing/FakeRun';
import { Life } from '../testing/mortal';
import { randomFrom } from '../testing/randomFrom';
import { useRunWorld } from '../testing/useRunWorld';

const SEEDS = 50;

/** A run takes about 300 steps; a process dies before it has taken so many. */
const MAX_STEPS = 150;
const MAX_CRASHES = 12;

/** A run takes about 6 s, and until here something resists its removal. */
const STUBBORN_MS = 7_000;

const world = useRunWorld({ linesPerTask: 3, stepMs: 300 });

/** Each source's lines as they were stored. */
function bySource(lines: readonly LogLine[]): Record<string, string[]> {
  const sources: Record<string, string[]> = {};
  for (const { task, text } of lines) {
    (sources[task] ??= []).push(text);
  }
  return sources;
}

function oracle(run: FakeRun): Record<string, readonly string[]> {
  return Object.fromEntries(
    run.output.map(({ source }) => [source.task, run.written(source.task)]),
  );
}

describe('a process that is killed at any moment', () => {
  let startedAt: number;
  beforeEach(() => {
    startedAt = world().clock.now();
    world().fake.faults.forgetsHistory = true;
    world().fake.faults.leftovers = ['a stubborn process'];
  });

  const latest = async () => (await world().runs.latest())?.run;
  const isOver = async () => isEnded((await latest())?.phase ?? 'queued');

  /** One life: from its beginning, with a page that comes back, to its end or the run's. */
  async function live(life: Life, page: FakeSink, cancelAt: number) {
    const { keepers, broadcaster, start } = world().process({ life });
    keepers.start();
    // It may be dead before it has an answer.
    void start({ idempotencyKey: 'the only run' });
    page.reconnect();
    let watching = false;
    await world().clock.until(async () => {
      if (world().clock.now() >= startedAt + STUBBORN_MS) {
        world().fake.faults.leftovers = [];
      }
      const run = await latest();
      if (run && !watching && !life.isOver) {
        watching = true;
        broadcaster.open(page, { run: run.id, ...page.cursor });
      }
      if (run && world().clock.now() >= cancelAt) {
        await world().runs.askCancel(run.id, 'user:default/other');
      }
      return life.isOver || (isEnded(run?.phase ?? 'queued') && !!page.closed);
    });
  }

  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'loses no line and doubles none, with seed %d',
    async seed => {
      const random = randomFrom(seed);
      const page = FakeSink.create();
      const cancelAt = random() < 0.4 ? startedAt + random() * 6_000 : Infinity;
      let crashes = -1;
      while (!(await isOver()) || !page.closed) {
        crashes += 1;
        const steps = crashes < MAX_CRASHES ? random() * MAX_STEPS : Infinity;
        await live(Life.of(steps), page, cancelAt);
      }

      const { id } = (await latest()) ?? { id: '' };
      const run = await world().run(id);
      const lines = await world().lines(id);
      const wasCancelled = run.cancelAskedBy !== undefined;
      expect(run.phase).toBe(wasCancelled ? 'cancelled' : 'succeeded');
      expect(lines.map(({ line }) => line)).toEqual(
        lines.map((_, index) => index + 1),
      );
      expect(bySource(lines)).toEqual(
        Object.assign({}, ...world().fake.made.map(oracle)),
      );
      expect(run).toMatchObject({
        gaps: [],
        logsComplete: { lastLine: lines.length },
      });
      expect(await world().engine.left(run)).toEqual([]);
      expect(page.problems).toEqual([]);
      expect(page.texts).toEqual(lines.map(({ text }) => text));
      expect(page.run).toEqual(run);
    },
  );
});
