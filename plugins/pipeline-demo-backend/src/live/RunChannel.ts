import { encodeMessage } from 'backstage-plugin-pipeline-demo-common';
import type {
  LogLine,
  Presence,
  Run,
  RunEvent,
} from 'backstage-plugin-pipeline-demo-common';
import { eventFrame, linesFrames } from './frames';
import type { Frame } from './frames';
import { PresenceBeat } from './PresenceBeat';
import type { Viewer } from './Viewer';

/** What of a run is stored, as far as this process knows. */
export interface Head {
  readonly run: Run;
  readonly lastLine: number;
}

/**
 * The viewers of one run and the run's head. It gives each frame to each
 * viewer; whether the viewer takes it, or reads it later from the store, is
 * the viewer's own business.
 */
export class RunChannel {
  readonly runId: string;
  readonly #viewers = new Set<Viewer>();
  #head?: Head;
  #seenAt?: number;
  readonly #beat = PresenceBeat.create();

  static create(runId: string): RunChannel {
    return new RunChannel(runId);
  }

  private constructor(runId: string) {
    this.runId = runId;
  }

  /** Undefined until somebody has said what is stored. */
  get head(): Head | undefined {
    return this.#head;
  }

  get seenAt(): number | undefined {
    return this.#seenAt;
  }

  get size(): number {
    return this.#viewers.size;
  }

  join(viewer: Viewer): void {
    this.#viewers.add(viewer);
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** What was read from the store: viewers that are behind it fetch what they miss. */
  learn(head: Head): void {
    this.#advance(head.run, head.lastLine);
    this.#settle();
  }

  /** New events and the run after them; nobody can be live before the head is known. */
  publishEvents(events: readonly RunEvent[], run: Run): void {
    if (this.#head) {
      this.#advance(run, 0);
      this.#offer(events.map(event => eventFrame(this.runId, event)));
    }
  }

  /** New lines. */
  publishLines(lines: readonly LogLine[]): void {
    if (this.#head && lines.length > 0) {
      this.#advance(this.#head.run, lines[lines.length - 1].line);
      this.#offer(linesFrames(this.runId, lines));
    }
  }

  /** The engine was observed at this time. */
  see(at: number): void {
    this.#seenAt = Math.max(at, this.#seenAt ?? 0);
  }

  presence(now: number): Presence {
    return { viewers: this.size, seenAt: this.#seenAt, now };
  }

  /** Sends presence when that is due. */
  publishPresence(now: number): void {
    const presence = this.presence(now);
    if (this.#beat.isDue(presence)) {
      const frame = encodeMessage({ type: 'presence', presence });
      this.#viewers.forEach(viewer => viewer.offerPresence(frame));
    }
  }

  /** The head only grows: a reading may be older than what was published since. */
  #advance(run: Run, lastLine: number): void {
    const head = this.#head ?? { run, lastLine };
    this.#head = {
      run: run.event > head.run.event ? run : head.run,
      lastLine: Math.max(lastLine, head.lastLine),
    };
  }

  #offer(frames: readonly Frame[]): void {
    for (const viewer of this.#viewers) {
      frames.forEach(frame => viewer.offer(frame));
    }
    this.#settle();
  }

  #settle(): void {
    for (const viewer of this.#viewers) {
      viewer.settle();
    }
  }
}
