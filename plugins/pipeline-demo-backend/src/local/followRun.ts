import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { LogChunk, LogSource, ResumePoint } from '../ports/Engine';
import { AppendedLines } from './AppendedLines';
import { DriverWatch } from './DriverWatch';
import { LogSourceReader } from './LogSourceReader';
import { DRIVER_SOURCE, logFile, readWhole } from './runFolder';
import type { RunFiles, RunOrder } from './runFolder';
import { processesOf } from './runProcesses';

/*
 * The supervisor stamps: "source X had grown to this byte at that time", one
 * file of stamps for all sources of a run. To follow a run is to go through
 * its stamps, reading each source up to where the stamp says. So one look at
 * one file tells whether anything is new, all sources get their turn in the
 * order in which they wrote, and the time of a line does not depend on when
 * it is read.
 */

const TICK_MS = 20;
/** How long a dead supervisor's tasks are waited for, since they may go on writing. */
const ORPHANS_WAIT_MS = 15_000;
/** To look for them is dear. */
const ORPHANS_TICK_MS = 200;

/** The output of a run: `Engine.follow`. */
export async function* followRun(
  run: { readonly spec: RunSpec; readonly files: RunFiles },
  resume: ReadonlyMap<string, ResumePoint>,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<LogChunk> {
  const order = await readWhole<RunOrder>(run.files.order);
  if (!order) {
    yield* folderGone(run.spec, resume, clock);
    return;
  }
  const readers = readersOf(order, run.files, resume);
  const stamps = AppendedLines.of(run.files.stamps);
  const watch = DriverWatch.of(run.files);
  const orphans = new Orphans(run.files);
  try {
    while (!signal.aborted) {
      // Before reading, so that after an exit everything is read once more.
      const state = await watch.look();
      yield* stamped(stamps, readers, signal);
      if (state.type === 'absent') {
        yield* folderGone(run.spec, resume, clock);
        return;
      }
      if (
        state.type === 'exited' ||
        (state.type === 'lost' && (await orphans.haveEnded()))
      ) {
        yield* drained(readers, signal);
        return;
      }
      const tickMs = state.type === 'lost' ? ORPHANS_TICK_MS : TICK_MS;
      await clock.sleep(tickMs, signal);
    }
  } finally {
    const open = [stamps, ...readers.values()];
    await Promise.all(open.map(reader => reader.close()));
  }
}

/** The id of a source of a run: stable over restarts, as its attempt's uid is. */
function sourceId(spec: RunSpec, name: string): string {
  return `${spec.id}/${name}`;
}

function readersOf(
  order: RunOrder,
  files: RunFiles,
  resume: ReadonlyMap<string, ResumePoint>,
): ReadonlyMap<string, LogSourceReader> {
  const tasks = order.tasks.map(({ id, name }) => [name, id] as const);
  return new Map(
    [[DRIVER_SOURCE, DRIVER_SOURCE] as const, ...tasks].map(([name, task]) => {
      const source: LogSource = { id: sourceId(order.spec, name), task };
      const reader = LogSourceReader.create(source, logFile(files, name), {
        resume: resume.get(source.id),
        startedAt: order.spec.createdAt,
      });
      return [name, reader];
    }),
  );
}

async function* stamped(
  stamps: AppendedLines,
  readers: ReadonlyMap<string, LogSourceReader>,
  signal: AbortSignal,
): AsyncGenerator<LogChunk> {
  for (;;) {
    const lines = await stamps.read();
    if (lines.length === 0) {
      return;
    }
    for (const line of lines) {
      if (signal.aborted) {
        return;
      }
      const [at, offset, name, mark] = line.split(' ');
      const reader = readers.get(name);
      if (reader) {
        yield* reader.readTo(Number(offset), Number(at));
        yield* mark === 'end' ? reader.flush() : [];
      }
    }
  }
}

/** What nobody stamped, and last lines without an end. */
async function* drained(
  readers: ReadonlyMap<string, LogSourceReader>,
  signal: AbortSignal,
): AsyncGenerator<LogChunk> {
  for (const reader of readers.values()) {
    if (signal.aborted) {
      return;
    }
    yield* reader.drain();
  }
}

/** Only who has read of a run before has lost something of it. */
function* folderGone(
  spec: RunSpec,
  resume: ReadonlyMap<string, ResumePoint>,
  clock: Clock,
): Generator<LogChunk> {
  const source = { id: sourceId(spec, DRIVER_SOURCE), task: DRIVER_SOURCE };
  const last = resume.get(source.id);
  if (last !== undefined) {
    const to = clock.now();
    const from = Math.min(spec.createdAt, to);
    const reason = "The run's folder was deleted before all of it was read.";
    yield { type: 'gap', source, from, to, reason, resume: last };
  }
}

/** The tasks that a dead supervisor left behind. */
class Orphans {
  readonly #files: RunFiles;
  #since: number | undefined;

  constructor(files: RunFiles) {
    this.#files = files;
  }

  /** Whether they are gone, or were waited for long enough. */
  async haveEnded(): Promise<boolean> {
    this.#since ??= performance.now();
    return (
      performance.now() - this.#since > ORPHANS_WAIT_MS ||
      (await processesOf(this.#files)).length === 0
    );
  }
}
