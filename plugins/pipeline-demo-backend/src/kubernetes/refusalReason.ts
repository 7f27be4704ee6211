import type { WaitReason } from 'backstage-plugin-pipeline-demo-common';

/*
 * Who refuses a pod says so in a sentence and nowhere else: in the Event of the
 * Job that wanted it, or in the answer to Nextflow.
 */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/exceeded quota: /, 'QuotaExceeded'],
  [/failed quota: .*must specify/, 'QuotaNeedsAmounts'],
  [/violates PodSecurity/, 'PodSecurity'],
  [/serviceaccount "[^"]*" not found/, 'ServiceAccountMissing'],
  [/(maximum|minimum) \w+ usage per|max limit to request ratio/, 'LimitRange'],
  [/admission webhook/, 'AdmissionRefused'],
  [/is forbidden: User \\?"[^"]*" cannot /, 'PermissionMissing'],
];

/** Why a pod could not be created. */
export function refusalReason(message: string): WaitReason {
  const [, code] = REFUSALS.find(([words]) => words.test(message)) ?? [];
  return { code: code ?? 'FailedCreate', message };
}

/** What a JVM says when nobody answers it. */
const NO_ANSWER =
  /ConnectException|Connection refused|UnknownHost|No route to host|[Cc]onnect timed out|Network is unreachable|SocketTimeout|SSLHandshake/;

/** What is left of the API server's refusal when it is told in plain words. */
const FORBIDDEN = /^The driver may not /;

/**
 * The code of a driver's last words, if they mean something that has a remedy
 * of its own.
 */
export function driverCode(message: string): string | undefined {
  if (FORBIDDEN.test(message)) {
    return 'PermissionMissing';
  }
  return NO_ANSWER.test(message) ? 'ApiServerUnreachable' : undefined;
}
