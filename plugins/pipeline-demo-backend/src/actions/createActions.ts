import type { ActionDeps } from './ActionDeps';
import { registerCancel } from './registerCancel';
import { registerGet } from './registerGet';
import { registerLogs } from './registerLogs';
import { registerPreview } from './registerPreview';
import { registerStart } from './registerStart';

/**
 * The plugin's actions, for whatever calls actions: software templates, MCP
 * clients, other plugins. Permission and audit are those of the routes.
 */
export function createActions(deps: ActionDeps): void {
  registerPreview(deps);
  registerStart(deps);
  registerGet(deps);
  registerCancel(deps);
  registerLogs(deps);
}
