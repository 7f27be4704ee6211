import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory } from '@backstage/core-plugin-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  EntityLayout,
  EntitySwitch,
} from '@backstage/plugin-catalog';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router-dom';
import { createTestApi, type TestApi } from './__testUtils__/createTestApi';
import { runAfter, succeeding, viewOf } from './__testUtils__/runs';
import { pipelineDemoApiRef } from './api/PipelineDemoApi';
import {
  EntityLatestPipelineRunCard,
  EntityPipelineDemoContent,
  isPipelineDemoAvailable,
  PipelineDemoPage,
} from './legacy';

const config = {
  app: { title: 'Legacy portal', baseUrl: 'http://localhost' },
  backend: { baseUrl: 'http://localhost:7007' },
};

const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <EntitySwitch>
        <EntitySwitch.Case if={isPipelineDemoAvailable}>
          <EntityLatestPipelineRunCard />
        </EntitySwitch.Case>
      </EntitySwitch>
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/pipeline"
      title="Pipeline"
      if={isPipelineDemoAvailable}
    >
      <EntityPipelineDemoContent />
    </EntityLayout.Route>
  </EntityLayout>
);

const component = (name: string, annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', annotations },
});

/** A portal as `npx @backstage/create-app` made them before the new frontend system. */
function openPortal(path: string, api: TestApi) {
  window.history.replaceState({}, '', path);
  const catalog = catalogApiMock({
    entities: [
      component('annotated', { 'pipeline-demo/enabled': 'true' }),
      component('plain', {}),
    ],
  });
  const app = createApp({
    apis: [
      createApiFactory(pipelineDemoApiRef, api),
      createApiFactory(catalogApiRef, catalog),
    ],
    configLoader: async () => [{ context: 'test', data: config }],
  });
  const Portal = app.createRoot(
    <AppRouter>
      <FlatRoutes>
        <Route path="/pipeline-demo" element={<PipelineDemoPage />} />
        <Route path="/catalog" element={<CatalogIndexPage />} />
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogEntityPage />}
        >
          {entityPage}
        </Route>
      </FlatRoutes>
    </AppRouter>,
  );
  render(<Portal />);
}

const run = runAfter(2, succeeding(2));
const history = async () => ({ items: [viewOf(run)] });

describe('in a legacy app', () => {
  it('the page starts a run, and goes to it without loading anew', async () => {
    const api = createTestApi();
    openPortal('/pipeline-demo', api);
    expect(
      await screen.findByRole('heading', { name: 'Run the demo pipeline' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Pipeline demo' }),
    ).toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run 5 batches' }),
    );
    expect(await screen.findAllByRole('gridcell')).toHaveLength(11);
    expect(window.location.pathname).toBe('/pipeline-demo/runs/r4f2');
  });

  it('an annotated entity has the card and the tab', async () => {
    openPortal(
      '/catalog/default/component/annotated',
      createTestApi({ history }),
    );
    const card = await screen.findByRole('region', {
      name: 'Latest pipeline run',
    });
    await waitFor(() => expect(card).toHaveTextContent('Succeeded'));
    await userEvent.click(screen.getByRole('tab', { name: 'Pipeline' }));
    expect(
      await screen.findByRole('region', { name: 'Runs of this component' }),
    ).toBeInTheDocument();
    expect(await screen.findByRole('link', { name: 'r4f2' })).toHaveAttribute(
      'href',
      '/pipeline-demo/runs/r4f2',
    );
  });

  it('other entities have neither', async () => {
    openPortal('/catalog/default/component/plain', createTestApi({ history }));
    expect(
      await screen.findByRole('tab', { name: 'Overview' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('tab', { name: 'Pipeline' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Latest pipeline run' }),
    ).not.toBeInTheDocument();
  });
});
