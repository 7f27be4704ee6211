import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { Breaker } from '../ports/Breaker';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import type { RunStore, StoredRun } from '../ports/RunStore';
import type { Broadcaster } from '../live/Broadcaster';
import type { RunKeepers } from '../runs/RunKeepers';
import type { GetStatus } from '../schema/openapi';
import type { HandlerOf } from './guard';
import { isoTime, toLineView, toRunView } from './runView';

/** How many of the last lines a status shows. */
const STATUS_LINES = 20;

/** What the status is made from. */
export interface StatusDeps {
  readonly engine: Engine;
  readonly runs: RunStore;
  readonly logs: LogStore;
  readonly clock: Clock;
  readonly keepers: Pick<RunKeepers, 'health'>;
  readonly broadcaster: Pick<Broadcaster, 'viewers' | 'seenAt'>;
  readonly breaker: Breaker | undefined;
}

/** `GET /demo/status`: the active run, else the last one, with all that one asks first. */
export function createStatusHandler(deps: StatusDeps): HandlerOf<GetStatus> {
  const { engine, runs, broadcaster } = deps;
  return async () => {
    const stored = (await runs.active()) ?? (await runs.latest());
    return {
      type: 'json',
      status: 200,
      body: {
        active: stored !== undefined && !isEnded(stored.run.phase),
        run: stored ? toRunView(stored) : null,
        lastLines: stored ? await lastLines(deps, stored) : [],
        viewers: broadcaster.viewers(),
        engine: engine.name,
        breakIt: deps.breaker !== undefined,
        freshness: freshness(deps, stored),
      },
    };
  };
}

async function lastLines({ logs }: StatusDeps, { run, lastLine }: StoredRun) {
  const lines = await logs.read(run.id, {
    from: Math.max(1, lastLine - STATUS_LINES + 1),
    to: lastLine,
    limit: STATUS_LINES,
  });
  return lines.map(toLineView);
}

function freshness(
  { broadcaster, keepers, clock }: StatusDeps,
  stored: StoredRun | undefined,
) {
  const seenAt =
    (stored && broadcaster.seenAt(stored.run.id)) ??
    keepers.health().engineSeenAt;
  return seenAt === undefined
    ? { engineSeenAt: null, ageSeconds: null }
    : {
        engineSeenAt: isoTime(seenAt),
        ageSeconds: Math.max(0, clock.now() - seenAt) / 1000,
      };
}
