// A portal of the legacy frontend system with nothing but the plugin: built
// and opened by packages.rehearsal.mjs, which puts APP_CONFIG in.
/* global APP_CONFIG */
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  EntityLatestPipelineRunCard,
  EntityPipelineDemoContent,
  PipelineDemoPage,
} from 'backstage-plugin-pipeline-demo/legacy';
import { createRoot } from 'react-dom/client';
import { Route } from 'react-router-dom';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'demo',
    namespace: 'default',
    annotations: { 'pipeline-demo/enabled': 'true' },
  },
};

const app = createApp({
  configLoader: async () => [{ context: 'app', data: APP_CONFIG }],
});
const App = app.createRoot(
  <AppRouter>
    <FlatRoutes>
      <Route path="/pipeline-demo" element={<PipelineDemoPage />} />
      <Route
        path="/entity"
        element={
          <EntityProvider entity={entity}>
            <EntityLatestPipelineRunCard />
            <EntityPipelineDemoContent />
          </EntityProvider>
        }
      />
    </FlatRoutes>
  </AppRouter>,
);
createRoot(document.getElementById('root')).render(<App />);
