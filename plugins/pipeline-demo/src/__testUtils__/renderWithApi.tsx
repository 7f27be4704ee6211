import { ReactRouterV6PageRouter } from '@backstage/frontend-adapter-react-router-v6';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  AuthorizeResult,
  type EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import type { ReactElement } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import { rootRouteRef } from '../routes';
import { RunSessionProvider } from '../state/useRunSession';
import type { TestApi } from './createTestApi';

interface Options {
  /**
   * Names of permissions. Answers are kept for all apps of a test file, so
   * deny what no other test of the file is allowed.
   */
  readonly denied?: readonly string[];
  readonly path?: string;
}

/** Renders in a test app, with a session of run r4f2 around the element. */
export function renderWithApi(
  element: ReactElement,
  api: TestApi,
  options: Options = {},
) {
  return renderInTestApp(
    <ReactRouterV6PageRouter>
      <RunSessionProvider runId="r4f2">{element}</RunSessionProvider>
    </ReactRouterV6PageRouter>,
    appOptions(api, options),
  );
}

/** Renders the plugin's page where the portal has it. */
export function renderPage(
  element: ReactElement,
  api: TestApi,
  options: Options = {},
) {
  return renderInTestApp(element, {
    ...appOptions(api, options),
    mountPath: '/pipeline-demo',
  });
}

function appOptions(api: TestApi, { denied = [], path = '/' }: Options) {
  const authorize = ({ permission }: EvaluatePermissionRequest) =>
    denied.includes(permission.name)
      ? AuthorizeResult.DENY
      : AuthorizeResult.ALLOW;
  return {
    apis: [
      [pipelineDemoApiRef, api],
      [permissionApiRef, mockApis.permission({ authorize })],
    ] as const,
    initialRouteEntries: [path],
    mountedRoutes: { '/pipeline-demo': rootRouteRef },
  };
}
