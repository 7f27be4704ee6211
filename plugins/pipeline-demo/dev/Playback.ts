import { newRun, reduce } from 'backstage-plugin-pipeline-demo-common';
import type {
  Forecast,
  LogLine,
  Presence,
  Run,
  RunEvent,
  ServerMessage,
  WireLine,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  RunStreamHandle,
  StreamOptions,
} from '../src/api/PipelineDemoApi';
import { shifted } from './Recording';
import type { Recording } from './Recording';

const TICK_MS = 50;
const PRESENCE_MS = 2_000;
const RETRY_MS = 8_000;
/** As many lines as the server puts into one message at most. */
const LINES_PER_MESSAGE = 2_000;

/** How a recording is played. Times in milliseconds of the recording. */
export interface PlaybackOptions {
  readonly runId: string;
  readonly recording: Recording;
  /** So much has happened when the page opens. */
  readonly from: number;
  /** Nothing comes after this; missing: it goes on to its end. */
  readonly until?: number;
  readonly viewers: number;
  readonly createdBy: string;
  /** How long ago the connection was lost, in milliseconds. */
  readonly lostFor?: number;
  /** What the page is told instead of "live". */
  readonly connection?: 'live' | 'polling' | 'catchingUp';
}

/** A server that knows one run, which it plays from a recording in real time. */
export class Playback {
  #options: PlaybackOptions;
  #startedAt: number;
  #events: readonly RunEvent[];
  #predicted: Forecast | undefined;

  private constructor(options: PlaybackOptions) {
    this.#options = options;
    this.#startedAt = Date.now() - options.from - (options.lostFor ?? 0);
    this.#events = options.recording.events.map((event, index) => ({
      ...shifted(event, this.#startedAt),
      event: index + 1,
    }));
  }

  static create(options: PlaybackOptions): Playback {
    return new Playback(options);
  }

  /** Says what was forecast when the run was asked for. */
  predict(predicted: Forecast): void {
    this.#predicted = predicted;
  }

  /** The run as it is now. */
  get run(): Run {
    return this.#runAt(this.#eventsBy(Date.now()));
  }

  /** How many lines there are now. */
  get lineCount(): number {
    return this.#linesBy(Date.now());
  }

  /** What the run has been through by now, in order. */
  get events(): readonly RunEvent[] {
    return this.#events.slice(0, this.#eventsBy(Date.now()));
  }

  line(number: number): LogLine {
    return { line: number, ...this.#wireLine(number) };
  }

  /** Plays to one page. */
  open(options: StreamOptions): RunStreamHandle {
    const { onMessage, onConnection } = options;
    const { runId, lostFor, connection = 'live' } = this.#options;
    let event = this.#eventsBy(Date.now());
    let line = this.#linesBy(Date.now());
    const firstLine = Math.max(1, line - options.tail + 1);
    const timers: ReturnType<typeof setInterval>[] = [];
    const close = () => timers.forEach(clearInterval);
    const begin = () => {
      onMessage({
        type: 'snapshot',
        run: this.#runAt(event),
        lastLine: line,
        firstLine,
        presence: this.#presence(),
      });
      this.#sendLines(firstLine, line, onMessage);
      const since = Date.now() - (lostFor ?? 0);
      if (lostFor !== undefined) {
        const retryAt = Date.now() + RETRY_MS;
        onConnection({ type: 'reconnecting', since, retryAt });
        return;
      }
      onConnection(
        connection === 'catchingUp'
          ? { type: 'catchingUp', lines: 3_200 }
          : { type: connection },
      );
      if (line === 0) {
        onMessage({ type: 'presence', presence: this.#presence() });
      }
      timers.push(setInterval(tick, TICK_MS));
      timers.push(
        setInterval(
          () => onMessage({ type: 'presence', presence: this.#presence() }),
          PRESENCE_MS,
        ),
      );
      tick();
    };
    const tick = () => {
      const now = Date.now();
      for (const to = this.#eventsBy(now); event < to; event += 1) {
        onMessage({ type: 'event', run: runId, event: this.#events[event] });
      }
      const last = this.#linesBy(now);
      this.#sendLines(line + 1, last, onMessage);
      line = last;
      if (this.#isOver(event, line)) {
        onMessage({ type: 'ended', run: runId, lastLine: line });
        onConnection({ type: 'finished' });
        close();
      }
    };
    timers.push(setTimeout(begin));
    return { retryNow: () => undefined, close };
  }

  #isOver(event: number, line: number): boolean {
    const last = this.#events[this.#events.length - 1];
    return (
      last?.type === 'NothingLeft' &&
      event === this.#events.length &&
      line === this.#options.recording.lines.length
    );
  }

  #presence(): Presence {
    const now = Date.now();
    const { viewers, lostFor = 0 } = this.#options;
    return { viewers, seenAt: now - lostFor - 800, now };
  }

  #runAt(events: number): Run {
    const { recording, runId, createdBy } = this.#options;
    return this.#events.slice(0, events).reduce(
      reduce,
      newRun({
        id: runId,
        batchCount: recording.batchCount,
        engine: recording.engine,
        seed: recording.seed,
        createdBy,
        createdAt: this.#startedAt,
        predicted: this.#predicted,
      }),
    );
  }

  /** Up to when the page has heard, in milliseconds since the epoch. */
  #heardTo(now: number): number {
    const { until = Infinity, from, lostFor } = this.#options;
    return Math.min(
      now,
      this.#startedAt + (lostFor === undefined ? until : from),
    );
  }

  /** How many events had happened by then; a late one holds back those behind it. */
  #eventsBy(now: number): number {
    const to = this.#heardTo(now);
    const next = this.#events.findIndex(event => event.at > to);
    return next === -1 ? this.#events.length : next;
  }

  #linesBy(now: number): number {
    const { lines } = this.#options.recording;
    const to = this.#heardTo(now) - this.#startedAt;
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (lines.at(middle).at <= to) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  #wireLine(number: number): WireLine {
    const line = this.#options.recording.lines.at(number);
    return { ...line, at: line.at + this.#startedAt };
  }

  #sendLines(
    first: number,
    last: number,
    onMessage: (message: ServerMessage) => void,
  ): void {
    for (let from = first; from <= last; from += LINES_PER_MESSAGE) {
      const count = Math.min(LINES_PER_MESSAGE, last - from + 1);
      onMessage({
        type: 'lines',
        run: this.#options.runId,
        first: from,
        lines: Array.from({ length: count }, (_, index) =>
          this.#wireLine(from + index),
        ),
      });
    }
  }
}
