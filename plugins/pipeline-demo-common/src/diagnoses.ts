import { KUBERNETES_DIAGNOSES } from './kubernetesDiagnoses';
import type { FailureReason } from './run';

/**
 * What is said about one reason. `{task}` and the other names in braces are
 * filled in by `diagnose`.
 */
export interface DiagnosisText {
  readonly sentence: string;
  readonly advice: string;
}

/**
 * By the code that an engine gives as the reason of an attempt: the platform's
 * own words. These are the local engine's, and those of Kubernetes.
 */
export const BY_CODE: Readonly<Record<string, DiagnosisText>> = {
  NoFreeSlot: {
    sentence: '{task} waits for a slot: all are taken{holders}.',
    advice: 'It starts by itself as soon as one of them ends.',
  },
  ENOSPC: {
    sentence: '{task} cannot go on: the disk is full.',
    advice: 'Make room on the disk of the work directory, then run again.',
  },
  ENOENT: {
    sentence: '{task} cannot start: a program or a file is missing.',
    advice:
      'Check that bash and awk are installed and that the folder workflows/bin is complete.',
  },
  EACCES: {
    sentence: '{task} cannot start: a file may not be run or written.',
    advice:
      'Check the rights on workflows/bin and on the work directory, then run again.',
  },
  Lost: {
    sentence: 'Nobody knows how {task} ended: its supervisor is gone.',
    advice:
      'Look whether the machine restarted or ran out of memory, then run again.',
  },

  ...KUBERNETES_DIAGNOSES,
};

/** By what the reducer and the end of a process tell, without a code of the engine. */
export const BY_SITUATION = {
  driverPending: {
    sentence: '{task} waits for the driver, which is still starting.',
    advice: 'Nothing to do: the driver submits the first tasks once it runs.',
  },
  notLaunched: {
    sentence: 'The engine has not taken the run for {since}.',
    advice:
      'The portal tries again by itself. If this stays, check the connection to the engine.',
  },
  driverStarting: {
    sentence: 'The driver has been starting for {since}.',
    advice:
      'Nothing to do: images, volumes and Nextflow itself take their time. It submits the first tasks once it runs.',
  },
  driverPlaced: {
    sentence: 'The node{node} has been preparing the driver for {since}.',
    advice: 'Nothing to do: it pulls the image and mounts the volume first.',
  },
  driverRunning: {
    sentence: 'The driver runs, and has submitted no task for {since}.',
    advice:
      'Nothing to do: Nextflow takes some seconds to begin. If this stays, read the log of the driver.',
  },
  needsUpstream: {
    sentence: '{task} needs the output of {needs}.',
    advice: 'Nothing to do: it starts by itself.',
  },
  notSubmitted: {
    sentence:
      '{task} has all it needs; the driver has not submitted it for {since}.',
    advice: 'The driver looks every few seconds. If this stays, read its log.',
  },
  unexplained: {
    sentence: '{task} has waited for {since}, and the engine does not say why.',
    advice: 'If this stays, cancel the run and look at the engine.',
  },
  unknownCode: {
    sentence: '{task} does not move: the engine says {code}.',
    advice: 'The quotation is what the engine says.',
  },
  killed: {
    sentence: '{task} was ended by {signal}.',
    advice: 'Somebody, or the system for want of memory, killed it. Run again.',
  },
  exited: {
    sentence: '{task} failed with exit code {exitCode}.',
    advice: 'The last lines of its log say why.',
  },
  failed: {
    sentence: '{task} failed, and its exit code is not known.',
    advice: 'The last lines of its log may say why.',
  },
  stoppedByCancel: {
    sentence: '{task} was stopped: {by} cancelled the run.',
    advice: 'Run again when you like.',
  },
  stoppedByFailure: {
    sentence: '{task} was stopped, because the run failed.',
    advice: 'Look at what failed first.',
  },
  notRunByCancel: {
    sentence: '{task} did not run: {by} cancelled the run.',
    advice: 'Run again when you like.',
  },
  notRunByFailure: {
    sentence: '{task} did not run, because the run failed before.',
    advice: 'Look at what failed first.',
  },
} as const satisfies Readonly<Record<string, DiagnosisText>>;

/** What an exit code above the script's own means to a shell. */
export const EXIT_ADVICE: Readonly<Record<number, string>> = {
  126: 'The script may not be run: check its rights.',
  127: 'A command was not found: check that bash and awk are installed.',
  137: 'It was killed (SIGKILL), often because memory ran out.',
  143: 'It was asked to end (SIGTERM).',
};

/** Why a whole run failed. */
export const BY_FAILURE: Readonly<Record<FailureReason, DiagnosisText>> = {
  'task-failed': {
    sentence: 'A task failed, so the driver gave up.',
    advice: 'Read the last lines of the task that failed, then run again.',
  },
  'driver-failed': {
    sentence: 'The driver itself failed.',
    advice: 'Read the log of the driver.',
  },
  lost: {
    sentence: 'The driver vanished without an exit code.',
    advice:
      'Look whether its machine restarted or ran out of memory, then run again.',
  },
  deadline: {
    sentence: 'The run took longer than it may and was ended.',
    advice: 'Look which task took so long, or allow the run more time.',
  },
  'job-deleted': {
    sentence: "Somebody deleted the driver's Job.",
    advice: 'Cancel a run on its page, and leave its objects to the portal.',
  },
  'launch-refused': {
    sentence: 'The engine refused to start the run.',
    advice: 'Correct what the message names; trying again alone cannot help.',
  },
  'never-started': {
    sentence: 'Something of the run could not start, and nothing else moved.',
    advice:
      'Make room for it, or correct what the message names, then run again.',
  },
  leftovers: {
    sentence: 'The run was cancelled, but not everything could be removed.',
    advice:
      'The portal goes on trying. Look for what holds the named objects: a finalizer, a missing right.',
  },
};
