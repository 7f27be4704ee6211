/**
 * The process that the fault tests kill: Backstage's own services and the
 * plugin, nothing else. Its arguments are Backstage's: `--config FILE`.
 *
 * Only the logger is put together here, since Backstage's own reads the
 * configuration schema of every installed package, two seconds of each start.
 * And supervisors are started with what the test calls Node.
 */
import { createBackend } from '@backstage/backend-defaults';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';

process.execPath = process.env.FAULTS_NODE ?? process.execPath;

const backend = createBackend();

backend.add(
  createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => WinstonLogger.create({ meta: { service: 'backstage' } }),
  }),
);
backend.add(import('backstage-plugin-pipeline-demo-backend'));

backend.start().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
