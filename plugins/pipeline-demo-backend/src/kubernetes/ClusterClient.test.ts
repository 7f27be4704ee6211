import type { V1ConfigMap } from '@kubernetes/client-node';
import { readFile, writeFile } from 'node:fs/promises';
import { FAKE_TOKEN } from '../testing/FakeApiServer';
import { createFakeClusterWorld } from '../testing/fakeClusterWorld';
import type { FakeClusterWorld } from '../testing/fakeClusterWorld';
import { ClusterError } from './Cluster';

const never = new AbortController().signal;

const configMap = (name: string): V1ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels: { app: 'demo' } },
});

describe('ClusterClient', () => {
  let world: FakeClusterWorld;
  beforeEach(async () => {
    world = await createFakeClusterWorld();
  });
  afterEach(() => world.close());

  it('creates, gets, lists and deletes', async () => {
    const cluster = world.client();
    const made = await cluster.create('configmaps', configMap('a'), never);
    expect(await cluster.get('configmaps', 'a', never)).toEqual(made);
    const selection = { labelSelector: 'app=demo' };
    const { items } = await cluster.list('configmaps', selection, never);
    expect(items).toEqual([made]);

    await cluster.delete('configmaps', 'a', { uid: 'another' }, never);
    expect(await cluster.get('configmaps', 'a', never)).toEqual(made);
    await cluster.delete('configmaps', 'a', {}, never);
    await cluster.delete('configmaps', 'a', {}, never);
    expect(await cluster.get('configmaps', 'a', never)).toBeUndefined();
  });

  it('says what was refused, without headers or tokens', async () => {
    world.api.forbidden.add('list pods');
    const error = await world
      .client()
      .list('pods', {}, never)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ClusterError);
    expect(error).toMatchObject({
      status: 403,
      reason: 'Forbidden',
      asked: 'list pods',
      message: expect.stringContaining('cannot list resource "pods"'),
    });
    expect(JSON.stringify(error) + String(error)).not.toContain(FAKE_TOKEN);
  });

  it('asks whether it may', async () => {
    world.api.forbidden.add('get pods/log');
    const cluster = world.client();
    expect(await cluster.may('get', 'pods/log', never)).toBe(false);
    expect(await cluster.may('list', 'pods', never)).toBe(true);
  });

  it('knows the version and the clock of the API server', async () => {
    const { gitVersion, now } = await world.client().version(never);
    expect(gitVersion).toBe('v1.34.0-fake');
    expect(Math.abs(now! - Date.now())).toBeLessThan(5_000);
  });

  it('reads its credentials again when they are refused', async () => {
    const cluster = world.client();
    await cluster.list('pods', {}, never);
    const { api, kubeconfig } = world;
    api.token = 'the-next-token';
    await expect(cluster.list('pods', {}, never)).rejects.toMatchObject({
      status: 401,
    });
    const before = await readFile(kubeconfig, 'utf8');
    await writeFile(kubeconfig, before.replace(FAKE_TOKEN, api.token));
    expect((await cluster.list('pods', {}, never)).items).toEqual([]);
  });

  it('gives up on an API server that does not answer', async () => {
    world.api.isHanging = true;
    const cluster = world.client({ timeoutMs: 50 });
    await expect(cluster.list('pods', {}, never)).rejects.toThrow(
      'The API server did not answer within 50 ms (list pods).',
    );
  });

  it('gives up on a watch in which nothing is heard', async () => {
    world.api.bookmarkMs = 60_000;
    const cluster = world.client({ silenceMs: 100 });
    const selection = { resourceVersion: String(world.objects.version) };
    const watch = cluster.watch('pods', selection, never);
    await expect(watch[Symbol.asyncIterator]().next()).rejects.toThrow(
      'Nothing was heard from the API server for 100 ms (watch pods).',
    );
  });

  it('throws when a connection is cut', async () => {
    const selection = { resourceVersion: String(world.objects.version) };
    const watch = world.client().watch('pods', selection, never);
    const messages = watch[Symbol.asyncIterator]();
    await messages.next();
    world.api.cut();
    await expect(
      (async () => {
        while (!(await messages.next()).done);
      })(),
    ).rejects.toThrow('The API server cannot be reached (watch pods)');
  });

  it('says that a version is too old, also in the middle of a stream', async () => {
    const old = { resourceVersion: String(world.objects.version) };
    world.objects.create('pods', { metadata: { name: 'a' } });
    world.objects.compact();
    const watch = world.client().watch('pods', old, never);
    await expect(watch[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      status: 410,
      reason: 'Expired',
      asked: 'watch pods',
    });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const selection = { resourceVersion: String(world.objects.version) };
    const watch = world.client().watch('pods', selection, stop.signal);
    const next = watch[Symbol.asyncIterator]().next();
    stop.abort(new Error('Enough'));
    await expect(next).rejects.toThrow('Enough');
    await expect(world.client().list('pods', {}, stop.signal)).rejects.toThrow(
      'Enough',
    );
  });

  it('names a kubeconfig, or a context, that is not there', async () => {
    await expect(
      world.client({ kubeconfig: '/nowhere' }).list('pods', {}, never),
    ).rejects.toThrow(
      'The kubeconfig /nowhere cannot be used: it is not there.',
    );
    await expect(
      world.client({ context: 'other' }).list('pods', {}, never),
    ).rejects.toThrow("The kubeconfig has no context 'other': it has 'fake'.");
  });
});
