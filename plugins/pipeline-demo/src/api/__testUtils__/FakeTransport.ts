import type {
  ClientMessage,
  ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  StreamEnd,
  StreamLink,
  StreamRequest,
  Transport,
} from '../Transport';

/** One connection that the code under test has opened. */
export interface FakeConnection {
  readonly request: StreamRequest;
  readonly link: StreamLink;
  /** What was asked for again. */
  readonly sent: ClientMessage[];
  send(...messages: ServerMessage[]): void;
  end(how: StreamEnd): void;
}

/** A way to receive whose server is the test. */
export class FakeTransport {
  readonly connections: FakeConnection[] = [];
  /** `fail` refuses every connection at once, as a proxy without WebSockets does. */
  mode: 'open' | 'fail' = 'open';
  #rewindable: boolean;

  constructor(options: { readonly rewindable: boolean }) {
    this.#rewindable = options.rewindable;
  }

  get latest(): FakeConnection {
    return this.connections[this.connections.length - 1];
  }

  readonly transport: Transport = (request, link) =>
    new Promise(resolve => {
      const sent: ClientMessage[] = [];
      this.connections.push({
        request,
        link,
        sent,
        send: (...messages) => messages.forEach(link.receive),
        end: resolve,
      });
      link.signal.addEventListener('abort', () =>
        resolve({ type: 'lost', message: 'aborted' }),
      );
      if (this.mode === 'fail') {
        resolve({ type: 'lost', message: 'refused by the network' });
      } else if (this.#rewindable) {
        link.rewindable(message => sent.push(message));
      }
    });
}
