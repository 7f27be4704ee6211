import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { ResumePoint } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import type { Lease } from '../ports/RunStore';

/** How many characters of text are kept in memory. */
const RING_CHARACTERS = 4 * 1024 * 1024;

/**
 * A log store that remembers the newest lines of the run that was written
 * last: viewers that are a little behind do not cost a query. Lines never
 * change once they are stored, so what it remembers cannot be wrong.
 */
export class LogRing implements LogStore {
  readonly #store: LogStore;
  readonly #maxCharacters: number;
  #runId = '';
  #lines: LogLine[] = [];
  /** Index of the oldest line that is still kept: dropping one by one would move them all. */
  #begin = 0;
  #characters = 0;

  /** In front of `store`; `maxCharacters` bounds the memory. */
  static create(store: LogStore, maxCharacters = RING_CHARACTERS): LogRing {
    return new LogRing(store, maxCharacters);
  }

  private constructor(store: LogStore, maxCharacters: number) {
    this.#store = store;
    this.#maxCharacters = maxCharacters;
  }

  async append(
    lease: Lease,
    lines: readonly LogLine[],
    resume: ReadonlyMap<string, ResumePoint>,
  ): Promise<void> {
    await this.#store.append(lease, lines, resume);
    this.#remember(lease.runId, lines);
  }

  resumePoints(runId: string): Promise<ReadonlyMap<string, ResumePoint>> {
    return this.#store.resumePoints(runId);
  }

  lastLine(runId: string): Promise<number> {
    return this.#store.lastLine(runId);
  }

  async read(
    runId: string,
    range: {
      readonly from: number;
      readonly to: number;
      readonly limit: number;
    },
  ): Promise<readonly LogLine[]> {
    const oldest = this.#lines[this.#begin]?.line;
    const newest = this.#lines[this.#lines.length - 1]?.line;
    const last = Math.min(range.to, range.from + range.limit - 1);
    const covered =
      runId === this.#runId && range.from >= oldest && last <= newest;
    if (!covered) {
      return this.#store.read(runId, range);
    }
    const at = this.#begin + range.from - oldest;
    return this.#lines.slice(at, at + last - range.from + 1);
  }

  #remember(runId: string, lines: readonly LogLine[]): void {
    const newest = this.#lines[this.#lines.length - 1]?.line;
    const goesOn =
      runId === this.#runId &&
      (newest === undefined || lines[0]?.line === newest + 1);
    if (lines.length > 0 && !goesOn) {
      this.#runId = runId;
      this.#lines = [];
      this.#begin = 0;
      this.#characters = 0;
    }
    for (const line of lines) {
      this.#lines.push(line);
      this.#characters += line.text.length;
    }
    this.#shrink();
  }

  #shrink(): void {
    while (this.#characters > this.#maxCharacters) {
      this.#characters -= this.#lines[this.#begin].text.length;
      this.#begin += 1;
    }
    if (this.#begin > this.#lines.length / 2) {
      this.#lines = this.#lines.slice(this.#begin);
      this.#begin = 0;
    }
  }
}
