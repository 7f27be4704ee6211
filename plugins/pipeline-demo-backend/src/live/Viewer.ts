import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  CLOSE_CODES,
  encodeMessage,
  isEnded,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  Presence,
  ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import { Backoff } from './Backoff';
import type { Frame } from './frames';
import { readPage } from './readPage';
import type { PageSource } from './readPage';
import type { Head, RunChannel } from './RunChannel';
import type { StreamCounts } from './StreamCounts';

type Bye = Extract<ServerMessage, { readonly type: 'bye' }>;

/** A sink that holds more than this unsent is slow, and gets nothing. */
export const SEND_BUDGET_BYTES = 1024 * 1024;

/** How often a slow sink is looked at. */
const ROOM_POLL_MS = 50;

/** Between two attempts to read from a store that fails. */
const READ_RETRY = { minMs: 250, maxMs: 5_000 };

/** Where frames go: one WebSocket, or one response with server-sent events. */
export interface Sink {
  send(frame: string): void;
  /** Bytes accepted by `send` that have not left yet. */
  buffered(): number;
  close(code: number, reason: string): void;
}

/** What a viewer asks for. */
export interface ViewerRequest {
  /** The run to watch; missing: whatever is active, and the next one after it. */
  readonly run?: string;
  /** The viewer has the run's events up to this one. The snapshot stands in for them. */
  readonly event?: number;
  /** The viewer has the named run's lines up to this one: begin after it. */
  readonly line?: number;
  /** Without `line`: only so many of the newest lines; missing: all. */
  readonly tail?: number;
}

/** What a viewer works with. */
export interface ViewerDeps extends PageSource {
  readonly clock: Clock;
  readonly logger: LoggerService;
  /** Of all viewers together. */
  readonly counts: StreamCounts;
  /** See `RunChannels.loadHead`. */
  readonly loadHead: (channel: RunChannel, line: number) => Promise<Head>;
  /** Called once, when either side has closed the viewer. */
  readonly onClosed: (viewer: Viewer) => void;
}

/**
 * One open stream.
 *
 * It is *live* when it has everything up to its channel's head: then it takes
 * each frame as it is published, at the cost of one send. When a frame does
 * not follow on its cursor, or its sink is slow, it *catches up*: it takes no
 * frames, and reads page by page from the store, as fast as its sink goes. It
 * gets live in the same turn in which it finds its cursor at the head, so
 * nothing is published in between: nothing is lost and nothing is doubled.
 */
export class Viewer {
  readonly #deps: ViewerDeps;
  readonly #sink: Sink;
  readonly #wanted: ViewerRequest;
  readonly #cursor = { event: 0, line: 0 };
  #mode: 'new' | 'idle' | 'catchingUp' | 'live' | 'closed' = 'new';
  #channel?: RunChannel;
  #snapshotDue = false;
  #endSent = false;
  /** Stops the catching up that goes on. */
  #abort = new AbortController();

  static open(deps: ViewerDeps, sink: Sink, wanted: ViewerRequest): Viewer {
    return new Viewer(deps, sink, wanted);
  }

  private constructor(deps: ViewerDeps, sink: Sink, wanted: ViewerRequest) {
    this.#deps = deps;
    this.#sink = sink;
    this.#wanted = wanted;
  }

  /** What it watches now; undefined while nothing is active. */
  get channel(): RunChannel | undefined {
    return this.#channel;
  }

  /** Whether the run it watches has not ended, as far as is known. */
  get watchesActive(): boolean {
    const head = this.#channel?.head;
    return head !== undefined && !isEnded(head.run.phase);
  }

  /** Watches this run from here on, beginning with its snapshot. */
  watch(channel: RunChannel): void {
    if (this.#mode === 'closed' || this.#channel === channel) {
      return;
    }
    this.#channel?.leave(this);
    this.#channel = channel;
    channel.join(this);
    if (this.#mode !== 'new') {
      this.#say({ type: 'switched', run: channel.runId });
    }
    this.#snapshotDue = true;
    this.#endSent = false;
    this.#catchUp(channel);
  }

  /** Nothing is active: a viewer that has heard nothing yet is told so. */
  idle(presence: Presence): void {
    if (this.#mode === 'new') {
      this.#mode = 'idle';
      this.#say({ type: 'idle', presence });
    }
  }

  /** The viewer says what it has: goes on from there. Before the snapshot there is nothing to go on from. */
  resume(cursor: { readonly event: number; readonly line: number }): void {
    const head = this.#channel?.head;
    if (this.#channel && head && !this.#snapshotDue) {
      this.#cursor.event = Math.min(cursor.event, head.run.event);
      this.#cursor.line = Math.min(cursor.line, head.lastLine);
      this.#catchUp(this.#channel);
    }
  }

  /** A frame was published: takes it, has it already, or will read it. */
  offer(frame: Frame): void {
    if (this.#mode !== 'live' || frame.last <= this.#cursor[frame.part]) {
      return;
    }
    if (frame.first === this.#cursor[frame.part] + 1 && this.#hasRoom()) {
      this.#take(frame);
    } else if (this.#channel) {
      this.#deps.counts.framesDropped += 1;
      this.#catchUp(this.#channel);
    }
  }

  /** Presence is not worth waiting for: a slow viewer goes without. */
  offerPresence(frame: string): void {
    if (this.#mode !== 'new' && !this.#snapshotDue && this.#hasRoom()) {
      this.#send(frame);
    }
  }

  /** The head may have moved: fetches what is missing, or says that it was all. */
  settle(): void {
    const head = this.#channel?.head;
    if (this.#mode !== 'live' || !this.#channel || !head) {
      return;
    }
    if (this.#isBehind(head)) {
      this.#catchUp(this.#channel);
    } else if (isEnded(head.run.phase) && !this.#endSent) {
      this.#endSent = true;
      const { run, lastLine } = head;
      this.#say({ type: 'ended', run: run.id, lastLine });
      if (this.#wanted.run !== undefined) {
        this.#end(CLOSE_CODES.ended, 'ended');
      }
    }
  }

  /** Closes with a last word. */
  goodbye(bye: Omit<Bye, 'type'>, code: number): void {
    this.#say({ type: 'bye', ...bye });
    this.#end(code, bye.name);
  }

  /** The sink is gone. */
  close(): void {
    if (this.#mode !== 'closed') {
      this.#mode = 'closed';
      this.#abort.abort();
      this.#channel?.leave(this);
      this.#deps.onClosed(this);
    }
  }

  #catchUp(channel: RunChannel): void {
    if (this.#mode !== 'closed') {
      this.#mode = 'catchingUp';
      this.#abort.abort();
      this.#abort = new AbortController();
      void this.#feed(channel, this.#abort.signal);
    }
  }

  /** Never rejects. */
  async #feed(channel: RunChannel, signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#deps;
    const backoff = Backoff.create(READ_RETRY);
    while (!signal.aborted && this.#mode === 'catchingUp') {
      try {
        while (!this.#hasRoom() && !signal.aborted) {
          await clock.sleep(ROOM_POLL_MS, signal);
        }
        await this.#step(channel, signal);
        backoff.reset();
      } catch (error) {
        if (NotFoundError.is(error)) {
          this.goodbye(error, CLOSE_CODES.notFound);
          return;
        }
        const { runId } = channel;
        logger.warn('A viewer cannot read', { runId, error: String(error) });
        await clock.sleep(backoff.next(), signal);
      }
    }
  }

  /** The snapshot, one page, or the turn to live. */
  async #step(channel: RunChannel, signal: AbortSignal): Promise<void> {
    const head = channel.head;
    if (this.#snapshotDue || !head) {
      const loaded = await this.#deps.loadHead(channel, this.#wanted.line ?? 0);
      if (!signal.aborted) {
        this.#sendSnapshot(channel, loaded);
      }
    } else if (this.#isBehind(head)) {
      const frames = await readPage(this.#deps, head, { ...this.#cursor });
      if (!signal.aborted) {
        frames.forEach(frame => this.#take(frame));
      }
    } else {
      this.#mode = 'live';
      this.settle();
    }
  }

  #sendSnapshot(channel: RunChannel, { run, lastLine }: Head): void {
    const { run: named, line, tail = lastLine } = this.#wanted;
    // A line number says nothing about whatever run is active.
    const seen =
      named === undefined || line === undefined ? lastLine - tail : line;
    this.#cursor.event = run.event;
    this.#cursor.line = Math.max(0, Math.min(seen, lastLine));
    this.#snapshotDue = false;
    this.#say({
      type: 'snapshot',
      run,
      lastLine,
      firstLine: this.#cursor.line + 1,
      presence: channel.presence(this.#deps.clock.now()),
    });
  }

  #isBehind({ run, lastLine }: Head): boolean {
    return this.#cursor.event < run.event || this.#cursor.line < lastLine;
  }

  #hasRoom(): boolean {
    return this.#sink.buffered() <= SEND_BUDGET_BYTES;
  }

  #take(frame: Frame): void {
    this.#cursor[frame.part] = frame.last;
    this.#deps.counts.framesSent += 1;
    this.#send(frame.text);
  }

  #say(message: ServerMessage): void {
    this.#send(encodeMessage(message));
  }

  /** A broken sink ends its viewer, and nobody else's. */
  #send(text: string): void {
    if (this.#mode === 'closed') {
      return;
    }
    try {
      this.#sink.send(text);
    } catch (error) {
      this.#deps.logger.debug('A sink is broken', { error: String(error) });
      this.close();
    }
  }

  #end(code: number, reason: string): void {
    if (this.#mode !== 'closed') {
      this.close();
      this.#sink.close(code, reason);
    }
  }
}
