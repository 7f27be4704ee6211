import { KubeConfig } from '@kubernetes/client-node';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LOCALHOST = '127.0.0.1';

/** A way to the API server of this machine that can be cut, and be closed for a while. */
export class CutProxy {
  readonly #server: Server;
  readonly #folder = mkdtempSync(join(tmpdir(), 'cut-proxy-'));
  readonly #sockets = new Set<Socket>();
  #isClosed = false;

  private constructor(target: number) {
    this.#server = createServer(near => {
      if (this.#isClosed) {
        near.resetAndDestroy();
        return;
      }
      const far = connect(target, LOCALHOST);
      this.#sockets.add(near);
      near.on('close', () => {
        this.#sockets.delete(near);
        far.destroy();
      });
      far.on('close', () => near.destroy());
      // What breaks is closed, and that is heard.
      near.on('error', () => near.destroy());
      far.on('error', () => far.destroy());
      near.pipe(far).pipe(near);
    });
  }

  /** @returns the proxy, and a kubeconfig that goes through it */
  static async open(
    kubeconfig: string,
  ): Promise<{ proxy: CutProxy; kubeconfig: string }> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const cluster = config.getCurrentCluster()!;
    const proxy = new CutProxy(Number(new URL(cluster.server).port));
    await new Promise<void>(resolve => {
      proxy.#server.listen(0, LOCALHOST, resolve);
    });
    const { port } = proxy.#server.address() as AddressInfo;
    const file = join(proxy.#folder, 'kubeconfig');
    const clusters = config.clusters.map(one =>
      one === cluster
        ? { ...one, server: `https://${LOCALHOST}:${port}` }
        : one,
    );
    config.loadFromOptions({
      clusters,
      users: config.users,
      contexts: config.contexts,
      currentContext: config.currentContext,
    });
    writeFileSync(file, config.exportConfig());
    return { proxy, kubeconfig: file };
  }

  /** Breaks every connection there is. @returns how many */
  cut(): number {
    const cut = this.#sockets.size;
    this.#sockets.forEach(socket => socket.resetAndDestroy());
    return cut;
  }

  /** Nobody answers, until `back`. */
  away(): void {
    this.#isClosed = true;
    this.cut();
  }

  back(): void {
    this.#isClosed = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
