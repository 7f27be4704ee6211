import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Guard } from '../http/guard';
import type { LogStore } from '../ports/LogStore';
import type { CancelDeps } from '../runs/cancelRun';
import type { StartDeps } from '../runs/startRun';

/** What the actions work with. */
export interface ActionDeps extends StartDeps, CancelDeps {
  readonly actionsRegistry: ActionsRegistryService;
  readonly guard: Guard;
  readonly logs: LogStore;
  readonly keepers: StartDeps['keepers'] & CancelDeps['keepers'];
}
