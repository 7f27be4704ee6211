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
import { useState } from 'react';
import { useLocation, useParams } from 'react-router-dom';
import { runRouteRef } from '../routes';
import { ForbiddenState } from '../run/ForbiddenState';
import { MissingRun } from '../run/MissingRun';
import { RegionError } from '../run/RegionError';
import { RunRegions } from '../run/RunRegions';
import { RunSkeleton } from '../run/RunSkeleton';
import type { StartedState } from '../run/StartRun';
import { shortName } from '../run/wording';
import { RunSessionProvider, useRunState } from '../state/useRunSession';
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
  const { run, connection, retryNow } = useRunState();
  if (run) {
    return (
      <>
        <Attached run={run} />
        <RunRegions run={run} />
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
        <RegionError error={new Error(connection.message)} onRetry={retryNow} />
      );
  }
}

/** Says that one watches another run than the one that was asked for. */
function Attached(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const state = useLocation().state as StartedState | null;
  // Kept here, as a change of the address on this page drops the state.
  const [asked, setAsked] = useState(state?.attachedInsteadOf);
  if (asked === undefined) {
    return null;
  }
  return (
    <Alert
      status="info"
      icon
      title={t('attached.text', {
        name: shortName(run.createdBy),
        count: run.batchCount,
        asked,
      })}
      customActions={
        <Button variant="tertiary" onPress={() => setAsked(undefined)}>
          {t('attached.dismiss')}
        </Button>
      }
    />
  );
}
