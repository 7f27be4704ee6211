import {
  coreServices,
  createBackendPlugin,
  type AuditorService,
  type DatabaseService,
  type DiscoveryService,
  type HttpAuthService,
  type HttpRouterService,
  type LoggerService,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
  type ActionsRegistryService,
  type MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import {
  notificationService,
  type NotificationService,
} from '@backstage/plugin-notifications-node';
import { trace } from '@opentelemetry/api';
import { pipelineDemoPermissions } from 'backstage-plugin-pipeline-demo-common';
import { randomInt, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { databaseIdentity } from './database/databaseIdentity';
import { DatabaseChangeFeed } from './database/DatabaseChangeFeed';
import { DatabaseLogStore } from './database/DatabaseLogStore';
import { DatabaseRunStore } from './database/DatabaseRunStore';
import { isPostgres } from './database/openDatabase';
import { createActions } from './actions/createActions';
import { findWorkflows } from './findWorkflows';
import { createRouter, OPEN_PATHS } from './http/createRouter';
import { createGuard } from './http/guard';
import { OPERATIONS } from './http/operations';
import { ClusterClient } from './kubernetes/ClusterClient';
import { KubernetesEngine } from './kubernetes/KubernetesEngine';
import { Broadcaster } from './live/Broadcaster';
import { claimWorkDir } from './local/claimWorkDir';
import { createBreaker } from './local/createBreaker';
import { LocalEngine } from './local/LocalEngine';
import { LogRing } from './logs/LogRing';
import { measure } from './observers/measure';
import { notify } from './observers/notify';
import { traceRuns } from './observers/traceRuns';
import type { Breaker } from './ports/Breaker';
import type { Engine } from './ports/Engine';
import { newRunId } from './runs/newRunId';
import { RunKeepers } from './runs/RunKeepers';
import { allObservers } from './runs/RunObserver';
import { readSettings, type Settings } from './settings';
import { createStreamHandler } from './stream/createStreamHandler';
import { StreamAdmission } from './stream/StreamAdmission';
import { systemClock as clock } from './SystemClock';

const PLUGIN_ID = 'pipeline-demo';

/** Seeds are whole numbers below this. */
const SEEDS = 2 ** 31;

/**
 * The backend of the pipeline demo: runs the pipeline, keeps its runs and
 * streams them to every viewer.
 *
 * @public
 */
export const pipelineDemoPlugin = createBackendPlugin({
  pluginId: PLUGIN_ID,
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ config, lifecycle, permissionsRegistry, ...services }) {
        const settings = readSettings(config, process.cwd());
        permissionsRegistry.addPermissions(pipelineDemoPermissions);
        const middle = await wireMiddle(settings, services);
        await mount(settings, middle, services);

        const { keepers, broadcaster } = middle;
        lifecycle.addStartupHook(() => keepers.start());
        lifecycle.addShutdownHook(async () => {
          await keepers.stop();
          await broadcaster.close('The server restarts.');
        });
      },
    });
  },
});

/** The services of Backstage that the plugin stands on. */
interface Services {
  readonly actionsRegistry: ActionsRegistryService;
  readonly auditor: AuditorService;
  readonly database: DatabaseService;
  readonly discovery: DiscoveryService;
  readonly httpAuth: HttpAuthService;
  readonly httpRouter: HttpRouterService;
  readonly logger: LoggerService;
  readonly metrics: MetricsService;
  readonly notifications: NotificationService;
  readonly permissions: PermissionsService;
}

type Middle = Awaited<ReturnType<typeof wireMiddle>>;

/** Stores and engine, and what works on them. */
async function wireMiddle(
  settings: Settings,
  { database, logger, metrics, notifications }: Services,
) {
  const runs = await DatabaseRunStore.create({ database });
  const logs = LogRing.create(await DatabaseLogStore.create({ database }));
  const portal = await databaseIdentity(database);
  await claimPlaces(settings.engine, portal);
  const { engine, breaker } = wireEngine(settings.engine, portal);
  const changes = await DatabaseChangeFeed.create({ database, clock, logger });
  const broadcaster = Broadcaster.create({
    ...{ runs, logs, clock, logger, changes },
  });
  const { leaseMs, retention } = settings;
  const observers = [
    measure({ metrics, clock, broadcaster }),
    traceRuns(trace.getTracer(PLUGIN_ID)),
    notify({ notifications, logger }),
  ];
  const keepers = RunKeepers.create({
    ...{ runs, logs, engine, broadcaster, clock, logger, leaseMs, retention },
    owner: await ownerName(database),
    observer: allObservers(observers, logger),
  });
  return { runs, logs, engine, breaker, broadcaster, keepers };
}

/** Where runs have their folders, each belongs to one database. */
async function claimPlaces(
  settings: Settings['engine'],
  database: string,
): Promise<void> {
  if (settings.type === 'local') {
    await claimWorkDir({ workDir: settings.workDir, database });
  }
}

/**
 * The engine of the settings, and what breaks its tasks on purpose if that is
 * wanted.
 *
 * @param portal - the identity of the database: whose runs the engine may touch
 */
export function wireEngine(
  settings: Settings['engine'],
  portal: string,
): {
  readonly engine: Engine;
  readonly breaker: Breaker | undefined;
} {
  const workflowsDir = findWorkflows();
  switch (settings.type) {
    case 'local':
      return {
        engine: LocalEngine.create({ ...settings, workflowsDir, clock }),
        breaker: settings.breakIt ? createBreaker(settings) : undefined,
      };
    case 'kubernetes': {
      const cluster = ClusterClient.create(settings);
      const { options } = settings;
      return {
        engine: KubernetesEngine.create({
          ...{ cluster, options, portal, workflowsDir, clock },
        }),
        breaker: undefined,
      };
    }
    default:
      throw unknownEngine(settings);
  }
}

function unknownEngine(settings: never): Error {
  return new Error(`Unknown engine: ${JSON.stringify(settings)}`);
}

/** A SQLite file has one process, which, started again, finds its runs at once. */
async function ownerName(database: DatabaseService): Promise<string> {
  return isPostgres(await database.getClient())
    ? `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
    : 'the only process';
}

/** Routes and stream, behind one guard. */
async function mount(
  { leaseMs, stream }: Settings,
  middle: Middle,
  services: Services,
): Promise<void> {
  const { actionsRegistry, discovery, httpRouter, logger } = services;
  const guard = createGuard(services);
  const shared = {
    ...middle,
    ...{ guard, clock, logger, leaseMs },
    signal: middle.keepers.signal,
    admission: StreamAdmission.create({
      ...{ clock, logger, limits: stream },
      requirePermission: ({ credentials }) =>
        guard.require(credentials, OPERATIONS.stream),
    }),
    allowedOrigins: stream.allowedOrigins,
    externalUrl: () => discovery.getExternalBaseUrl(PLUGIN_ID),
    newId: () => newRunId(randomInt),
    newSeed: () => randomInt(SEEDS),
  };
  httpRouter.use(await createRouter(shared));
  for (const path of OPEN_PATHS) {
    httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
  }
  httpRouter.addWebSocketHandler(createStreamHandler(shared));
  createActions({ ...shared, actionsRegistry });
}
