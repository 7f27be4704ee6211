import type { RunEvent } from './event';
import type { LogLine } from './log';
import type { Run } from './run';

/**
 * The WebSocket subprotocol, and with it the version of every message below.
 * A browser offers it together with its token; the server answers with this
 * one alone. The server-sent events carry the same messages.
 *
 * @public
 */
export const STREAM_PROTOCOL = 'pipeline-demo.v1';

/** A log line in a `lines` message: its number is `first` plus its index. @public */
export type WireLine = Omit<LogLine, 'line'>;

/** Who watches, and how fresh the engine's word is; times in epoch milliseconds. @public */
export interface Presence {
  readonly viewers: number;
  /** When the engine was last observed; missing before the first time. */
  readonly seenAt?: number;
  /** The server's clock when it sent this. */
  readonly now: number;
}

/**
 * What the server sends. A stream begins with `snapshot` or `idle`; then come
 * the events after the snapshot's and the lines after the cursor's, each in
 * order and without a hole.
 *
 * @public
 */
export type ServerMessage =
  | {
      readonly type: 'snapshot';
      readonly run: Run;
      /** Lines stored so far. */
      readonly lastLine: number;
      /** The number of the first line that will be sent; older ones are read over HTTP. */
      readonly firstLine: number;
      readonly presence: Presence;
    }
  /** No run is active and none was named: the next one will be followed. */
  | { readonly type: 'idle'; readonly presence: Presence }
  /** The viewer follows whatever is active, and that is another run now; its snapshot comes next. */
  | { readonly type: 'switched'; readonly run: string }
  | { readonly type: 'event'; readonly run: string; readonly event: RunEvent }
  | {
      readonly type: 'lines';
      readonly run: string;
      readonly first: number;
      readonly lines: readonly WireLine[];
    }
  | { readonly type: 'presence'; readonly presence: Presence }
  /** The run has ended and all of it was sent. */
  | { readonly type: 'ended'; readonly run: string; readonly lastLine: number }
  /** Sent before the server closes the stream. */
  | {
      readonly type: 'bye';
      readonly name: string;
      readonly message: string;
      /** When to come back; missing: do not. */
      readonly retryAfterMs?: number;
    };

/** What a viewer may send: "I have everything up to here, go on from there". @public */
export type ClientMessage = {
  readonly type: 'resume';
  readonly event: number;
  readonly line: number;
};

/** Why the server closed a stream. @public */
export const CLOSE_CODES = {
  /** The run has ended and everything was sent. */
  ended: 1000,
  /** The server stops: come back at once. */
  restart: 1012,
  /** Too many viewers: come back later. */
  busy: 1013,
  badRequest: 4400,
  tokenExpired: 4401,
  forbidden: 4403,
  notFound: 4404,
} as const;

/** @public */
export function encodeMessage(message: ServerMessage | ClientMessage): string {
  return JSON.stringify(message);
}

const SERVER_TYPES: ReadonlySet<string> = new Set<ServerMessage['type']>([
  'snapshot',
  'idle',
  'switched',
  'event',
  'lines',
  'presence',
  'ended',
  'bye',
]);

/**
 * Reads a message of the server.
 *
 * @returns undefined for a type that this version does not know: a newer
 *   server may send more, and an older page leaves it out
 * @throws SyntaxError when it is not JSON
 * @public
 */
export function decodeServerMessage(text: string): ServerMessage | undefined {
  const value = JSON.parse(text) as ServerMessage;
  return SERVER_TYPES.has(value?.type) ? value : undefined;
}

/**
 * Reads a message of a viewer.
 *
 * @returns undefined for anything that is not one
 * @public
 */
export function decodeClientMessage(text: string): ClientMessage | undefined {
  let value: ClientMessage;
  try {
    value = JSON.parse(text) as ClientMessage;
  } catch {
    // A viewer may send anything; what is not JSON is not a message.
    return undefined;
  }
  const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0;
  return value?.type === 'resume' && isCount(value.event) && isCount(value.line)
    ? value
    : undefined;
}
