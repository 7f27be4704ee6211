import type { DiagnosisText } from './diagnoses';

/**
 * By the code of an outcome or of a wait, where it means something else for
 * the driver than for a task: nobody submits a driver again.
 */
export const DRIVER_DIAGNOSES: Readonly<Record<string, DiagnosisText>> = {
  OOMKilled: {
    sentence: 'The driver used more memory than it may, and was killed.',
    advice:
      'Give the driver more memory (kubernetes.driver.memory in the settings), then run again.',
  },
  Killed: {
    sentence: 'The driver was killed.',
    advice:
      'Somebody, or the system for want of memory, killed it. Run again; if it happens again, give it more memory.',
  },
  Deleted: {
    sentence: 'Somebody deleted the pod of the driver before it had ended.',
    advice:
      'Run again. Cancel a run on its page, and leave its objects to the portal.',
  },
  Evicted: {
    sentence: 'The driver was evicted from its node{node}.',
    advice:
      'The node was short of memory or disk, or was drained. Run again when it has room.',
  },
  NodeLost: {
    sentence: 'The node{node} of the driver does not answer.',
    advice: 'Look at the node, then run again.',
  },
  QuotaExceeded: {
    sentence:
      'The driver has no room in the quota of the namespace: it is used up.',
    advice:
      'It starts when other pods of the namespace end. If it never does: raise the quota, or ask for less for the driver.',
  },
  Unschedulable: {
    sentence: 'No node has room for the driver.',
    advice:
      'It starts when other pods end. If it never does: add a node, or ask for less for the driver.',
  },
};
