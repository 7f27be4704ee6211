import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import pipelineDemoPlugin, { pipelineDemoApiRef } from '../src';
import type { StartedState } from '../src/run/useGoToStarted';
import { viewOf } from '../src/__testUtils__/runs';
import { DevApi } from './DevApi';
import { devSidebar } from './devSidebar';
import type { Scenario } from './scenarios';

/** The plugin in a portal of its own, with a scenario for its backend. */
export function createDevApp(scenario: Scenario) {
  enter(scenario);
  return createApp({
    features: [
      pipelineDemoPlugin,
      createFrontendModule({
        pluginId: 'pipeline-demo',
        extensions: [
          ApiBlueprint.make({
            params: defineParams =>
              defineParams({
                api: pipelineDemoApiRef,
                deps: {},
                factory: () => DevApi.create(scenario),
              }),
          }),
        ],
      }),
      createFrontendModule({
        pluginId: 'app',
        extensions: [permissions(scenario.denied ?? []), devSidebar],
      }),
    ],
  });
}

function permissions(denied: readonly string[]) {
  return ApiBlueprint.make({
    name: 'permission',
    params: defineParams =>
      defineParams({
        api: permissionApiRef,
        deps: {},
        factory: () => ({
          authorize: async ({ permission }) => ({
            result: denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          }),
        }),
      }),
  });
}

/** Goes to the scenario's page; the scenario itself stays in the URL. */
function enter(scenario: Scenario): void {
  const { pathname, search, hash } = window.location;
  if (pathname !== '/') {
    return;
  }
  const state: StartedState | undefined =
    scenario.attachedInsteadOf && scenario.play
      ? {
          run: viewOf(scenario.play().run),
          attachedInsteadOf: scenario.attachedInsteadOf,
        }
      : undefined;
  window.history.replaceState(
    { usr: state, key: 'dev', idx: 0 },
    '',
    `${scenario.path}${search}${hash}`,
  );
}
