import { createPermission } from '@backstage/plugin-permission-common';

/** See runs, their logs, reports and previews. @public */
export const pipelineDemoRunViewPermission = createPermission({
  name: 'pipelineDemo.run.view',
  attributes: { action: 'read' },
});

/** Start a run. @public */
export const pipelineDemoRunStartPermission = createPermission({
  name: 'pipelineDemo.run.start',
  attributes: { action: 'create' },
});

/** Cancel any run. @public */
export const pipelineDemoRunCancelPermission = createPermission({
  name: 'pipelineDemo.run.cancel',
  attributes: { action: 'delete' },
});

/** All permissions of the pipeline demo. @public */
export const pipelineDemoPermissions = [
  pipelineDemoRunViewPermission,
  pipelineDemoRunStartPermission,
  pipelineDemoRunCancelPermission,
];
