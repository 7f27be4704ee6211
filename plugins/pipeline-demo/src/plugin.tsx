import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { isPipelineDemoAvailable } from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoApiRef } from './api/PipelineDemoApi';
import { PipelineDemoClient } from './api/PipelineDemoClient';
import { rootRouteRef, runRouteRef } from './routes';
import { Icon } from './run/icons';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: pipelineDemoApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        identityApi: identityApiRef,
      },
      factory: deps => new PipelineDemoClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/pipeline-demo',
    title: 'Pipeline demo',
    icon: <Icon name="flow" size={20} />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: () => import('./pages/PortalPage').then(m => <m.PortalPage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/pipeline',
    title: 'Pipeline',
    filter: isPipelineDemoAvailable,
    loader: () => import('./entity/EntityRuns').then(m => <m.EntityRuns />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'latest-run',
  params: {
    type: 'content',
    filter: isPipelineDemoAvailable,
    loader: () => import('./entity/LatestRun').then(m => <m.LatestRun />),
  },
});

/**
 * The pipeline demo's page, and its tab and card on annotated catalog entities.
 *
 * @public
 */
export const pipelineDemoPlugin = createFrontendPlugin({
  pluginId: 'pipeline-demo',
  title: 'Pipeline demo',
  icon: <Icon name="flow" size={20} />,
  info: { packageJson: () => import('../package.json') },
  extensions: [api, page, entityContent, entityCard],
  routes: { root: rootRouteRef, run: runRouteRef },
});
