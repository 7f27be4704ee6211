import { ReactRouterV6PageRouter } from '@backstage/frontend-adapter-react-router-v6';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  AuthorizeResult,
  type EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import type { ReactElement } from 'react';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import { rootRouteRef } from '../routes';
import { RunSessionProvider } from '../state/useRunSession';
import type { TestApi } from './createTestApi';

/** Renders in a test app, with a session of run r4f2 around the element. */
export function renderWithApi(
  element: ReactElement,
  api: TestApi,
  options: { readonly denied?: readonly string[]; readonly at?: string } = {},
) {
  const { denied = [], at = '/' } = options;
  return renderInTestApp(
    <ReactRouterV6PageRouter>
      <RunSessionProvider runId="r4f2">{element}</RunSessionProvider>
    </ReactRouterV6PageRouter>,
    {
      apis: [
        [pipelineDemoApiRef, api],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: (request: EvaluatePermissionRequest) =>
              denied.includes(request.permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        ],
      ],
      initialRouteEntries: [at],
      mountedRoutes: { '/pipeline-demo': rootRouteRef },
    },
  );
}
