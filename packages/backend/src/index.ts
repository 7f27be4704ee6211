import { createBackend } from '@backstage/backend-defaults';
import { catalogModuleLocalText } from './catalogModuleLocalText';

const backend = createBackend();

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

backend.start();
