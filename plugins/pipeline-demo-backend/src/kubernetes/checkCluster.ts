import type { EngineHealth } from '../ports/Engine';
import type { Cluster } from './Cluster';

/** Whether the API server answers. */
export async function checkHealth(
  { cluster }: { readonly cluster: Cluster },
  signal: AbortSignal,
): Promise<EngineHealth> {
  try {
    const { gitVersion } = await cluster.version(signal);
    return { ok: true, message: `Kubernetes ${gitVersion}` };
  } catch (error) {
    return { ok: false, message: String(error) };
  }
}
