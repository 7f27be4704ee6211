import {
  BreadcrumbEntry,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import {
  pipelineDemoRunViewPermission,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useMemo, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import { runRouteRef } from '../routes';
import { ForbiddenState } from '../run/ForbiddenState';
import { MissingRun } from '../run/MissingRun';
import { RunRegions } from '../run/RunRegions';
import { RunSkeleton } from '../run/RunSkeleton';
import { runFromView } from '../run/runFromView';
import { UnreadableRun } from '../run/UnreadableRun';
import type { StartedState } from '../run/useGoToStarted';
import { shortName } from '../run/wording';
import { RunSessionProvider, useRunPart } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';

/** The page of one run. */
export function RunPage() {
  const { runId = '' } = useParams();
  const runPath = useRouteRef(runRouteRef);
  return (
    <BreadcrumbEntry entry={{ label: runId, href: runPath?.({ runId }) ?? '' }}>
      <RunSessionProvider key={runId} runId={runId}>
        <WatchedRun runId={runId} />
      </RunSessionProvider>
    </BreadcrumbEntry>
  );
}

function WatchedRun(props: { readonly runId: string }) {
  const run = useRunPart(state => state.run);
  const connection = useRunPart(state => state.connection);
  const retryNow = useRunPart(state => state.retryNow);
  const started = useStartedState();
  const known = useMemo(() => started && runFromView(started.run), [started]);
  const shown = run ?? (connection.type === 'refused' ? undefined : known);
  if (shown) {
    return (
      <>
        <Attached run={shown} asked={started?.attachedInsteadOf} />
        <RunRegions run={shown} />
      </>
    );
  }
  if (connection.type !== 'refused') {
    return <RunSkeleton />;
  }
  switch (connection.name) {
    case 'NotFoundError':
      return <MissingRun runId={props.runId} />;
    case 'NotAllowedError':
      return <ForbiddenState permission={pipelineDemoRunViewPermission.name} />;
    default:
      return (
        <UnreadableRun
          runId={props.runId}
          message={connection.message}
          onRetry={retryNow}
        />
      );
  }
}

/** What a start has handed on; for this visit only, not for a reload of the page. */
function useStartedState(): StartedState | undefined {
  const { state, pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const [started] = useState(state as StartedState | null);
  useEffect(() => {
    if (state) {
      navigate({ pathname, search, hash }, { replace: true, state: null });
    }
  }, [state, pathname, search, hash, navigate]);
  return started ?? undefined;
}

/** Says that one watches another run than the one that was asked for. */
function Attached(props: { readonly run: Run; readonly asked?: number }) {
  const { run, asked } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [dismissed, setDismissed] = useState(false);
  if (asked === undefined || dismissed) {
    return null;
  }
  return (
    <Alert
      status="info"
      icon
      title={t('attached.title')}
      description={t('attached.text', {
        name: shortName(run.createdBy),
        count: run.batchCount,
        asked,
      })}
      customActions={
        <Button variant="tertiary" onPress={() => setDismissed(true)}>
          {t('attached.dismiss')}
        </Button>
      }
    />
  );
}
