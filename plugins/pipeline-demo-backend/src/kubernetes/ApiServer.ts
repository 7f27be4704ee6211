import type { KubeConfig } from '@kubernetes/client-node';
import * as http from 'node:http';
import * as https from 'node:https';
import { ClusterError } from './Cluster';

/** One request to the API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  /** For people: "create jobs". */
  readonly asked: string;
}

/** A peer that is gone is noticed after this and ten probes, a second apart. */
const KEEP_ALIVE_AFTER_MS = 10_000;

/** A refusal is short; what is longer is a proxy's page. */
const MAX_MESSAGE_LENGTH = 500;

const UNAUTHORIZED = 401;
const FIRST_ERROR = 400;

/**
 * Authenticated requests to one API server. Each has a connection of its own:
 * none meets one that has died meanwhile, and each uses the credentials of now.
 *
 * Errors carry neither headers nor tokens.
 */
export class ApiServer {
  readonly #load: () => KubeConfig;
  #config?: KubeConfig;

  /** @param load - reads the way to the cluster; again when it is refused */
  static at(load: () => KubeConfig): ApiServer {
    return new ApiServer(load);
  }

  private constructor(load: () => KubeConfig) {
    this.#load = load;
  }

  /**
   * The answer's head; its body is still to be read.
   *
   * @throws ClusterError for an answer that is a refusal
   */
  async open(
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const answer = await this.#send(request, signal);
    if (answer.statusCode !== UNAUTHORIZED) {
      return accept(answer, request, signal);
    }
    // Tokens and certificates rotate: what is in the file may be newer.
    answer.destroy();
    this.#config = undefined;
    return accept(await this.#send(request, signal), request, signal);
  }

  /** The whole answer, as JSON. @throws ClusterError */
  async ask<T>(request: ApiRequest, signal: AbortSignal): Promise<T> {
    const answer = await this.open(request, signal);
    return JSON.parse(await textOf(answer, request, signal)) as T;
  }

  async #send(
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    signal.throwIfAborted();
    const { url, options } = await this.#prepare(request);
    return new Promise((resolve, reject) => {
      const { request: start } = url.protocol === 'https:' ? https : http;
      const sent = start(url, { ...options, signal }, resolve);
      sent.setNoDelay(true);
      sent.setSocketKeepAlive(true, KEEP_ALIVE_AFTER_MS);
      // Stays, so that a connection that breaks later is not uncaught.
      sent.on('error', error => reject(broken(request, error, signal)));
      sent.end(request.body && bytesOfBody(request.body));
    });
  }

  async #prepare({ method, path, query = {}, body }: ApiRequest) {
    this.#config ??= this.#load();
    const config = this.#config;
    const cluster = config.getCurrentCluster()!;
    const url = new URL(cluster.server.replace(/\/$/, '') + path);
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(key, value);
      }
    }
    const options: https.RequestOptions = {
      method,
      headers: {
        accept: 'application/json',
        // Of itself Node gives a DELETE no length, and the body is not read.
        ...(body && {
          'content-type': 'application/json',
          'content-length': bytesOfBody(body).length,
        }),
      },
    };
    await config.applyToHTTPSOptions(options);
    // The client's agent remembers certificates; it is needed for proxies alone.
    return {
      url,
      options: cluster.proxyUrl ? options : { ...options, agent: false },
    };
  }
}

function bytesOfBody(body: object): Buffer {
  return Buffer.from(JSON.stringify(body));
}

/**
 * The bytes of an answer. Ends when the answer is complete.
 *
 * @throws the signal's reason, or an error that says that the connection broke
 */
export async function* bytesOf(
  answer: http.IncomingMessage,
  request: ApiRequest,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of answer) {
      signal.throwIfAborted();
      yield bytes as Uint8Array;
    }
    signal.throwIfAborted();
  } catch (error) {
    throw broken(request, error, signal);
  } finally {
    answer.destroy();
  }
}

async function textOf(
  answer: http.IncomingMessage,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const bytes of bytesOf(answer, request, signal)) {
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function accept(
  answer: http.IncomingMessage,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { statusCode: status = 0, statusMessage = '' } = answer;
  if (status < FIRST_ERROR) {
    return answer;
  }
  const text = await textOf(answer, request, signal);
  const { reason, message } = refusalOf(text);
  throw new ClusterError(
    status,
    reason ?? statusMessage,
    (message ?? `${status} ${statusMessage}`).slice(0, MAX_MESSAGE_LENGTH),
    request.asked,
  );
}

/** A Status of Kubernetes; or whatever a proxy between us says. */
function refusalOf(text: string): { reason?: string; message?: string } {
  try {
    const { reason, message } = JSON.parse(text);
    return {
      reason: typeof reason === 'string' ? reason : undefined,
      message: typeof message === 'string' ? message : undefined,
    };
  } catch {
    // Not JSON: a page of a proxy tells people nothing that its status does not.
    return {};
  }
}

function broken(
  { asked }: ApiRequest,
  error: unknown,
  signal: AbortSignal,
): unknown {
  if (signal.aborted) {
    return signal.reason;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  return new Error(
    `The API server cannot be reached (${asked}): ${
      message || code || 'the connection broke'
    }`,
  );
}
