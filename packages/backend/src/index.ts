import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { catalogModuleLocalText } from './catalogModuleLocalText';
import { endConnections } from './endConnections';
import { startTelemetry } from './startTelemetry';

async function main(): Promise<void> {
  const telemetry = await startTelemetry(process.env);
  const backend = createBackend();

  backend.add(
    rootHttpRouterServiceFactory({
      configure({ applyDefaults, server, lifecycle }) {
        applyDefaults();
        endConnections(server, lifecycle);
      },
    }),
  );
  backend.add(import('@backstage/plugin-app-backend'));
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(
    import('@backstage/plugin-permission-backend-module-allow-all-policy'),
  );
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
  backend.add(catalogModuleLocalText);
  backend.add(import('backstage-plugin-pipeline-demo-backend'));
  if (telemetry) {
    backend.add(telemetry);
  }

  await backend.start();
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
