import {
  CLOSE_CODES,
  encodeMessage,
  type ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import type { Sink } from '../live/Viewer';

/** Why we end a stream: the last message and the close code. */
export interface Ending {
  readonly bye: Omit<Extract<ServerMessage, { type: 'bye' }>, 'type'>;
  readonly code: number;
}

/** When a viewer for whom there was no room may try again. */
const BUSY_RETRY_MS = 10_000;

/** RFC 6455: the message breaks our policy. */
const POLICY_VIOLATION = 1008;

/** The ends that are not the run's. */
export const ENDINGS = {
  tokenExpired: {
    code: CLOSE_CODES.tokenExpired,
    bye: {
      name: 'AuthenticationError',
      message: 'The token has expired; come back with a new one.',
      retryAfterMs: 0,
    },
  },
  forbidden: {
    code: CLOSE_CODES.forbidden,
    bye: {
      name: 'NotAllowedError',
      message: 'You may not see runs.',
    },
  },
  busy: {
    code: CLOSE_CODES.busy,
    bye: {
      name: 'ServiceUnavailableError',
      message: 'There are too many viewers; come back later.',
      retryAfterMs: BUSY_RETRY_MS,
    },
  },
  flood: {
    code: POLICY_VIOLATION,
    bye: {
      name: 'InputError',
      message: 'Too many messages; a viewer has little to say.',
    },
  },
} as const satisfies Readonly<Record<string, Ending>>;

/** The query was wrong, and why. */
export function badRequest(error: Error): Ending {
  return {
    code: CLOSE_CODES.badRequest,
    bye: { name: error.name, message: error.message },
  };
}

/** There is no such run. */
export function unknownRun(runId: string): Ending {
  return {
    code: CLOSE_CODES.notFound,
    bye: { name: 'NotFoundError', message: `There is no run ${runId}.` },
  };
}

/** Says why, and closes. */
export function endSink(sink: Sink, { bye, code }: Ending): void {
  sink.send(encodeMessage({ type: 'bye', ...bye }));
  sink.close(code, bye.name);
}
