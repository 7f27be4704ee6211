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

/** Nextflow quotes the answer of the API server, whose own quotes are escaped there. */
const FORBIDDEN = /cannot (\w+) resource \\?"([^"\\]+)\\?"/;

/**
 * What a driver's last words mean, if they mean something that has a remedy of
 * its own: "PermissionMissing" or "ApiServerUnreachable".
 */
export function driverReason(lastWords: string): WaitReason | undefined {
  const [, verb, resource] = FORBIDDEN.exec(lastWords) ?? [];
  if (verb !== undefined) {
    const message = `The driver may not ${verb} ${resource}: ${lastWords}`;
    return { code: 'PermissionMissing', message };
  }
  return NO_ANSWER.test(lastWords)
    ? { code: 'ApiServerUnreachable', message: lastWords }
    : undefined;
}
