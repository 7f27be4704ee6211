import type { ServerMessage } from 'backstage-plugin-pipeline-demo-common';

/** How far a page has the stream without a hole. */
export interface Position {
  /** Undefined before the first snapshot. */
  readonly run?: string;
  readonly event: number;
  readonly line: number;
  /** The highest line that the server spoke of. */
  readonly announced: number;
  /** The run has ended, and all of it is here. */
  readonly complete: boolean;
}

/** What a message does to a position. */
export interface Verified {
  readonly position: Position;
  /** What is new of the message; undefined when nothing is. */
  readonly message?: ServerMessage;
  /** Something before the message is missing: ask again from the position. */
  readonly hole: boolean;
}

/** Before the first message. */
export const START: Position = {
  event: 0,
  line: 0,
  announced: 0,
  complete: false,
};

/**
 * The proof of "0 missing": passes on what follows the position, drops what is
 * a repetition, and reports a hole instead of passing on what is behind it.
 *
 * | message \ number | known already | next | beyond the next |
 * |---|---|---|---|
 * | event | dropped | passed on | hole |
 * | lines | dropped, or the new rest passed on | passed on | hole |
 * | ended | passed on, complete | passed on, complete | hole |
 * | snapshot of the same run | passed on | passed on | passed on, and a hole |
 *
 * A snapshot of another run begins anew; messages of a run that is not the
 * position's are late, and dropped.
 */
export function verify(position: Position, message: ServerMessage): Verified {
  switch (message.type) {
    case 'snapshot':
      return verifySnapshot(position, message);
    case 'switched':
      return passed(START, message);
    case 'event': {
      const { event } = message.event;
      if (message.run !== position.run || event <= position.event) {
        return dropped(position);
      }
      return event === position.event + 1
        ? passed({ ...position, event }, message)
        : hole(position);
    }
    case 'lines':
      return verifyLines(position, message);
    case 'ended':
      if (message.run !== position.run) {
        return dropped(position);
      }
      return message.lastLine > position.line
        ? hole({
            ...position,
            announced: Math.max(position.announced, message.lastLine),
          })
        : passed({ ...position, complete: true }, message);
    case 'idle':
    case 'presence':
    case 'bye':
      return passed(position, message);
    default:
      return unknownMessage(message);
  }
}

function verifySnapshot(
  position: Position,
  message: Extract<ServerMessage, { type: 'snapshot' }>,
): Verified {
  const { run, firstLine, lastLine } = message;
  if (run.id !== position.run) {
    return passed(
      {
        run: run.id,
        event: run.event,
        line: firstLine - 1,
        announced: lastLine,
        complete: false,
      },
      message,
    );
  }
  return {
    message,
    hole: firstLine > position.line + 1,
    position: {
      ...position,
      // Another server may lag behind what this page has already.
      event: Math.max(position.event, run.event),
      announced: Math.max(position.announced, lastLine),
    },
  };
}

function verifyLines(
  position: Position,
  message: Extract<ServerMessage, { type: 'lines' }>,
): Verified {
  const { run, first, lines } = message;
  const last = first + lines.length - 1;
  if (run !== position.run || last <= position.line) {
    return dropped(position);
  }
  if (first > position.line + 1) {
    return hole({
      ...position,
      announced: Math.max(position.announced, last),
    });
  }
  const known = position.line + 1 - first;
  return passed(
    {
      ...position,
      line: last,
      announced: Math.max(position.announced, last),
    },
    known === 0
      ? message
      : { ...message, first: first + known, lines: lines.slice(known) },
  );
}

function passed(position: Position, message: ServerMessage): Verified {
  return { position, message, hole: false };
}

function dropped(position: Position): Verified {
  return { position, hole: false };
}

function hole(position: Position): Verified {
  return { position, hole: true };
}

function unknownMessage(message: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(message)}`);
}
