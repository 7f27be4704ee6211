import type {
  ClientMessage,
  ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import { untilAborted } from './StreamClock';
import type { StreamClock } from './StreamClock';
import type { StreamEnd, StreamRequest, Transport } from './Transport';

/** Until the first message of a connection. */
const CONNECT_TIMEOUT_MS = 8_000;
/** Presence comes every 5 s at least: silence means that nobody is there. */
const SILENCE_LIMIT_MS = 15_000;
/** How long the server may take to fill a hole. */
const REWIND_TIMEOUT_MS = 5_000;

/** What an attempt works with. */
export interface AttemptOptions {
  readonly transport: Transport;
  readonly request: StreamRequest;
  readonly clock: StreamClock;
  /** `message` is undefined when the server only shows that it is there. */
  onHeard(message: ServerMessage | undefined): void;
}

/**
 * One connection, from its opening to its end. It ends by itself when nothing
 * is heard for too long: a half-open one would wait for ever.
 */
export class Attempt {
  /** How it ended; never rejects. */
  readonly ended: Promise<StreamEnd>;
  #options: AttemptOptions;
  #controller = new AbortController();
  #heardAt: number;
  #good = false;
  #bye: StreamEnd | undefined;
  #send: ((message: ClientMessage) => void) | undefined;
  #rewinding = false;

  private constructor(options: AttemptOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.ended = this.#run();
  }

  static open(options: AttemptOptions): Attempt {
    return new Attempt(options);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller.abort();
  }

  /** Asks for everything after the cursor again; by ending the connection where there is no other way. */
  rewind(cursor: { readonly event: number; readonly line: number }): void {
    if (this.#rewinding) {
      return;
    }
    if (!this.#send) {
      this.abort();
      return;
    }
    this.#rewinding = true;
    this.#send({ type: 'resume', event: cursor.event, line: cursor.line });
    void this.#expectRewind();
  }

  /** What was asked for again has come. */
  rewound(): void {
    this.#rewinding = false;
  }

  async #run(): Promise<StreamEnd> {
    const { transport, request } = this.#options;
    const { signal } = this;
    const watched = this.#watch();
    // The caller has this object before it hears anything of it.
    await Promise.resolve();
    const end = await Promise.race([
      transport(request, {
        signal,
        receive: message => this.#receive(message),
        alive: () => this.#heard(undefined),
        rewindable: send => {
          this.#send = send;
        },
      }),
      untilAborted(signal).then<StreamEnd>(() => ({
        type: 'lost',
        message: 'closed by the page',
      })),
    ]);
    this.abort();
    await watched;
    return this.#bye ?? end;
  }

  #receive(message: ServerMessage): void {
    if (message.type === 'bye') {
      this.#bye = endOfBye(message);
    } else {
      this.#heard(message);
    }
  }

  #heard(message: ServerMessage | undefined): void {
    if (this.signal.aborted) {
      return;
    }
    this.#heardAt = this.#options.clock.now();
    this.#good = true;
    this.#options.onHeard(message);
  }

  async #watch(): Promise<void> {
    const { clock } = this.#options;
    while (!this.signal.aborted) {
      const limit = this.#good ? SILENCE_LIMIT_MS : CONNECT_TIMEOUT_MS;
      const rest = this.#heardAt + limit - clock.now();
      if (rest <= 0) {
        this.abort();
        return;
      }
      await clock.sleep(rest, this.signal);
    }
  }

  async #expectRewind(): Promise<void> {
    await this.#options.clock.sleep(REWIND_TIMEOUT_MS, this.signal);
    if (this.#rewinding) {
      this.abort();
    }
  }
}

function endOfBye(message: Extract<ServerMessage, { type: 'bye' }>): StreamEnd {
  const { name, retryAfterMs } = message;
  return retryAfterMs === undefined
    ? { type: 'refused', name, message: message.message }
    : { type: 'lost', message: message.message, retryAfterMs };
}
