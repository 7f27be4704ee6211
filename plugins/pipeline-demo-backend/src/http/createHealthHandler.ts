import type { Response } from 'express';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { RunStore } from '../ports/RunStore';
import type { RunKeepers } from '../runs/RunKeepers';

/** An answer is good for this long: the route is open, and must not be a way to load the database. */
const ANSWER_TTL_MS = 1_000;

/** What has not answered by then does not work. */
const CHECK_TIMEOUT_MS = 2_000;

/** One thing the plugin stands on. */
export interface CheckView {
  readonly status: 'ok' | 'down';
  readonly message?: string;
}

/** Answer of `GET /health`. */
export interface HealthView {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly checks: {
    readonly database: CheckView;
    readonly leaseLoop: CheckView;
    readonly engine: CheckView;
  };
}

/** What health is made from. */
export interface HealthDeps {
  readonly runs: Pick<RunStore, 'ping'>;
  readonly keepers: Pick<RunKeepers, 'health'>;
  readonly engine: Pick<Engine, 'health'>;
  readonly clock: Clock;
  /** The loop stands still when it has not reached the database for so long. */
  readonly leaseMs: number;
}

/** `GET /health`: 503 when the plugin does not work, never 200 by habit. */
export function createHealthHandler(
  deps: HealthDeps,
): (req: unknown, res: Response<HealthView>) => Promise<void> {
  const checkHealth = createHealthCheck(deps);
  return async (_req, res) => {
    const health = await checkHealth();
    res
      .status(health.status === 'down' ? 503 : 200)
      .set('Cache-Control', 'no-store')
      .json(health);
  };
}

/**
 * A check of what the plugin stands on. Its messages are for everybody, so
 * they say nothing of paths, hosts or versions; the log does.
 */
function createHealthCheck(deps: HealthDeps): () => Promise<HealthView> {
  let cached: { readonly at: number; readonly answer: Promise<HealthView> };
  return () => {
    const now = deps.clock.now();
    if (!cached || now - cached.at >= ANSWER_TTL_MS) {
      cached = { at: now, answer: check(deps) };
    }
    return cached.answer;
  };
}

async function check(deps: HealthDeps): Promise<HealthView> {
  const [database, engine] = await Promise.all([
    isTrue(deps, async () => {
      await deps.runs.ping();
      return true;
    }),
    isTrue(deps, async signal => (await deps.engine.health(signal)).ok),
  ]);
  const { leaseLoopAt } = deps.keepers.health();
  const leaseLoop = deps.clock.now() - leaseLoopAt <= deps.leaseMs;
  return {
    status: statusOf({ database, leaseLoop, engine }),
    checks: {
      database: view(database, 'The database does not answer.'),
      leaseLoop: view(leaseLoop, 'Leases are not being renewed.'),
      engine: view(engine, 'The engine does not answer.'),
    },
  };
}

function statusOf(works: {
  readonly database: boolean;
  readonly leaseLoop: boolean;
  readonly engine: boolean;
}): HealthView['status'] {
  if (!works.database || !works.leaseLoop) {
    return 'down';
  }
  return works.engine ? 'ok' : 'degraded';
}

function view(works: boolean, message: string): CheckView {
  return works ? { status: 'ok' } : { status: 'down', message };
}

/** False also when it throws or takes too long. */
async function isTrue(
  { clock }: HealthDeps,
  ask: (signal: AbortSignal) => Promise<boolean>,
): Promise<boolean> {
  const over = new AbortController();
  try {
    return await Promise.race([
      ask(over.signal),
      clock.sleep(CHECK_TIMEOUT_MS, over.signal).then(() => false),
    ]);
  } catch {
    // What throws does not work, and that is the answer.
    return false;
  } finally {
    over.abort();
  }
}
