import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  LogLine,
  Run,
  RunEvent,
} from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import type { Sink, Viewer, ViewerRequest } from './Viewer';

/** What `Broadcaster` works with. */
export interface BroadcasterOptions {
  readonly runs: RunStore;
  readonly logs: LogStore;
  readonly clock: Clock;
  readonly logger: LoggerService;
}

/** What was stored, and may be seen now. */
export type Update =
  | {
      readonly runId: string;
      readonly events: readonly RunEvent[];
      /** The run after them. */
      readonly run: Run;
    }
  | { readonly runId: string; readonly lines: readonly LogLine[] };

export class Broadcaster {
  static create(_options: BroadcasterOptions): Broadcaster {
    return new Broadcaster();
  }

  /** Begins to send to a viewer. */
  open(_sink: Sink, _request: ViewerRequest): Viewer {
    throw new Error('not yet');
  }

  /** How many watch the run, or anything. */
  viewers(_runId?: string): number {
    return 0;
  }

  published(_update: Update): void {}

  /** The engine was observed at this time (epoch milliseconds). */
  seen(_runId: string, _at: number): void {}

  /** When the engine was last observed for this run, if it is kept here. */
  seenAt(_runId: string): number | undefined {
    return undefined;
  }

  /** Says goodbye to all viewers: they come back to another process, or to this one after its restart. */
  async close(_reason: string): Promise<void> {}
}
