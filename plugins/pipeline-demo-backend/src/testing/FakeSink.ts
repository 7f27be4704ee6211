import {
  decodeServerMessage,
  reduce,
} from 'backstage-plugin-pipeline-demo-common';
import type { Run, ServerMessage } from 'backstage-plugin-pipeline-demo-common';
import type { Sink } from '../live/Viewer';

/**
 * A page that checks what it is sent: events and lines must come in order,
 * once, and without a hole. It can be slow.
 */
export class FakeSink implements Sink {
  readonly messages: ServerMessage[] = [];
  /** What it has of the run it watches. */
  run?: Run;
  line = 0;
  /** Lines it has received, over all connections of a page. */
  readonly texts: string[] = [];
  readonly problems: string[] = [];
  closed?: { readonly code: number; readonly reason: string };
  #buffered = 0;
  #isSlow = false;

  static create(): FakeSink {
    return new FakeSink();
  }

  private constructor() {}

  /** From now on nothing that is sent leaves. */
  stall(): void {
    this.#isSlow = true;
  }

  /** Everything that was sent leaves. */
  drain(): void {
    this.#isSlow = false;
    this.#buffered = 0;
  }

  /** Loses some of its newest lines; whoever knows asks for them again. */
  forget(lines: number): void {
    this.line = Math.max(0, this.line - lines);
    this.texts.length = this.line;
  }

  /** The connection is gone, with whatever the page has. */
  reconnect(): void {
    this.closed = undefined;
    this.drain();
  }

  get cursor(): { readonly event: number; readonly line: number } {
    return { event: this.run?.event ?? 0, line: this.line };
  }

  buffered(): number {
    return this.#buffered;
  }

  send(frame: string): void {
    this.#buffered += this.#isSlow ? frame.length : 0;
    if (this.closed) {
      this.problems.push(`sent after the end: ${frame}`);
    }
    const message = decodeServerMessage(frame);
    if (message) {
      this.messages.push(message);
      this.#take(message);
    }
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  /** Types of the messages so far, without presence. */
  types(): readonly ServerMessage['type'][] {
    return this.messages
      .map(({ type }) => type)
      .filter(type => type !== 'presence');
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'snapshot':
        this.#expect('first line', message.firstLine, this.line + 1);
        this.run = message.run;
        break;
      case 'event':
        this.#expect('event', message.event.event, this.cursor.event + 1);
        this.run = this.run && reduce(this.run, message.event);
        this.#expect('folded', this.cursor.event, message.event.event);
        break;
      case 'lines':
        this.#expect('line', message.first, this.line + 1);
        this.line += message.lines.length;
        this.texts.push(...message.lines.map(({ text }) => text));
        break;
      case 'switched':
        this.line = 0;
        this.texts.length = 0;
        break;
      case 'ended':
        this.#expect('last line', message.lastLine, this.line);
        break;
      case 'idle':
      case 'presence':
      case 'bye':
        break;
      default:
        throw unknownMessage(message);
    }
  }

  #expect(what: string, got: number, wanted: number): void {
    if (got !== wanted) {
      this.problems.push(`${what} ${got} where ${wanted} was expected`);
    }
  }
}

function unknownMessage(message: never): Error {
  return new Error(`Unknown message: ${JSON.stringify(message)}`);
}
