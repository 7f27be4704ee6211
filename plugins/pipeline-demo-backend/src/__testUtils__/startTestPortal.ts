import { createBackend } from '@backstage/backend-defaults';
import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import permissionBackend from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import type { JsonObject } from '@backstage/types';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipelineDemoPlugin } from '../plugin';

/** A real portal on a free port of this machine. */
export interface TestPortal {
  /** Base URL of the plugin: `http://127.0.0.1:.../api/pipeline-demo`. */
  readonly url: string;
  /** The same for WebSockets. */
  readonly ws: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the plugin in a real backend, with the real permission backend, on
 * the local engine, whose tasks are short.
 *
 * `startTestBackend` of backend-test-utils 1.11 has no HTTP server that takes
 * upgrades, so this is backend-defaults; only who calls is mocked.
 */
export async function startTestPortal(options: {
  /** Decides on every permission that is asked for. */
  readonly allows?: (permission: Permission) => boolean;
  /** Under `pipelineDemo`, but for `local`. */
  readonly settings?: JsonObject;
  /** How many tasks run at once. */
  readonly slots?: number;
  /** As `local.breakIt`. */
  readonly breakIt?: boolean;
  readonly features?: readonly BackendFeature[];
}): Promise<TestPortal> {
  // The supervisors inherit it: a task takes tenths of a second.
  process.env.PIPELINE_DEMO_PACE ??= '0.02';
  const port = await freePort();
  const workDir = await mkdtemp(join(tmpdir(), 'pipeline-demo-'));
  const backend = createBackend();
  const features: readonly BackendFeature[] = [
    mockServices.rootLogger.factory({ level: 'error' }),
    mockServices.auth.factory(),
    mockServices.httpAuth.factory(),
    mockServices.userInfo.factory(),
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: 'http://portal.example' },
        backend: {
          baseUrl: `http://127.0.0.1:${port}`,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        permission: { enabled: true },
        pipelineDemo: {
          ...options.settings,
          local: {
            workDir,
            slots: options.slots ?? 4,
            breakIt: options.breakIt ?? true,
          },
        },
      },
    }),
    permissionBackend,
    policyModule(options.allows ?? (() => true)),
    pipelineDemoPlugin,
    ...(options.features ?? []),
  ];
  features.forEach(feature => backend.add(feature));
  await backend.start();
  return {
    url: `http://127.0.0.1:${port}/api/pipeline-demo`,
    ws: `ws://127.0.0.1:${port}/api/pipeline-demo`,
    stop: async () => {
      await backend.stop();
      await rm(workDir, { recursive: true, force: true });
    },
  };
}

function policyModule(allows: (permission: Permission) => boolean) {
  return createBackendModule({
    pluginId: 'permission',
    moduleId: 'test-policy',
    register: env =>
      env.registerInit({
        deps: { policy: policyExtensionPoint },
        init: async ({ policy }) =>
          policy.setPolicy({
            handle: async ({ permission }) => ({
              result: allows(permission)
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
            }),
          }),
      }),
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
