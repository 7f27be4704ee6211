import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { RunStore } from '../ports/RunStore';
import type { HeldLease } from './HeldLease';
import type { RunJournal } from './RunJournal';

/** What the steps of a keeper share. */
export interface KeepContext {
  readonly spec: RunSpec;
  readonly engine: Engine;
  readonly runs: RunStore;
  readonly lease: HeldLease;
  readonly journal: RunJournal;
  readonly clock: Clock;
  readonly logger: LoggerService;
  /** The engine was reached, and told the run's state as of this time. */
  readonly onSeen: (at: number) => void;
  /** Aborted when the lease is lost, or the keeper stops. */
  readonly signal: AbortSignal;
}
