/**
 * The pipeline demo for apps of the legacy frontend system: those that are made
 * with `createApp` of `@backstage/app-defaults`.
 *
 * @packageDocumentation
 */
import {
  compatWrapper,
  convertLegacyRouteRef,
} from '@backstage/core-compat-api';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/core-plugin-api';
import { pipelineDemoApiRef } from './api/PipelineDemoApi';
import { PipelineDemoClient } from './api/PipelineDemoClient';
import { rootRouteRef, runRouteRef } from './routes';

export { isPipelineDemoAvailable } from 'backstage-plugin-pipeline-demo-common';

const routes = {
  root: convertLegacyRouteRef(rootRouteRef),
  run: convertLegacyRouteRef(runRouteRef),
};

const entityRouteRef = createRouteRef({ id: 'pipeline-demo-entity' });

/**
 * The pipeline demo: its client, and the routes of its page.
 *
 * @public
 */
export const pipelineDemoPlugin = createPlugin({
  id: 'pipeline-demo',
  apis: [
    createApiFactory({
      api: pipelineDemoApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        identityApi: identityApiRef,
      },
      factory: deps => new PipelineDemoClient(deps),
    }),
  ],
  routes,
});

/**
 * The page: start a run, and the page of each run below it.
 *
 * @public
 */
export const PipelineDemoPage = pipelineDemoPlugin.provide(
  createRoutableExtension({
    name: 'PipelineDemoPage',
    mountPoint: routes.root,
    component: () =>
      import('./pages/LegacyPage').then(
        ({ LegacyPage }) =>
          () =>
            compatWrapper(<LegacyPage />),
      ),
  }),
);

/**
 * The tab of a catalog entity: its runs, and a start from there.
 *
 * @public
 */
export const EntityPipelineDemoContent = pipelineDemoPlugin.provide(
  createRoutableExtension({
    name: 'EntityPipelineDemoContent',
    mountPoint: entityRouteRef,
    component: () =>
      import('./entity/EntityRuns').then(
        ({ EntityRuns }) =>
          () =>
            compatWrapper(<EntityRuns />),
      ),
  }),
);

/**
 * The card of a catalog entity: its newest run.
 *
 * @public
 */
export const EntityLatestPipelineRunCard = pipelineDemoPlugin.provide(
  createComponentExtension({
    name: 'EntityLatestPipelineRunCard',
    component: {
      lazy: () =>
        import('./entity/LatestRun').then(
          ({ LatestRun }) =>
            () =>
              compatWrapper(<LatestRun />),
        ),
    },
  }),
);
