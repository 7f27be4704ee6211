/** What is put into the configuration of a backend. */
interface BackendSettings {
  /** With it one may do everything. */
  readonly token: string;
  readonly workDir: string;
  /** Backstage's `backend.database`. */
  readonly database: object;
  readonly slots?: number;
  readonly deadline?: string;
  readonly lease?: string;
  /** In place of one for the local engine. */
  readonly pipelineDemo?: object;
}

/** The configuration of a backend at that URL: on this machine, for us alone. */
export function backendConfig(url: string, settings: BackendSettings): object {
  const { token, workDir, database } = settings;
  const { slots = 4, deadline = '1h', lease = '15s' } = settings;
  const local = { lease, local: { workDir, slots, deadline } };
  const { pipelineDemo = local } = settings;
  const access = { type: 'static', options: { token, subject: 'faults' } };
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      cors: { origin: url },
      listen: { host: '127.0.0.1', port: Number(new URL(url).port) },
      database,
      auth: { externalAccess: [access] },
    },
    permission: { enabled: false },
    pipelineDemo,
  };
}
