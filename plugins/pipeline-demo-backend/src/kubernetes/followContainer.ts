import type { Clock } from '../ports/Clock';
import type { LogChunk, LogSource, ResumePoint } from '../ports/Engine';
import { ClusterError } from './Cluster';
import type { Cluster, LogMode } from './Cluster';
import type { ContainerFate } from './ContainerFate';
import { JitteredBackoff } from './JitteredBackoff';
import { lostTail } from './lostTail';
import { LogUnreadableError, readLog } from './readLog';
import type { Reading } from './readLog';
import {
  beginOf,
  drained,
  formatResumePoint,
  parseResumePoint,
  sinceTime,
} from './resumePoint';
import type { LogPosition } from './resumePoint';
import { unlessSilent } from './unlessSilent';

const RETRY = { minMs: 200, maxMs: 10_000 };

/** After the end of a stream, the container's own end is known as late as this. */
const END_KNOWN_WITHIN_MS = 3_000;

/**
 * A stream that is silent for so long is opened again: nobody can tell whether
 * the container is silent or the connection dead.
 */
const SILENCE_MS = { running: 60_000, terminated: 10_000, gone: 10_000 };

/** The log of an ended container that is refused for so long is lost. */
const REFUSED_FOR_MS = 15_000;

/** The kubelet may not know a container for a moment, but these do not pass by themselves. */
const REFUSALS: readonly number[] = [400, 403, 404, 410];

export const POD_GONE =
  'The pod was deleted before its log was read to the end.';
const ROTATED =
  'The node threw older lines of the log away before they were read.';

/** The log of one container, once it has started. */
export interface ContainerLog {
  readonly source: LogSource;
  readonly pod: string;
  readonly container: string;
  /** Epoch milliseconds: nothing was written before. */
  readonly startedAt: number;
  readonly fate: ContainerFate;
}

/** What a follow works with. `random` gives 0 to 1. */
export interface FollowDeps {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * The output of one container from its resume point to its end, over as many
 * connections as it takes. The end is known by a stream that was opened after
 * the container's end and ended in good order, or by the end of a stream when
 * the pod is gone since; whatever else ends it leaves a gap. Returns then, or
 * when the signal is aborted.
 */
export async function* followContainer(
  deps: FollowDeps,
  log: ContainerLog,
  resume: ResumePoint | undefined,
  signal: AbortSignal,
): AsyncGenerator<LogChunk, void> {
  const follow = new ContainerFollow(deps, log, resume);
  const backoff = JitteredBackoff.create({ ...RETRY, random: deps.random });
  while (!signal.aborted && !follow.isAtEnd) {
    try {
      for await (const chunk of follow.read(signal)) {
        backoff.reset();
        yield chunk;
      }
    } catch (error) {
      if (!signal.aborted) {
        yield* follow.failed(error);
        await log.fate.changed(deps.clock, backoff.next(), signal);
      }
    }
  }
}

/** Where the follow of a container is. */
class ContainerFollow {
  readonly #deps: FollowDeps;
  readonly #log: ContainerLog;
  #position: LogPosition;
  /** The last stream ended in good order, and it may be that the container had ended. */
  #mayBeAll = false;
  /** Of that stream: what stands after its last line's end. */
  #rest: Reading | undefined;
  #refusedSince: number | undefined;

  constructor(deps: FollowDeps, log: ContainerLog, resume?: ResumePoint) {
    this.#deps = deps;
    this.#log = log;
    this.#position =
      resume === undefined
        ? beginOf(log.source.task)
        : parseResumePoint(resume);
  }

  get isAtEnd(): boolean {
    return this.#position.state === 'drained';
  }

  /** One connection. @throws when it breaks or is refused */
  async *read(signal: AbortSignal): AsyncGenerator<LogChunk> {
    const { fate } = this.#log;
    const { state } = fate;
    if (state === 'gone') {
      yield* this.#mayBeAll ? this.#end() : [this.#gap(POD_GONE)];
      return;
    }
    const mode = state === 'terminated' ? 'read' : 'follow';
    const bytes = this.#bytes(mode, signal);
    for await (const reading of readLog(bytes, this.#position, mode)) {
      this.#mayBeAll = false;
      this.#rest = undefined;
      if (reading.type === 'rest') {
        this.#rest = reading;
      } else {
        yield this.#chunk(reading);
      }
    }
    this.#refusedSince = undefined;
    if (state === 'terminated') {
      yield* this.#end();
    } else {
      await this.#learnWhy(signal);
    }
  }

  /** What a failed connection means: in most cases nothing. */
  *failed(error: unknown): Generator<LogChunk> {
    const { clock } = this.#deps;
    if (error instanceof LogUnreadableError && error.isOfRemovedContainer) {
      yield* this.#end();
      return;
    }
    // A pod that is not there is told by who watches.
    if (!isRefusal(error) || this.#log.fate.state !== 'terminated') {
      return;
    }
    this.#refusedSince ??= clock.now();
    if (clock.now() - this.#refusedSince >= REFUSED_FOR_MS) {
      yield this.#gap(refusalReason(error));
    }
  }

  #bytes(mode: LogMode, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const { cluster, clock } = this.#deps;
    const { pod, container, fate } = this.#log;
    const since = sinceTime(this.#position);
    return unlessSilent(
      connection =>
        cluster.log({ pod, container, sinceTime: since, mode }, connection),
      { clock, limitMs: () => SILENCE_MS[fate.state] },
      signal,
    );
  }

  /** The stream has ended in good order: because the container has? */
  async #learnWhy(signal: AbortSignal): Promise<void> {
    const { fate } = this.#log;
    if (fate.state === 'running') {
      await fate.changed(this.#deps.clock, END_KNOWN_WITHIN_MS, signal);
    }
    this.#mayBeAll = fate.state !== 'running';
  }

  #chunk(reading: Reading): LogChunk {
    const { source } = this.#log;
    this.#position = reading.position;
    const resume = formatResumePoint(reading.position);
    switch (reading.type) {
      case 'lines':
      case 'rest':
        return { type: 'lines', source, lines: reading.lines, resume };
      case 'lost': {
        const { from, to } = reading;
        return { type: 'gap', source, from, to, reason: ROTATED, resume };
      }
      default:
        throw unknownReading(reading);
    }
  }

  *#end(): Generator<LogChunk> {
    if (this.#rest) {
      yield this.#chunk(this.#rest);
    }
    this.#position = drained(this.#position);
    const resume = formatResumePoint(this.#position);
    yield { type: 'lines', source: this.#log.source, lines: [], resume };
  }

  #gap(reason: string): LogChunk {
    const { source, startedAt } = this.#log;
    const now = this.#deps.clock.now();
    const gap = lostTail(source, this.#position, { startedAt, now, reason });
    this.#position = drained(this.#position);
    return gap;
  }
}

function isRefusal(error: unknown): error is Error {
  return (
    error instanceof LogUnreadableError ||
    (error instanceof ClusterError && REFUSALS.includes(error.status))
  );
}

function refusalReason({ message }: Error): string {
  return `The log could not be read any more: ${message}`;
}

function unknownReading(reading: never): Error {
  return new Error(`Unknown: ${JSON.stringify(reading)}`);
}
