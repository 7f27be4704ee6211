import { reduce } from 'backstage-plugin-pipeline-demo-common';
import type {
  Presence,
  Run,
  ServerMessage,
  WireLine,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  Connection,
  PipelineDemoApi,
  RunStreamHandle,
} from '../api/PipelineDemoApi';
import { firstLineFrom, lineTimesOf } from './firstLineFrom';
import { FreshnessWindow } from './FreshnessWindow';
import type { Freshness } from './FreshnessWindow';
import { LogBuffer } from './LogBuffer';
import type { LineRange } from './LogBuffer';
import { perFrame } from './perFrame';
import { RunPast } from './RunPast';
import type { PastState } from './RunPast';
import { ServerClock } from './ServerClock';

/** Lines to begin with; older ones are read when somebody scrolls to them. */
export const TAIL_LINES = 20_000;
/** After a failed read of older lines. */
const READ_RETRY_MS = 2_000;

/** What the page knows of its run. Times are epoch milliseconds. */
export interface RunState {
  /** Undefined before the first snapshot, and while nothing is active. */
  readonly run?: Run;
  readonly connection: Connection;
  readonly presence?: Presence;
  readonly freshness?: Freshness;
  /**
   * Lines that the stream owed and did not bring: numbers that were passed
   * over, and, once the end was announced, what is not here of it.
   */
  readonly missing: number;
  /** The highest line number here. */
  readonly lastLine: number;
  /** Add it to this browser's clock to have the server's. */
  readonly clockOffsetMs: number;
  /** When the last line or event came, on this browser's clock. */
  readonly heardAt?: number;
  /** The run's events, once somebody has looked back. */
  readonly past: PastState;
  retryNow(): void;
}

type SessionApi = Pick<
  PipelineDemoApi,
  'openStream' | 'readLines' | 'readEvents'
>;

/**
 * One stream, and what it adds up to: the run is folded by the same reducer as
 * on the server, the lines go into the buffer. Nothing is cleared by a lost
 * connection. Listeners are told at most once per animation frame.
 */
export class RunSession {
  readonly buffer = new LogBuffer();
  #api: SessionApi;
  #runId: string | undefined;
  #now: () => number;
  #stream: RunStreamHandle | undefined;
  #listeners = new Set<() => void>();
  #frame = perFrame(() => this.#publish());
  #reading = false;

  #run: Run | undefined;
  #connection: Connection = { type: 'connecting' };
  #presence: Presence | undefined;
  #clock = new ServerClock();
  #freshness = new FreshnessWindow();
  #heardAt: number | undefined;
  #past: RunPast;
  /** Lines up to this one are history, and say nothing about freshness. */
  #historyTo = 0;
  /** The stream passed over so many numbers. */
  #skipped = 0;
  /** The last line of a run that has ended. */
  #endsAt: number | undefined;

  #state: RunState;

  private constructor(
    api: SessionApi,
    runId: string | undefined,
    now: () => number,
  ) {
    this.#api = api;
    this.#runId = runId;
    this.#now = now;
    this.#past = new RunPast({
      read: (run, after) => api.readEvents(run, after),
      count: () => this.#run?.event ?? 0,
      onChange: () => this.#frame.request(),
    });
    this.#state = this.#snapshot();
  }

  /** Without `runId` it follows whatever run is active. */
  static create(
    api: SessionApi,
    options: { readonly runId?: string; readonly now: () => number },
  ): RunSession {
    return new RunSession(api, options.runId, options.now);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something has changed. */
  getState = (): RunState => this.#state;

  /** Opens the stream. @returns the function that closes it */
  connect(): () => void {
    const stream = this.#api.openStream({
      runId: this.#runId,
      tail: TAIL_LINES,
      onMessage: message => this.#receive(message),
      onConnection: connection => {
        // "Live" is said again with each message.
        if (connection.type !== 'live' || this.#connection.type !== 'live') {
          this.#connection = connection;
          this.#frame.request();
        }
      },
    });
    this.#stream = stream;
    return () => {
      stream.close();
      this.#stream = undefined;
      this.#forget();
      this.#frame.cancel();
      this.buffer.close();
    };
  }

  /** Reads lines that are not here; one request at a time, the rest is asked for again. */
  read = (range: LineRange): void => {
    const run = this.#run;
    if (this.#reading || !run) {
      return;
    }
    this.#reading = true;
    const { generation } = this.buffer;
    const done = () => {
      this.#reading = false;
      this.buffer.touch();
    };
    this.#api.readLines(run.id, range).then(
      lines => {
        if (generation === this.buffer.generation) {
          this.buffer.fill(lines);
        }
        done();
      },
      () => {
        // The rows stay marked as not read, and are asked for again.
        setTimeout(done, READ_RETRY_MS);
      },
    );
  };

  /** Reads the run's events, unless they are here. */
  loadPast = (): void => {
    if (this.#run) {
      this.#past.load(this.#run.id);
    }
  };

  /**
   * The first line that was written at a time or after it; the last one when
   * there is none. Lines that are not here are asked for, one by one.
   *
   * @param at - epoch milliseconds
   * @throws Error when a line cannot be read
   */
  lineAt = (at: number): Promise<number> => {
    const runId = this.#run?.id ?? '';
    const lines = lineTimesOf(this.buffer, line =>
      this.#api.readLines(runId, { from: line, to: line }),
    );
    return firstLineFrom(lines, at);
  };

  #receive(message: ServerMessage): void {
    // Before the log asks for its frame: what the page measures to scroll the
    // log is then measured once, with all that is new in place.
    this.#frame.request();
    switch (message.type) {
      case 'snapshot':
        this.#begin(message);
        break;
      case 'switched':
        this.#forget();
        break;
      case 'event':
        this.#heardAt = this.#now();
        this.#run = this.#run && reduce(this.#run, message.event);
        this.#past.add(message.event);
        break;
      case 'lines':
        this.#append(message.first, message.lines);
        break;
      case 'idle':
      case 'presence':
        this.#meet(message.presence);
        break;
      case 'ended':
        this.#endsAt = message.lastLine;
        break;
      case 'bye':
        break;
      default:
        unknownMessage(message);
    }
  }

  #begin(message: Extract<ServerMessage, { type: 'snapshot' }>): void {
    if (this.#run && this.#run.id !== message.run.id) {
      this.#forget();
    }
    if (!this.#run) {
      this.buffer.skipTo(message.firstLine - 1);
    }
    // Another server may lag behind what this page has seen already.
    if (!this.#run || message.run.event >= this.#run.event) {
      this.#run = message.run;
    }
    this.#historyTo = Math.max(this.#historyTo, message.lastLine);
    this.#heardAt = this.#now();
    this.#meet(message.presence);
  }

  #append(first: number, lines: readonly WireLine[]): void {
    const now = this.#now();
    const expected = this.buffer.lastLine + 1;
    if (first > expected) {
      this.#skipped += first - expected;
      this.buffer.skipTo(first - 1);
    }
    this.buffer.append(first, lines);
    this.#heardAt = now;
    if (first > this.#historyTo && lines.length > 0) {
      this.#freshness.add(now, now + this.#clock.offsetMs - lines[0].at);
    }
  }

  #meet(presence: Presence): void {
    this.#presence = presence;
    this.#clock.heard(presence.now, this.#now());
  }

  #forget(): void {
    this.#run = undefined;
    this.#historyTo = 0;
    this.#skipped = 0;
    this.#endsAt = undefined;
    this.#freshness = new FreshnessWindow();
    this.#past.clear();
    this.buffer.clear();
  }

  #publish(): void {
    this.#state = this.#snapshot();
    this.#listeners.forEach(listener => listener());
  }

  #snapshot(): RunState {
    const { lastLine } = this.buffer;
    return {
      run: this.#run,
      connection: this.#connection,
      presence: this.#presence,
      freshness: this.#freshness.figures,
      missing: this.#skipped + Math.max(0, (this.#endsAt ?? 0) - lastLine),
      lastLine,
      clockOffsetMs: this.#clock.offsetMs,
      heardAt: this.#heardAt,
      past: this.#past.state,
      retryNow: this.#retryNow,
    };
  }

  #retryNow = (): void => this.#stream?.retryNow();
}

function unknownMessage(message: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(message)}`);
}
