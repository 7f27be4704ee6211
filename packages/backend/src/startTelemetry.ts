import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';

/** OpenTelemetry's own variables, which say what is exported and how. */
const EXPORTERS = [
  'OTEL_METRICS_EXPORTER',
  'OTEL_TRACES_EXPORTER',
  'OTEL_LOGS_EXPORTER',
] as const;

const NONE = 'none';

/**
 * Starts OpenTelemetry's SDK, if its standard variables ask for an exporter:
 * `OTEL_METRICS_EXPORTER=prometheus` answers on port 9464. Without them nothing
 * is loaded and nothing listens.
 *
 * To be called before the backend starts: whoever asks for a meter before the
 * SDK is there gets one that measures nothing.
 *
 * @returns what ends it with the backend, so that its last spans are sent
 */
export async function startTelemetry(
  env: NodeJS.ProcessEnv,
): Promise<BackendFeature | undefined> {
  if (EXPORTERS.every(name => (env[name] ?? NONE) === NONE)) {
    return undefined;
  }
  // The SDK would export to a collector on this machine what nobody asked for.
  EXPORTERS.forEach(name => {
    env[name] ??= NONE;
  });
  env.OTEL_SERVICE_NAME ??= 'pipeline-demo';
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK();
  sdk.start();
  return createBackendPlugin({
    pluginId: 'telemetry',
    register: plugin =>
      plugin.registerInit({
        deps: { lifecycle: coreServices.rootLifecycle },
        init: async ({ lifecycle }) =>
          lifecycle.addShutdownHook(() => sdk.shutdown()),
      }),
  });
}
