import type {
  ClientMessage,
  Cursor,
  ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';

/** Where to begin. */
export interface StreamRequest {
  /** Without it: whatever run is active. */
  readonly runId?: string;
  /** Of this run, only what comes after these. */
  readonly after?: Cursor;
  /** Without `after`: how many of the lines so far. */
  readonly tail: number;
}

/** What a transport tells while it is open. */
export interface StreamLink {
  /** Aborted: end soon, whatever it is with. */
  readonly signal: AbortSignal;
  receive(message: ServerMessage): void;
  /** The server answers, although there is nothing new. */
  alive(): void;
  /** From now on the stream can be sent back to a cursor without a new connection. */
  rewindable(send: (message: ClientMessage) => void): void;
}

/** How a connection ended. */
export type StreamEnd =
  /** Come back, after the time the server named if it named one. */
  | {
      readonly type: 'lost';
      readonly message: string;
      readonly retryAfterMs?: number;
    }
  /** Coming back will not help. */
  | {
      readonly type: 'refused';
      readonly name: string;
      readonly message: string;
    };

/** One way to receive the stream. Resolves when it has ended, and never rejects. */
export type Transport = (
  request: StreamRequest,
  link: StreamLink,
) => Promise<StreamEnd>;

/**
 * Where to begin, as the query of a stream's URL. A cursor belongs to a run:
 * without a run's id, or for another run, it is left out.
 */
export function whereToBegin(request: StreamRequest): URLSearchParams {
  const { runId, after, tail } = request;
  return new URLSearchParams(
    after && after.run === runId
      ? { event: String(after.event), line: String(after.line) }
      : { tail: String(tail) },
  );
}
