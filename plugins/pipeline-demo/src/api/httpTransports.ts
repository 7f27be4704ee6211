import { ResponseError } from '@backstage/errors';
import { decodeServerMessage } from 'backstage-plugin-pipeline-demo-common';
import type {
  Cursor,
  Run,
  RunEvent,
  ServerMessage,
  WireLine,
} from 'backstage-plugin-pipeline-demo-common';
import { eventStream } from './eventStream';
import type { StreamClock } from './StreamClock';
import { whereToBegin } from './Transport';
import type {
  StreamEnd,
  StreamLink,
  StreamRequest,
  Transport,
} from './Transport';

const POLL_INTERVAL_MS = 2_000;
/** How often to ask whether a run has become active. */
const IDLE_INTERVAL_MS = 3_000;

/** A GET with the user's credentials; rejects with a ResponseError. */
export type Get = (
  path: string,
  options: { readonly accept: string; readonly signal: AbortSignal },
) => Promise<Response>;

/** The answer of `GET /demo/runs/{runId}/events` to those who poll. */
interface EventPage {
  /** Only without a cursor in the request. */
  readonly run?: Run;
  readonly events: readonly RunEvent[];
  readonly lines: readonly WireLine[];
  readonly firstLine: number;
  readonly lastLine: number;
  readonly cursor: Cursor;
  /** The run has ended and the caller has all of it. */
  readonly complete: boolean;
}

/** The stream as server-sent events over fetch, which, unlike EventSource, can send a token. */
export function sseTransport(get: Get): Transport {
  return guarded(async (request, link) => {
    const response = await get(eventsPath(request), {
      accept: 'text/event-stream',
      signal: link.signal,
    });
    const reader = response.body?.getReader();
    if (!reader) {
      return { type: 'lost', message: 'an answer without a body' };
    }
    const text = new TextDecoder();
    const events = eventStream();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return { type: 'lost', message: 'the server ended the stream' };
      }
      link.alive();
      for (const data of events(text.decode(value, { stream: true }))) {
        const message = decodeServerMessage(data);
        if (message) {
          link.receive(message);
        }
      }
    }
  });
}

/** The stream in pages, asked for again and again. */
export function pollTransport(get: Get, clock: StreamClock): Transport {
  return guarded(async (request, link) => {
    let next = request;
    while (!link.signal.aborted) {
      const response = await get(eventsPath(next), {
        accept: 'application/json',
        signal: link.signal,
      });
      const page = (await response.json()) as EventPage;
      link.alive();
      messagesOf(page, clock.now()).forEach(link.receive);
      next = { ...request, after: page.cursor };
      if (page.cursor.line >= page.lastLine) {
        await clock.sleep(POLL_INTERVAL_MS, link.signal);
      }
    }
    return { type: 'lost', message: 'closed by the page' };
  });
}

/**
 * Lets a transport that needs a run's id follow whatever run is active: it
 * asks which one that is, and asks again when it has ended.
 */
export function followActive(
  transport: Transport,
  activeRunId: (signal: AbortSignal) => Promise<string | null>,
  clock: StreamClock,
): Transport {
  return guarded(async (request, link) => {
    if (request.runId) {
      return await transport(request, link);
    }
    let ended: string | undefined;
    while (!link.signal.aborted) {
      const runId = await activeRunId(link.signal);
      link.alive();
      if (runId && runId !== ended) {
        const end = await transport({ ...request, runId }, noteEnd(link));
        if (ended !== runId) {
          return end;
        }
      }
      await clock.sleep(IDLE_INTERVAL_MS, link.signal);
    }
    return { type: 'lost', message: 'closed by the page' };

    function noteEnd(inner: StreamLink): StreamLink {
      return {
        ...inner,
        receive(message) {
          if (message.type === 'ended') {
            ended = message.run;
          }
          inner.receive(message);
        },
      };
    }
  });
}

/** Turns what a transport throws into the end that it means. */
function guarded(transport: Transport): Transport {
  return (request, link) => transport(request, link).catch(endOfError);
}

function endOfError(error: unknown): StreamEnd {
  if (error instanceof ResponseError && REFUSALS.has(error.statusCode)) {
    const { name, message } = error.body.error;
    return { type: 'refused', name: name ?? error.name, message };
  }
  return { type: 'lost', message: (error as Error).message };
}

/** Coming back with the same request and the same rights will not help. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404]);

function eventsPath(request: StreamRequest): string {
  const run = encodeURIComponent(request.runId ?? '');
  return `/demo/runs/${run}/events?${whereToBegin(request)}`;
}

/** The page in the words of the stream. */
function messagesOf(page: EventPage, now: number): readonly ServerMessage[] {
  const { run } = page.cursor;
  const messages: ServerMessage[] = page.events.map(event => ({
    type: 'event',
    run,
    event,
  }));
  if (page.run) {
    messages.unshift({
      type: 'snapshot',
      run: page.run,
      firstLine: page.firstLine,
      lastLine: page.lastLine,
      // Who polls does not learn who else watches.
      presence: { viewers: 1, now },
    });
  }
  if (page.lines.length > 0) {
    messages.push({
      type: 'lines',
      run,
      first: page.firstLine,
      lines: page.lines,
    });
  }
  if (page.complete) {
    messages.push({ type: 'ended', run, lastLine: page.lastLine });
  }
  return messages;
}
