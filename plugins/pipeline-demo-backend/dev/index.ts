/**
 * The plugin alone, without page or sign-in: `backstage-cli package start`
 * here, then
 *
 *   curl -X POST http://localhost:7007/api/pipeline-demo/demo/run
 *   curl http://localhost:7007/api/pipeline-demo/demo/status
 *
 * Who sends no token is taken for `user:default/mock`, and may do everything.
 */
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

const backend = createBackend();

backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
);
backend.add(import('../src'));

backend.start();
