import type { ServerMessage } from 'backstage-plugin-pipeline-demo-common';
import { Attempt } from './Attempt';
import { backoff } from './backoff';
import type { RunStreamHandle, StreamOptions } from './PipelineDemoApi';
import { untilAborted } from './StreamClock';
import type { StreamClock } from './StreamClock';
import type { StreamEnd, StreamRequest, Transport } from './Transport';
import { START, verify } from './verify';
import type { Position } from './verify';

/** The ways to receive, from the best to the one that gets through everywhere. */
const LADDER = ['webSocket', 'sse', 'poll'] as const;

/** A way to receive. */
export type Rung = (typeof LADDER)[number];

/** After so many failures in a row, the next rung is tried. */
const ATTEMPTS: Readonly<Record<Rung, number>> = {
  webSocket: 3,
  sse: 2,
  poll: 1,
};
/** On a lower rung: when to look for the WebSocket again, at first and at last. */
const FIRST_CLIMB_MS = 5_000;
const MAX_CLIMB_MS = 300_000;
/** Fewer lines than this are here before anyone could read the number. */
const CATCHING_UP_LINES = 1_000;

/** What a stream works with. */
export interface RunStreamDeps {
  readonly transports: Readonly<Record<Rung, Transport>>;
  readonly clock: StreamClock;
}

/**
 * Keeps one stream alive for as long as it is wanted, over whatever gets
 * through: WebSocket, then server-sent events, then polling. All share one
 * cursor, and every message passes `verify`, whichever way it came: so a
 * change of the way cannot lose or repeat anything.
 *
 * The first message of a connection resets the backoff. After three WebSocket
 * attempts without one it goes down the ladder, and round again at its end;
 * from a lower rung it looks now and then whether WebSockets have come back,
 * without giving up what it has.
 */
export class RunStream implements RunStreamHandle {
  #options: StreamOptions;
  #deps: RunStreamDeps;
  #closed = new AbortController();
  #nudge = new AbortController();
  #position: Position = START;
  #rung: Rung = 'webSocket';
  #failures = 0;
  #failuresOnRung = 0;
  #lostAt: number | undefined;

  private constructor(options: StreamOptions, deps: RunStreamDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  static open(options: StreamOptions, deps: RunStreamDeps): RunStream {
    const stream = new RunStream(options, deps);
    options.onConnection({ type: 'connecting' });
    stream.#run().catch(({ name, message }: Error) => {
      // Transports do not reject: this is a fault of ours, or of the listener.
      options.onConnection({ type: 'refused', name, message });
    });
    return stream;
  }

  retryNow(): void {
    this.#nudge.abort();
  }

  close(): void {
    this.#closed.abort();
    this.#nudge.abort();
  }

  async #run(): Promise<void> {
    const { onConnection } = this.#options;
    while (!this.#closed.signal.aborted) {
      const rung = this.#rung;
      const end = await this.#attempt(rung);
      if (this.#closed.signal.aborted) {
        return;
      }
      if (this.#isFinished()) {
        onConnection({ type: 'finished' });
        return;
      }
      if (end.type === 'refused') {
        onConnection(end);
        this.#nudge = new AbortController();
        await untilAborted(this.#nudge.signal);
      } else if (rung === this.#rung) {
        await this.#comeBack(end);
      }
    }
  }

  async #attempt(rung: Rung): Promise<StreamEnd> {
    const attempt = Attempt.open({
      transport: this.#deps.transports[rung],
      request: this.#request(this.#options.tail),
      clock: this.#deps.clock,
      onHeard: message => this.#heard(attempt, rung, message),
    });
    const abort = () => attempt.abort();
    this.#closed.signal.addEventListener('abort', abort);
    if (rung !== 'webSocket') {
      void this.#climb(attempt);
    }
    const end = await attempt.ended;
    this.#closed.signal.removeEventListener('abort', abort);
    return end;
  }

  /** Waits for the time of the next attempt: one rung lower, if this one has failed too often. */
  async #comeBack(end: Extract<StreamEnd, { type: 'lost' }>): Promise<void> {
    const { clock } = this.#deps;
    this.#failures += 1;
    this.#failuresOnRung += 1;
    if (this.#failuresOnRung >= ATTEMPTS[this.#rung]) {
      this.#failuresOnRung = 0;
      this.#rung = LADDER[(LADDER.indexOf(this.#rung) + 1) % LADDER.length];
    }
    const delay =
      end.retryAfterMs === undefined
        ? backoff(this.#failures, clock.random())
        : end.retryAfterMs + backoff(1, clock.random());
    this.#lostAt ??= clock.now();
    this.#nudge = new AbortController();
    this.#options.onConnection({
      type: 'reconnecting',
      since: this.#lostAt,
      retryAt: clock.now() + delay,
    });
    await clock.sleep(delay, this.#nudge.signal);
  }

  #heard(attempt: Attempt, rung: Rung, message?: ServerMessage): void {
    this.#failures = 0;
    this.#failuresOnRung = 0;
    this.#lostAt = undefined;
    if (message) {
      this.#receive(attempt, message);
    }
    if (!this.#isFinished()) {
      this.#showConnected(rung);
    }
  }

  #receive(attempt: Attempt, message: ServerMessage): void {
    const verified = verify(this.#position, message);
    this.#position = verified.position;
    if (verified.message) {
      this.#options.onMessage(verified.message);
    }
    if (verified.hole) {
      attempt.rewind(this.#position);
    } else if (message.type === 'lines' || message.type === 'event') {
      attempt.rewound();
    }
    if (this.#isFinished()) {
      attempt.abort();
    }
  }

  #showConnected(rung: Rung): void {
    const { onConnection } = this.#options;
    const behind = this.#position.announced - this.#position.line;
    if (rung === 'poll') {
      onConnection({ type: 'polling' });
    } else if (behind > CATCHING_UP_LINES) {
      onConnection({ type: 'catchingUp', lines: behind });
    } else {
      onConnection({ type: 'live' });
    }
  }

  /** Ends a connection on a lower rung as soon as a WebSocket brings a message. */
  async #climb(lower: Attempt): Promise<void> {
    const { clock } = this.#deps;
    let wait = FIRST_CLIMB_MS;
    while (!lower.signal.aborted) {
      await clock.sleep(wait, lower.signal);
      wait = Math.min(wait * 2, MAX_CLIMB_MS);
      if (!lower.signal.aborted && (await this.#webSocketAnswers(lower))) {
        this.#rung = 'webSocket';
        lower.abort();
      }
    }
  }

  async #webSocketAnswers(lower: Attempt): Promise<boolean> {
    let answered = false;
    const probe = Attempt.open({
      transport: this.#deps.transports.webSocket,
      request: this.#request(0),
      clock: this.#deps.clock,
      onHeard: () => {
        answered = true;
        probe.abort();
      },
    });
    const abort = () => probe.abort();
    lower.signal.addEventListener('abort', abort);
    await probe.ended;
    lower.signal.removeEventListener('abort', abort);
    return answered && !lower.signal.aborted;
  }

  #request(tail: number): StreamRequest {
    const { run, event, line } = this.#position;
    return {
      runId: this.#options.runId,
      tail,
      after: run === undefined ? undefined : { run, event, line },
    };
  }

  /** Who follows whatever is active goes on after the end of a run. */
  #isFinished(): boolean {
    return this.#position.complete && this.#options.runId !== undefined;
  }
}
