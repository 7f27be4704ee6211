import { setTimeout as sleep } from 'node:timers/promises';
import type { RunApi } from './RunApi.ts';

/** A line as it came. */
export interface ReceivedLine {
  readonly line: number;
  readonly task: string;
  readonly text: string;
  /** In milliseconds of `performance.now()`. */
  readonly receivedAt: number;
}

interface Message {
  readonly type: string;
  readonly first: number;
  readonly lines: readonly { readonly task: string; readonly text: string }[];
  readonly event: { readonly event: number };
  readonly run: { readonly event: number };
}

const RECONNECT_MS = 100;

/**
 * Watches a run as a page does: over as many connections as it takes, each
 * from where the last one broke.
 */
export class LiveViewer {
  readonly lines: ReceivedLine[] = [];
  /** What should never come: a line that does not follow the one before. */
  readonly faults: string[] = [];
  /** Resolves when the server has said that all was sent. */
  readonly ended: Promise<void>;
  readonly #runId: string;
  readonly #api: () => RunApi;
  #socket: WebSocket | undefined;
  #event = 0;
  #closed = false;

  /** @param api - the one of the backend that is there now */
  constructor(runId: string, api: () => RunApi) {
    this.#runId = runId;
    this.#api = api;
    this.ended = this.#follow();
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
  }

  async #follow(): Promise<void> {
    while (!this.#closed && !(await this.#connect())) {
      await sleep(RECONNECT_MS);
    }
  }

  /** One connection. @returns whether the run's end has come */
  #connect(): Promise<boolean> {
    const socket = this.#api().openStream(
      this.#runId,
      this.#event,
      this.lines.length,
    );
    this.#socket = socket;
    return new Promise(resolve => {
      let hasEnded = false;
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(String(data)) as Message;
        hasEnded ||= message.type === 'ended';
        this.#take(message);
      };
      // What broke it is told by the close that follows.
      socket.onerror = () => undefined;
      socket.onclose = () => resolve(hasEnded);
    });
  }

  #take(message: Message): void {
    const receivedAt = performance.now();
    switch (message.type) {
      case 'snapshot':
        this.#event = message.run.event;
        break;
      case 'event':
        this.#event = message.event.event;
        break;
      case 'lines':
        if (message.first !== this.lines.length + 1) {
          this.faults.push(`${message.first} after ${this.lines.length}`);
        }
        message.lines.forEach(({ task, text }, index) =>
          this.lines.push({
            line: message.first + index,
            task,
            text,
            receivedAt,
          }),
        );
        break;
      default:
      // The others tell of viewers and times.
    }
  }
}
