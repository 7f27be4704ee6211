import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { resolveText } from './resolveText';

/**
 * Lets `$text` in a catalog file name a file beside it, also when the catalog
 * file itself is read from disk: Backstage's own resolver knows URLs only, and
 * the API entity of this portal must work without any network.
 */
export const catalogModuleLocalText = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'local-text',
  register({ registerInit }) {
    registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addPlaceholderResolver('text', resolveText);
      },
    });
  },
});
