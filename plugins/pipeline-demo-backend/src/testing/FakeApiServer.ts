import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { Resource } from '../kubernetes/Cluster';
import { refuse } from './fakeRefusals';
import type { FakeNode } from './FakeNode';
import type { FakeObject, FakeObjects } from './FakeObjects';
import { isSelected } from './isSelected';
import { streamFakeLog } from './streamFakeLog';

/** The one token that is accepted. */
export const FAKE_TOKEN = 'token-of-the-tests';

const PATH =
  /^\/(?:api|apis\/batch)\/v1(?:\/namespaces\/[^/]+)?\/([a-z]+)(?:\/([^/]+))?(\/log)?$/;
const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** How long Kubernetes lets a pod end by itself. */
const DEFAULT_GRACE_SECONDS = 30;

/** What the API server serves. */
export interface FakeApiOptions {
  readonly objects: FakeObjects;
  readonly node: FakeNode;
}

/** A request of the API, taken apart. */
interface Call {
  readonly response: ServerResponse;
  readonly resource: Resource;
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

/** Speaks as much of the Kubernetes API as the engine uses, over HTTP. */
export class FakeApiServer {
  readonly #options: FakeApiOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** "list pods": what the caller may not. */
  readonly forbidden = new Set<string>();
  /** What was asked: "GET /api/v1/...". */
  readonly requests: string[] = [];
  /** Whether answers come: a server that hangs accepts and is silent. */
  isHanging = false;
  token = FAKE_TOKEN;
  bookmarkMs = 100;

  static async listen(options: FakeApiOptions): Promise<FakeApiServer> {
    const server = new FakeApiServer(options);
    await new Promise<void>(resolve => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  private constructor(options: FakeApiOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Cuts every connection, as a network does. */
  cut(): void {
    this.#sockets.forEach(socket => socket.resetAndDestroy());
  }

  async close(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${request.url}`);
    const text = Buffer.concat(await request.toArray()).toString();
    if (this.isHanging) {
      return;
    }
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      refuse(response, 401, 'Unauthorized', 'Unauthorized');
      return;
    }
    const body = text ? JSON.parse(text) : {};
    if (url.pathname === '/version') {
      answer(response, 200, { gitVersion: 'v1.34.0-fake' });
    } else if (url.pathname === REVIEWS) {
      this.#review(response, body);
    } else {
      this.#route(request.method ?? '', url, response, body);
    }
  }

  #review(response: ServerResponse, body: Record<string, unknown>): void {
    const { spec } = body as {
      spec: { resourceAttributes: Record<string, string> };
    };
    const { verb, resource, subresource } = spec.resourceAttributes;
    const asked = [resource, subresource].filter(Boolean).join('/');
    const allowed = !this.forbidden.has(`${verb} ${asked}`);
    answer(response, 201, { status: { allowed } });
  }

  #route(
    method: string,
    url: URL,
    response: ServerResponse,
    body: Record<string, unknown>,
  ): void {
    const [, resource, name = '', log] = PATH.exec(url.pathname) ?? [];
    if (!resource) {
      refuse(response, 404, 'NotFound', `There is no ${url.pathname}`);
      return;
    }
    const query = url.searchParams;
    const verb = verbOf(method, name, query);
    const asked = `${verb} ${resource}${log ?? ''}`;
    const call = { response, resource, name, query, body } as Call;
    if (this.forbidden.has(asked)) {
      const message = `${resource} is forbidden: User "fake" cannot ${verb} resource "${resource}" in the namespace "fake"`;
      refuse(response, 403, 'Forbidden', message);
    } else if (log) {
      this.#log(call);
    } else {
      this.#answer(verb, call);
    }
  }

  #answer(verb: string, call: Call): void {
    const { objects } = this.#options;
    const { response, resource, name } = call;
    switch (verb) {
      case 'watch':
        this.#watch(call);
        break;
      case 'list': {
        const items = objects
          .list<FakeObject>(resource)
          .filter(object => isSelected(object, call.query));
        const metadata = { resourceVersion: String(objects.version) };
        answer(response, 200, { kind: 'List', metadata, items });
        break;
      }
      case 'create':
        this.#create(call);
        break;
      case 'delete':
        this.#delete(call);
        break;
      default: {
        const found = objects.get<FakeObject>(resource, name);
        if (found) {
          answer(response, 200, found);
        } else {
          refuse(response, 404, 'NotFound', `${resource} "${name}" not found`);
        }
      }
    }
  }

  #create({ response, resource, body }: Call): void {
    const { objects } = this.#options;
    const object = body as unknown as FakeObject;
    const { name } = object.metadata;
    if (name && objects.get(resource, name)) {
      const message = `${resource} "${name}" already exists`;
      refuse(response, 409, 'AlreadyExists', message);
      return;
    }
    answer(response, 201, objects.create(resource, object));
  }

  #delete({ response, resource, name, body }: Call): void {
    const { objects, node } = this.#options;
    const found = objects.get<FakeObject>(resource, name);
    const { preconditions, propagationPolicy, gracePeriodSeconds } = body as {
      preconditions?: { uid?: string };
      propagationPolicy?: string;
      gracePeriodSeconds?: number;
    };
    const grace = gracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
    if (!found) {
      refuse(response, 404, 'NotFound', `${resource} "${name}" not found`);
      return;
    }
    const { uid } = found.metadata;
    if (preconditions?.uid && preconditions.uid !== uid) {
      refuse(response, 409, 'Conflict', 'the UID in the precondition differs');
      return;
    }
    answer(response, 200, found);
    if (resource === 'pods') {
      node.deletePod(name, grace);
      return;
    }
    objects.remove(resource, name);
    // Without a policy in the body, a Job's pods live on: seen on a real one.
    if (resource === 'jobs' && propagationPolicy === 'Background') {
      objects
        .list<V1Pod>('pods')
        .filter(({ metadata }) => metadata?.ownerReferences?.[0].uid === uid)
        .forEach(({ metadata }) => node.deletePod(metadata!.name!, grace));
    }
  }

  #watch({ response, resource, query }: Call): void {
    const { objects } = this.#options;
    let version = Number(query.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const write = (type: string, object: unknown) =>
      response.write(`${JSON.stringify({ type, object })}\n`);
    const tell = () => {
      const changes = objects.since(version);
      if (!changes) {
        const message = 'too old resource version';
        write('ERROR', {
          kind: 'Status',
          code: 410,
          reason: 'Expired',
          message,
        });
        response.end();
        return;
      }
      for (const change of changes) {
        version = change.version;
        if (change.resource === resource && isSelected(change.object, query)) {
          write(change.type, change.object);
        }
      }
    };
    const bookmark = () =>
      write('BOOKMARK', { metadata: { resourceVersion: String(version) } });
    const timer = setInterval(bookmark, this.bookmarkMs);
    const end = objects.onChange(tell);
    response.on('close', () => {
      clearInterval(timer);
      end();
    });
    tell();
  }

  #log({ response, name, query }: Call): void {
    const { objects, node } = this.#options;
    const container = query.get('container') ?? '';
    const log = node.logs.get(`${name}/${container}`);
    if (!objects.get<V1Job>('pods', name)) {
      refuse(response, 404, 'NotFound', `pods "${name}" not found`);
    } else if (log) {
      streamFakeLog(response, log, query);
    } else {
      const message = `container "${container}" in pod "${name}" is waiting to start: ContainerCreating`;
      refuse(response, 400, 'BadRequest', message);
    }
  }
}

function verbOf(method: string, name: string, query: URLSearchParams): string {
  const verbs: Readonly<Record<string, string>> = {
    POST: 'create',
    DELETE: 'delete',
  };
  const reading = name === '' ? 'list' : 'get';
  return verbs[method] ?? (query.get('watch') === 'true' ? 'watch' : reading);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
