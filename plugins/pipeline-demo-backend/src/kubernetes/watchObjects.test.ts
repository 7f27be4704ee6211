import type { KubernetesObject } from '@kubernetes/client-node';
import { FakeClock } from '../testing/FakeClock';
import { createFakeClusterWorld } from '../testing/fakeClusterWorld';
import type { FakeClusterWorld } from '../testing/fakeClusterWorld';
import { systemClock } from '../SystemClock';
import { ClusterError } from './Cluster';
import type { Cluster } from './Cluster';
import { watchObjects } from './watchObjects';
import type { ObjectChange } from './watchObjects';

const random = () => 0;

/** What is told, without that nothing has changed. */
async function* told(
  changes: AsyncIterable<ObjectChange<KubernetesObject>>,
): AsyncGenerator<string> {
  for await (const change of changes) {
    switch (change.type) {
      case 'all':
        yield `all ${change.objects.map(({ metadata }) => metadata?.name)}`;
        break;
      case 'put':
      case 'gone':
        yield `${change.type} ${change.object.metadata?.name}`;
        break;
      case 'lost':
        yield 'lost';
        break;
      default:
        break;
    }
  }
}

describe('watchObjects', () => {
  let world: FakeClusterWorld;
  const stop = new AbortController();
  beforeEach(async () => {
    world = await createFakeClusterWorld();
  });
  afterEach(() => world.close());

  const watch = (signal = stop.signal) =>
    told(
      watchObjects(
        { cluster: world.client(), clock: systemClock, random },
        'configmaps',
        {},
        signal,
      ),
    );
  const put = (name: string) =>
    world.objects.create('configmaps', { metadata: { name } });

  it('goes on after a cut, and misses nothing', async () => {
    put('a');
    const changes = watch();
    expect((await changes.next()).value).toBe('all a');
    put('b');
    expect((await changes.next()).value).toBe('put b');
    world.api.cut();
    put('c');
    expect((await changes.next()).value).toBe('lost');
    expect((await changes.next()).value).toBe('put c');
    await changes.return(undefined);
  });

  it('lists again when its version is too old', async () => {
    const changes = watch();
    expect((await changes.next()).value).toBe('all ');
    put('a');
    expect((await changes.next()).value).toBe('put a');
    world.api.cut();
    world.objects.remove('configmaps', 'a');
    put('b');
    world.objects.compact();
    expect((await changes.next()).value).toBe('lost');
    expect((await changes.next()).value).toBe('all b');
    await changes.return(undefined);
  });

  it('gives up when it is refused for good', async () => {
    world.api.forbidden.add('watch configmaps');
    const changes = watch();
    await changes.next();
    await expect(changes.next()).rejects.toMatchObject({ status: 403 });
  });

  it('ends when it is told to', async () => {
    const end = new AbortController();
    const changes = watch(end.signal);
    await changes.next();
    end.abort();
    expect(await changes.next()).toEqual({ done: true, value: undefined });
  });

  it('waits longer after each failure, and from the beginning after the first message', async () => {
    const clock = FakeClock.create();
    const end = new AbortController();
    const attempts: number[] = [];
    const cluster = {
      async list() {
        return { items: [], resourceVersion: '1' };
      },
      async *watch() {
        attempts.push(clock.now());
        if (attempts.length === 5) {
          yield { type: 'BOOKMARK', resourceVersion: '2' };
        }
        throw attempts.length < 8
          ? new ClusterError(503, 'ServiceUnavailable', 'Busy', 'watch pods')
          : new ClusterError(403, 'Forbidden', 'No', 'watch pods');
      },
    } as unknown as Cluster;
    const changes = watchObjects(
      { cluster, clock, random },
      'pods',
      {},
      end.signal,
    );
    const reading = (async () => {
      for await (const change of changes) {
        expect(['all', 'lost', 'heard']).toContain(change.type);
      }
    })();
    await expect(clock.finish(reading)).rejects.toThrow('No');
    const waits = attempts
      .slice(1)
      .map((attempt, index) => attempt - attempts[index]);
    expect(waits).toEqual([100, 200, 400, 800, 100, 200, 400]);
  });
});
