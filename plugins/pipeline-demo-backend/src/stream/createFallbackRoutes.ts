import { ServiceUnavailableError } from '@backstage/errors';
import type { Response } from 'express';
import { once } from 'node:events';
import { requireRun } from '../http/createHistoryHandlers';
import type { Caller, HandlerOf } from '../http/guard';
import { withReason } from '../http/reasons';
import type { Broadcaster } from '../live/Broadcaster';
import type { Viewer, ViewerRequest } from '../live/Viewer';
import type { Clock } from '../ports/Clock';
import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import type { GetEvents, OpenStream } from '../schema/openapi';
import { createFrameReader, createSseSink } from './createSseSink';
import { ENDINGS } from './endings';
import { readEventPage } from './readEventPage';
import type { StreamAdmission } from './StreamAdmission';
import { readEventId } from './streamQuery';
import { bearerToken, tokenExpiry } from './tokenExpiry';

/** Proxies forget a silent connection after a minute. */
const COMMENT_INTERVAL_MS = 15_000;

/** When a reader whose connection broke comes back. */
const RETRY_MS = 2_000;

const UPGRADE_REQUIRED = 426;

/** For those whom a proxy lets open no WebSocket. */
export interface FallbackRoutes {
  /** Server-sent events, or one bounded page. */
  readonly events: HandlerOf<GetEvents>;
  /** A plain request where the WebSocket is. */
  readonly plainStream: HandlerOf<OpenStream>;
}

/** What they work with. */
export interface FallbackDeps {
  readonly runs: RunStore;
  readonly logs: LogStore;
  readonly broadcaster: Pick<Broadcaster, 'open'>;
  readonly admission: StreamAdmission;
  readonly clock: Clock;
}

/** The same messages and the same cursor as the WebSocket's, over plain HTTP. */
export function createFallbackRoutes(deps: FallbackDeps): FallbackRoutes {
  const readFrame = createFrameReader();
  return {
    events: async (req, caller, res) => {
      const stored = await requireRun(deps.runs, req.params.runId);
      if (!req.get('Accept')?.includes('text/event-stream')) {
        const body = await readEventPage(deps, stored, req.query);
        return { type: 'json', status: 200, body };
      }
      const lastId = req.get('Last-Event-ID');
      await serveEvents(deps, res, {
        caller,
        readFrame,
        expiresAt: tokenExpiry(bearerToken(req.get('Authorization'))),
        request: {
          run: stored.run.id,
          ...(lastId === undefined ? req.query : readEventId(lastId)),
        },
      });
      return { type: 'written' };
    },

    plainStream: async () => {
      throw Object.assign(
        withReason(
          new Error(
            'This is a WebSocket; see its description in /openapi.json.',
          ),
          'upgrade-required',
        ),
        { statusCode: UPGRADE_REQUIRED },
      );
    },
  };
}

/** Until the run has ended, the reader is gone, or we end it. */
async function serveEvents(
  { admission, broadcaster, clock }: FallbackDeps,
  res: Response,
  options: {
    readonly caller: Caller;
    /** Of the caller's token, in epoch milliseconds. */
    readonly expiresAt: number | undefined;
    readonly request: ViewerRequest;
    readonly readFrame: ReturnType<typeof createFrameReader>;
  },
): Promise<void> {
  const { caller, expiresAt, request, readFrame } = options;
  const pass = admission.admit(caller, expiresAt, ending =>
    viewer.goodbye(ending.bye, ending.code),
  );
  if (!pass) {
    throw noRoom();
  }
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // Keeps the portal's compression, and proxies', from holding events back.
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.write(`retry: ${RETRY_MS}\n\n`);
  res.flushHeaders();

  const closed = new AbortController();
  const viewer: Viewer = broadcaster.open(
    createSseSink(res, readFrame),
    request,
  );
  void comment(res, clock, closed.signal);
  try {
    if (!res.closed) {
      await once(res, 'close');
    }
  } finally {
    closed.abort();
    viewer.close();
    pass.release();
  }
}

function noRoom(): Error {
  const { message, retryAfterMs } = ENDINGS.busy.bye;
  return Object.assign(
    withReason(new ServiceUnavailableError(message), 'too-many-viewers'),
    { retryAfterSeconds: retryAfterMs / 1000 },
  );
}

/** Never rejects. */
async function comment(
  res: Response,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(COMMENT_INTERVAL_MS, signal);
    if (!signal.aborted) {
      res.write(': still here\n\n');
    }
  }
}
