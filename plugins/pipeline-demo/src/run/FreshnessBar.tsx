import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactNode } from 'react';
import { useCalmRunState } from '../state/useCalmRunState';
import { useNow } from '../state/useNow';
import type { Connection, RunState } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './FreshnessBar.module.css';
import { Icon } from './icons';
import { phaseClass } from './Phase';
import type { PhaseName } from './Phase';
import type { Words } from './wording';

const TICK_MS = 1_000;
const MS_PER_SECOND = 1_000;
const ICON_PX = 12;

/** How the page hears of the run, how fresh that is, and that nothing is missing. */
export function FreshnessBar() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const state = useCalmRunState();
  const now = useNow(TICK_MS);
  const { connection, presence, run, clockOffsetMs, lastLine } = state;
  const isLost = connection.type === 'reconnecting';
  const isFinished = connection.type === 'finished';
  const seenAt = presence?.seenAt;
  return (
    <footer className={styles.bar} aria-label={t('freshness.label')}>
      <ConnectionWord connection={connection} now={now} />
      {isLost ? (
        <Away state={state} since={connection.since} now={now} />
      ) : (
        <Latency state={state} isMedian={isFinished} />
      )}
      {run && (
        <>
          <span className={styles.lines}>
            <Figure value={lastLine.toLocaleString()}>
              {t('freshness.lines', { count: lastLine })}
            </Figure>
          </span>
          <Missing state={state} />
        </>
      )}
      {isLost && lastLine > 0 && (
        <span className={styles.optional}>
          {t('freshness.continues', { count: lastLine })}
        </span>
      )}
      <span className={styles.space} />
      {presence && (
        <span className={isLost ? styles.optional : undefined}>
          <Figure value={presence.viewers.toLocaleString()}>
            {t('freshness.viewers', { count: presence.viewers })}
          </Figure>
        </span>
      )}
      {seenAt !== undefined && !isFinished && (
        <span className={styles.optional}>
          {t('freshness.engineSeen')}{' '}
          <b>{age(t, now + clockOffsetMs - seenAt)}</b>
        </span>
      )}
    </footer>
  );
}

function ConnectionWord(props: {
  readonly connection: Connection;
  readonly now: number;
}) {
  const { connection, now } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <span
      className={`${styles.word} ${phaseClass(lookOf(connection))}`}
      data-connection={connection.type}
    >
      <i className={styles.dot} />
      {wordOf(t, connection, now)}
    </span>
  );
}

/** The colour of the connection has nothing to do with the phase of the run. */
function lookOf(connection: Connection): PhaseName {
  switch (connection.type) {
    case 'live':
      return 'succeeded';
    case 'catchingUp':
    case 'polling':
      return 'running';
    case 'connecting':
    case 'finished':
      return 'planned';
    case 'reconnecting':
      return 'blocked';
    case 'refused':
      return 'failed';
    default:
      return unknownConnection(connection);
  }
}

function wordOf(t: Words, connection: Connection, now: number): string {
  switch (connection.type) {
    case 'catchingUp':
      return t('freshness.catchingUp', { count: connection.lines });
    case 'reconnecting': {
      const left = Math.ceil((connection.retryAt - now) / MS_PER_SECOND);
      return left > 0
        ? t('freshness.reconnectingIn', { seconds: String(left) })
        : t('freshness.reconnecting');
    }
    case 'connecting':
    case 'live':
    case 'polling':
    case 'finished':
    case 'refused':
      return t(`freshness.${connection.type}`);
    default:
      return unknownConnection(connection);
  }
}

function Latency(props: {
  readonly state: RunState;
  readonly isMedian: boolean;
}) {
  const { freshness } = props.state;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  if (!freshness) {
    return null;
  }
  return (
    <span
      title={t('freshness.latencyHelp', { p99: duration(t, freshness.p99Ms) })}
    >
      <span className={styles.optional}>{t('freshness.latency')}</span>{' '}
      <b>{duration(t, freshness.p50Ms)}</b>
      {props.isMedian && ` ${t('freshness.median')}`}
    </span>
  );
}

function Away(props: {
  readonly state: RunState;
  /** When the connection was lost, in epoch milliseconds of this browser. */
  readonly since: number;
  readonly now: number;
}) {
  const { state, since, now } = props;
  const { heardAt } = state;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return heardAt === undefined ? null : (
    <span className={styles.optional}>
      {t('freshness.lastHeard', {
        age: seconds(t, now - Math.min(heardAt, since)),
      })}
    </span>
  );
}

/** The count of lines that are owed; only when all was read to its end is it the last word. */
function Missing(props: { readonly state: RunState }) {
  const { missing, run } = props.state;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const isComplete = run?.logsComplete !== undefined;
  const gaps = run?.gaps.length ?? 0;
  return (
    <>
      {/* A gap and "0 missing" would contradict each other. */}
      {(missing > 0 || gaps === 0) && (
        <span
          className={`${styles.proof} ${phaseClass(
            missing > 0 ? 'blocked' : 'succeeded',
          )}`}
          title={t(
            isComplete ? 'freshness.completeHelp' : 'freshness.missingHelp',
          )}
        >
          {missing === 0 && <Icon name="check" size={ICON_PX} />}
          {t(isComplete ? 'freshness.missing' : 'freshness.missingSoFar', {
            count: missing,
          })}
        </span>
      )}
      {gaps > 0 && (
        <span
          className={`${styles.proof} ${phaseClass('blocked')}`}
          title={t('freshness.gapsHelp')}
        >
          {t('freshness.gaps', { count: gaps })}
        </span>
      )}
    </>
  );
}

function Figure(props: {
  readonly value: string;
  readonly children: ReactNode;
}) {
  return (
    <span>
      <b>{props.value}</b> {props.children}
    </span>
  );
}

/** `38 ms`, `1.2 s` */
function duration(t: Words, ms: number): string {
  return ms < MS_PER_SECOND
    ? t('freshness.ms', { count: Math.round(ms) })
    : t('freshness.seconds', { count: Math.round(ms / 100) / 10 });
}

function seconds(t: Words, ms: number): string {
  return t('freshness.seconds', {
    count: Math.max(0, Math.round(ms / MS_PER_SECOND)),
  });
}

function age(t: Words, ms: number): string {
  return t('freshness.ago', { age: seconds(t, ms) });
}

function unknownConnection(connection: never): never {
  throw new Error(`Unknown connection: ${JSON.stringify(connection)}`);
}
