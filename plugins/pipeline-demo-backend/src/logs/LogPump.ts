import type {
  LogGap,
  LogLine,
  RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import { Backoff } from '../live/Backoff';
import type { Engine, LogChunk, ResumePoint } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import { LeaseLostError } from '../ports/RunStore';
import { persist } from './persist';
import type { PersistDeps } from './persist';

/** A batch is stored when it has grown to this, or when its first line has waited for so long. */
const FLUSH_CHARACTERS = 16 * 1024;
const FLUSH_INTERVAL_MS = 15;

const FOLLOW_RETRY = { minMs: 250, maxMs: 10_000 };

interface Wait {
  readonly wait: Promise<Next>;
  readonly end: AbortController;
}

/** What the pump waits for. */
type Next =
  | { readonly type: 'chunk'; readonly chunk: LogChunk }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'due' };

/** What `LogPump` works with. */
export interface LogPumpOptions extends PersistDeps {
  readonly engine: Engine;
  readonly logs: LogStore;
  readonly spec: RunSpec;
  /** Lines stored so far. */
  readonly lastLine: number;
  /** Called after the commit. */
  readonly onLines: (lines: readonly LogLine[]) => void;
  /** Resolves when the gap is stored. */
  readonly onGap: (gap: LogGap) => Promise<void>;
}

/**
 * Gives the run's lines their numbers and stores them in batches, together
 * with the points from which reading goes on. It is the only one that does:
 * the lease sees to that. What it has read and not stored when it ends is read
 * again by the next one.
 */
export class LogPump {
  readonly #options: LogPumpOptions;
  readonly #stopping = new AbortController();
  readonly #signal: AbortSignal;
  #lastLine: number;
  #batch: LogLine[] = [];
  #characters = 0;
  #resume = new Map<string, ResumePoint>();
  #drained = false;
  /** The wait of the batch's first line. */
  #due?: Wait;

  static create(options: LogPumpOptions): LogPump {
    return new LogPump(options);
  }

  private constructor(options: LogPumpOptions) {
    this.#options = options;
    this.#lastLine = options.lastLine;
    this.#signal = AbortSignal.any([options.signal, this.#stopping.signal]);
  }

  /** The number of the last stored line. */
  get lastLine(): number {
    return this.#lastLine;
  }

  /** Whether every source was read to its end. */
  get drained(): boolean {
    return this.#drained;
  }

  /** Makes `pump` return early, with what it has read so far stored. */
  stop(): void {
    this.#stopping.abort();
  }

  /**
   * Reads until every source is at its end, coming back as often as reading
   * fails.
   *
   * @throws LeaseLostError
   */
  async pump(): Promise<void> {
    const { clock, logger } = this.#options;
    const backoff = Backoff.create(FOLLOW_RETRY);
    while (!this.#signal.aborted) {
      try {
        await this.#follow(backoff);
        this.#drained = !this.#signal.aborted;
        return;
      } catch (error) {
        if (error instanceof LeaseLostError) {
          throw error;
        }
        if (!this.#signal.aborted) {
          logger.warn('The log cannot be read', { error: String(error) });
          await clock.sleep(backoff.next(), this.#signal);
        }
      }
    }
  }

  /** One follow from the stored resume points. Stores what it has read also when it fails. */
  async #follow(backoff: Backoff): Promise<void> {
    const { engine, logs, spec } = this.#options;
    const resume = await logs.resumePoints(spec.id);
    this.#lastLine = await logs.lastLine(spec.id);
    try {
      const chunks = engine.follow(spec, resume, this.#signal);
      await this.#takeAll(chunks[Symbol.asyncIterator](), backoff);
    } finally {
      await this.#flush();
    }
  }

  async #takeAll(
    chunks: AsyncIterator<LogChunk>,
    backoff: Backoff,
  ): Promise<void> {
    let pulled = pull(chunks);
    for (;;) {
      const next = await (this.#due
        ? Promise.race([pulled, this.#due.wait])
        : pulled);
      switch (next.type) {
        case 'chunk':
          backoff.reset();
          // The engine reads on while we write.
          pulled = pull(chunks);
          await this.#take(next.chunk);
          break;
        case 'due':
          await this.#flush();
          break;
        case 'end':
          return;
        case 'failed':
          throw next.error;
        default:
          throw unknownNext(next);
      }
    }
  }

  async #take(chunk: LogChunk): Promise<void> {
    const { source, resume } = chunk;
    if (chunk.type === 'gap') {
      await this.#flush();
      const { from, to, reason } = chunk;
      await this.#options.onGap({
        task: source.task,
        afterLine: this.#lastLine,
        from,
        to,
        reason,
      });
    } else {
      const first = this.#lastLine + this.#batch.length + 1;
      chunk.lines.forEach((raw, index) => {
        this.#batch.push({ ...raw, line: first + index, task: source.task });
        this.#characters += raw.text.length;
      });
    }
    this.#resume.set(source.id, resume);
    if (this.#characters >= FLUSH_CHARACTERS) {
      await this.#flush();
    } else {
      this.#due ??= this.#startWait();
    }
  }

  /** Stores the batch and the resume points after it; then they are gone from here. */
  async #flush(): Promise<void> {
    this.#due?.end.abort();
    this.#due = undefined;
    if (this.#resume.size === 0) {
      return;
    }
    const { logs, lease, onLines } = this.#options;
    const batch = this.#batch;
    const resume = this.#resume;
    const lastLine = this.#lastLine + batch.length;
    this.#batch = [];
    this.#characters = 0;
    this.#resume = new Map();
    await persist(
      this.#options,
      () => logs.append(lease, batch, resume),
      stored => batch.length > 0 && stored.lastLine >= lastLine,
    );
    this.#lastLine = lastLine;
    if (batch.length > 0) {
      onLines(batch);
    }
  }

  #startWait(): Wait {
    const end = new AbortController();
    const wait = this.#options.clock
      .sleep(FLUSH_INTERVAL_MS, end.signal)
      .then((): Next => ({ type: 'due' }));
    return { end, wait };
  }
}

/** As data, so that a failure while we write waits until we look. */
function pull(chunks: AsyncIterator<LogChunk>): Promise<Next> {
  return chunks.next().then(
    (result): Next =>
      result.done ? { type: 'end' } : { type: 'chunk', chunk: result.value },
    (error: unknown): Next => ({ type: 'failed', error }),
  );
}

function unknownNext(next: never): Error {
  return new Error(`Unknown: ${JSON.stringify(next)}`);
}
