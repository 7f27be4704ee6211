import {
  pipelineDemoRunCancelPermission,
  pipelineDemoRunStartPermission,
  pipelineDemoRunViewPermission,
} from 'backstage-plugin-pipeline-demo-common';
import type { Operation } from './guard';

const view = (eventId: string): Operation => ({
  permission: pipelineDemoRunViewPermission,
  eventId,
  severity: 'low',
});

const cancel = (eventId: string): Operation => ({
  permission: pipelineDemoRunCancelPermission,
  eventId,
  severity: 'medium',
});

/** Every operation, with its permission and its name in the audit log. */
export const OPERATIONS = {
  start: {
    permission: pipelineDemoRunStartPermission,
    eventId: 'run-start',
    severity: 'medium',
  },
  cancelActive: cancel('run-cancel-active'),
  cancelRun: cancel('run-cancel'),
  breakTask: cancel('task-break'),
  /** It asks the engine a lot, and says how it is set up: for those who may start runs. */
  check: {
    permission: pipelineDemoRunStartPermission,
    eventId: 'engine-check',
    severity: 'low',
  },
  preview: view('run-preview'),
  status: view('run-status'),
  active: view('run-active'),
  history: view('run-history'),
  get: view('run-get'),
  report: view('run-report'),
  logs: view('run-logs'),
  events: view('run-events'),
  stream: view('run-stream'),
  document: view('document-get'),
} as const satisfies Readonly<Record<string, Operation>>;
