import type {
  AuditorServiceEvent,
  HttpRouterServiceWebSocketContext,
  HttpRouterServiceWebSocketHandler,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  decodeClientMessage,
  STREAM_PROTOCOL,
} from 'backstage-plugin-pipeline-demo-common';
import { WebSocketServer, type WebSocket } from 'ws';
import { callerOf, type Caller, type Guard } from '../http/guard';
import { OPERATIONS } from '../http/operations';
import type { Broadcaster } from '../live/Broadcaster';
import type { ViewerRequest } from '../live/Viewer';
import type { Clock } from '../ports/Clock';
import type { RunStore } from '../ports/RunStore';
import { isAllowedOrigin } from './allowedOrigin';
import { createWebSocketSink } from './createWebSocketSink';
import {
  badRequest,
  ENDINGS,
  endSink,
  unknownRun,
  type Ending,
} from './endings';
import { keepAlive } from './keepAlive';
import { refuseUpgrade } from './refuseUpgrade';
import type { StreamAdmission, StreamPass } from './StreamAdmission';
import { readStreamQuery } from './streamQuery';
import { bearerToken, tokenExpiry } from './tokenExpiry';

/** A viewer's messages are some 50 bytes long. */
const MAX_PAYLOAD_BYTES = 4 * 1024;

/** A viewer resumes now and then; who says more than this is not one. */
const FLOOD = { messages: 30, windowMs: 10_000 } as const;

/** What the WebSocket works with. */
export interface StreamHandlerDeps {
  readonly runs: Pick<RunStore, 'get'>;
  readonly broadcaster: Pick<Broadcaster, 'open'>;
  readonly admission: StreamAdmission;
  readonly guard: Guard;
  readonly allowedOrigins: readonly string[];
  readonly clock: Clock;
  readonly logger: LoggerService;
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
}

/** What was decided before the upgrade. */
type Decision =
  | { readonly type: 'refused'; readonly ending: Ending }
  | { readonly type: 'welcome'; readonly request: ViewerRequest };

/**
 * `WS /pipeline/stream`. The framework has authenticated the caller, with the
 * token that is among the offered subprotocols; we answer with our own alone.
 *
 * All is decided before the upgrade. A foreign page is refused without one; a
 * caller who may not, or asks for what there is not, gets it only to be told
 * why, since a browser cannot see the status of a refused upgrade.
 */
export function createStreamHandler(
  deps: StreamHandlerDeps,
): HttpRouterServiceWebSocketHandler {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    // Costs 5 to 15 times the CPU, and memory for each viewer.
    perMessageDeflate: false,
    handleProtocols: offered => offered.has(STREAM_PROTOCOL) && STREAM_PROTOCOL,
  });
  void keepAlive(server.clients, deps.clock, deps.signal);

  return {
    path: '/pipeline/stream',
    handler: async context => {
      const { request, socket, head } = context;
      if (!isAllowedOrigin(request.headers.origin, deps.allowedOrigins)) {
        deps.logger.warn('Stream of a foreign origin refused', {
          origin: request.headers.origin ?? '',
        });
        refuseUpgrade(socket, '403 Forbidden');
        return;
      }
      const caller = callerOf(context.credentials);
      const event = await deps.guard.audit(OPERATIONS.stream, caller, {
        url: request.url ?? '',
      });
      try {
        const decision = await decide(deps, caller, request.url ?? '');
        if (!socket.destroyed) {
          server.handleUpgrade(request, socket, head, ws =>
            begin(deps, ws, { caller, decision, context, event }),
          );
        }
      } catch (error) {
        await event.fail({ error: error as Error });
        deps.logger.error('Stream failed', error as Error);
        refuseUpgrade(socket, '500 Internal Server Error');
      }
    },
  };
}

async function decide(
  { guard, runs }: StreamHandlerDeps,
  caller: Caller,
  url: string,
): Promise<Decision> {
  try {
    await guard.require(caller.credentials, OPERATIONS.stream);
    const request = readStreamQuery(url);
    const { run } = request;
    return run !== undefined && !(await runs.get(run))
      ? { type: 'refused', ending: unknownRun(run) }
      : { type: 'welcome', request };
  } catch (error) {
    if (NotAllowedError.is(error)) {
      return { type: 'refused', ending: ENDINGS.forbidden };
    }
    if (InputError.is(error)) {
      return { type: 'refused', ending: badRequest(error) };
    }
    throw error;
  }
}

interface Opened {
  readonly caller: Caller;
  readonly decision: Decision;
  readonly context: HttpRouterServiceWebSocketContext;
  readonly event: AuditorServiceEvent;
}

function begin(deps: StreamHandlerDeps, ws: WebSocket, opened: Opened): void {
  const { decision, event } = opened;
  const { logger } = deps;
  ws.on('error', error => {
    logger.debug('WebSocket broke', { error: String(error) });
  });
  const refusal =
    decision.type === 'refused'
      ? decision.ending
      : serve(deps, ws, opened, decision.request);
  const audited = refusal
    ? event.fail({ error: new Error(refusal.bye.message) })
    : event.success();
  audited.catch((error: unknown) =>
    logger.error('Audit failed', error as Error),
  );
  if (refusal) {
    endSink(createWebSocketSink(ws), refusal);
  }
}

/** @returns why not, when there is no room */
function serve(
  { admission, broadcaster, clock }: StreamHandlerDeps,
  ws: WebSocket,
  { caller, context }: Opened,
  request: ViewerRequest,
): Ending | undefined {
  const { authProtocol, request: upgrade } = context;
  const token = authProtocol ?? bearerToken(upgrade.headers.authorization);
  const pass: StreamPass | undefined = admission.admit(
    caller,
    tokenExpiry(token),
    ending => viewer.goodbye(ending.bye, ending.code),
  );
  if (!pass) {
    return ENDINGS.busy;
  }
  const viewer = broadcaster.open(createWebSocketSink(ws), request);
  const isFlood = createFloodGate(clock);
  ws.on('message', data => {
    const message = decodeClientMessage(String(data));
    if (isFlood()) {
      viewer.goodbye(ENDINGS.flood.bye, ENDINGS.flood.code);
    } else if (message) {
      viewer.resume(message);
    }
  });
  ws.on('close', () => {
    pass.release();
    viewer.close();
  });
  return undefined;
}

/** Counts messages; true when there are too many of them. */
function createFloodGate(clock: Clock): () => boolean {
  let since = clock.now();
  let count = 0;
  return () => {
    if (clock.now() - since >= FLOOD.windowMs) {
      since = clock.now();
      count = 0;
    }
    count += 1;
    return count > FLOOD.messages;
  };
}
