import { createApp } from '@backstage/frontend-defaults';
import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import pipelineDemoPlugin from 'backstage-plugin-pipeline-demo';
import { navModule } from './nav';

export default createApp({
  features: [
    pipelineDemoPlugin,
    catalogPlugin,
    apiDocsPlugin,
    orgPlugin,
    userSettingsPlugin,
    navModule,
  ],
});
