import {
  decodeServerMessage,
  type ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import type { ServerResponse } from 'node:http';
import type { Sink } from '../live/Viewer';

/** What a frame says of itself. */
export type FrameReader = (frame: string) => ServerMessage | undefined;

/**
 * Reads frames, each once for all viewers: they get the very same string, one
 * after the other.
 */
export function createFrameReader(): FrameReader {
  let last: { frame: string; message: ServerMessage | undefined } | undefined;
  return frame => {
    if (last?.frame !== frame) {
      last = { frame, message: decodeServerMessage(frame) };
    }
    return last.message;
  };
}

/**
 * A response with server-sent events as a viewer sees it. The id of each is
 * `<event>.<line>`: everything up to there was sent.
 */
export function createSseSink(
  res: ServerResponse,
  readFrame: FrameReader,
): Sink {
  const sent = { event: 0, line: 0 };
  return {
    send: frame => {
      const message = readFrame(frame);
      if (message && !res.writableEnded) {
        Object.assign(sent, cursorAfter(message));
        res.write(
          `id: ${sent.event}.${sent.line}\nevent: ${message.type}\ndata: ${frame}\n\n`,
        );
      }
    },
    buffered: () => res.writableLength,
    close: () => {
      res.end();
    },
  };
}

function cursorAfter(message: ServerMessage): {
  readonly event?: number;
  readonly line?: number;
} {
  switch (message.type) {
    case 'snapshot':
      return { event: message.run.event, line: message.firstLine - 1 };
    case 'event':
      return { event: message.event.event };
    case 'lines':
      return { line: message.first + message.lines.length - 1 };
    case 'idle':
    case 'switched':
    case 'presence':
    case 'ended':
    case 'bye':
      return {};
    default: {
      const never: never = message;
      return never;
    }
  }
}
