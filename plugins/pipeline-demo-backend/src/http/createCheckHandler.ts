import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import { callEngine } from '../runs/callEngine';
import type { CheckEngine } from '../schema/openapi';
import type { HandlerOf } from './guard';
import { isoTime } from './runView';

/** Somebody waits for the answer. */
const CHECK_TIMEOUT_MS = 15_000;

/** What the check works with. */
export interface CheckHandlerDeps {
  readonly engine: Pick<Engine, 'name' | 'check'>;
  readonly clock: Clock;
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
}

/** `GET /demo/check`: all that runs stand on, looked at now. */
export function createCheckHandler({
  engine,
  clock,
  signal,
}: CheckHandlerDeps): HandlerOf<CheckEngine> {
  return async () => {
    const checks = await callEngine(clock, signal, CHECK_TIMEOUT_MS, aborted =>
      engine.check(aborted),
    );
    return {
      type: 'json',
      status: 200,
      body: { engine: engine.name, checkedAt: isoTime(clock.now()), checks },
    };
  };
}
