import type { V1Pod } from '@kubernetes/client-node';
import {
  parseReport,
  REPORT_MARK,
} from 'backstage-plugin-pipeline-demo-common';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { ReportReading } from '../ports/Engine';
import type { Cluster } from './Cluster';
import { ofRun, ROLE_LABEL, taskOf } from './objectNames';
import { mainState } from './podFacts';
import { readTerminationMessage } from './terminationMessage';

/**
 * The report: `Engine.report`. The driver leaves it in its termination
 * message; REPORT has printed it too, in one marked line of its log.
 */
export async function readReport(
  cluster: Cluster,
  run: RunSpec,
  signal: AbortSignal,
): Promise<ReportReading> {
  const { items: pods } = await cluster.list<V1Pod>(
    'pods',
    { labelSelector: ofRun(run) },
    signal,
  );
  const left = pods
    .filter(({ metadata }) => metadata?.labels?.[ROLE_LABEL] === 'driver')
    .map(pod => readTerminationMessage(mainState(pod)?.terminated?.message))
    .find(({ kind }) => kind === 'report');
  if (left?.kind === 'report') {
    return parseReport(left.json);
  }
  const reporter = pods.find(
    pod =>
      taskOf(pod.metadata?.labels) === 'REPORT' &&
      mainState(pod)?.terminated?.exitCode === 0,
  );
  const printed = reporter && (await printedReport(cluster, reporter, signal));
  return printed === undefined
    ? {
        type: 'unreadable',
        message: 'Neither the driver nor REPORT has left a report.',
      }
    : parseReport(printed);
}

/** What comes after the mark: the API server's time stands before it. */
async function printedReport(
  cluster: Cluster,
  { metadata, spec }: V1Pod,
  signal: AbortSignal,
): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  const log = {
    pod: metadata?.name ?? '',
    container: spec?.containers[0]?.name ?? '',
    mode: 'read',
  } as const;
  for await (const bytes of cluster.log(log, signal)) {
    parts.push(bytes);
  }
  const lines = Buffer.concat(parts).toString('utf8').split('\n');
  return lines
    .map(line => line.split(` ${REPORT_MARK}`)[1])
    .findLast(json => json !== undefined);
}
