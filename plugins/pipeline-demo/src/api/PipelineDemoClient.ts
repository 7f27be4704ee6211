import type {
  DiscoveryApi,
  FetchApi,
  IdentityApi,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  ActiveView,
  EngineCheckView,
  HistoryView,
  LogLine,
  LogLineView,
  PreviewView,
  RunEvent,
  RunView,
  StartedRunView,
  StatusView,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import { followActive, pollTransport, sseTransport } from './httpTransports';
import type {
  HistoryRequest,
  LogDownloadRequest,
  LogSearchRequest,
  LogSearchResult,
  PipelineDemoApi,
  RunStreamHandle,
  StartRunRequest,
  StreamOptions,
} from './PipelineDemoApi';
import { RunStream } from './RunStream';
import type { RunStreamDeps } from './RunStream';
import { browserClock } from './StreamClock';
import { webSocketTransport } from './webSocketTransport';

const PLUGIN_ID = 'pipeline-demo';
const JSON_TYPE = 'application/json';
const MATCHES_PER_ANSWER = 1_000;

/** The answer to a search of the log. */
interface LogMatches {
  readonly matches: readonly { readonly line: number }[];
  /** Missing when there is nothing more to look at. */
  readonly cursor?: number;
}

/** Talks to the backend plugin with the user's credentials. */
export class PipelineDemoClient implements PipelineDemoApi {
  #discoveryApi: DiscoveryApi;
  #fetchApi: FetchApi;
  #streamDeps: RunStreamDeps;

  constructor(deps: {
    readonly discoveryApi: DiscoveryApi;
    readonly fetchApi: FetchApi;
    readonly identityApi: IdentityApi;
  }) {
    this.#discoveryApi = deps.discoveryApi;
    this.#fetchApi = deps.fetchApi;
    this.#streamDeps = this.#makeStreamDeps(deps.identityApi);
  }

  startRun(request: StartRunRequest): Promise<StartedRunView> {
    const { idempotencyKey, ...body } = request;
    return this.#json('/demo/run', {
      method: 'POST',
      headers: {
        'Content-Type': JSON_TYPE,
        'Idempotency-Key': idempotencyKey,
      },
      body: JSON.stringify(body),
    });
  }

  preview(batchCount: number): Promise<PreviewView> {
    return this.#json(`/demo/preview?batchCount=${batchCount}`);
  }

  history(request: HistoryRequest): Promise<HistoryView> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(request)) {
      if (value !== undefined) {
        query.set(name, String(value));
      }
    }
    return this.#json(`/demo/history?${query}`);
  }

  status(): Promise<StatusView> {
    return this.#json('/demo/status');
  }

  check(): Promise<EngineCheckView> {
    return this.#json('/demo/check');
  }

  getRun(runId: string): Promise<RunView> {
    return this.#json(runPath(runId));
  }

  cancelRun(runId: string): Promise<RunView> {
    return this.#json(runPath(runId), { method: 'DELETE' });
  }

  breakTask(runId: string, task: TaskId): Promise<RunView> {
    const path = `${runPath(runId)}/tasks/${encodeURIComponent(task)}/break`;
    return this.#json(path, { method: 'POST' });
  }

  async readLines(
    runId: string,
    range: { readonly from: number; readonly to: number },
  ): Promise<readonly LogLine[]> {
    const query = `format=ndjson&from=${range.from}&to=${range.to}`;
    const response = await this.#fetch(`${runPath(runId)}/logs?${query}`);
    const text = await response.text();
    return text.split('\n').filter(Boolean).map(parseLine);
  }

  async readEvents(runId: string, after: number): Promise<readonly RunEvent[]> {
    // No lines: the stream brings those.
    const query = `event=${after}&tail=0`;
    const { events } = await this.#json<{
      readonly events: readonly RunEvent[];
    }>(`${runPath(runId)}/events?${query}`, { headers: { Accept: JSON_TYPE } });
    return events;
  }

  async downloadLog(
    runId: string,
    { format, tasks = [], search }: LogDownloadRequest,
  ): Promise<Blob> {
    const query = new URLSearchParams({
      format,
      ...(search && searchParams(search)),
    });
    tasks.forEach(task => query.append('task', task));
    const response = await this.#fetch(`${runPath(runId)}/logs?${query}`);
    return await response.blob();
  }

  async searchLog(
    runId: string,
    request: LogSearchRequest,
    signal: AbortSignal,
  ): Promise<LogSearchResult> {
    const query = new URLSearchParams({
      ...searchParams(request),
      cursor: String(request.from),
      to: String(request.to),
      limit: String(MATCHES_PER_ANSWER),
    });
    request.tasks.forEach(task => query.append('task', task));
    const { matches, cursor } = await this.#json<LogMatches>(
      `${runPath(runId)}/logs?${query}`,
      { signal },
    );
    return { lines: matches.map(({ line }) => line), next: cursor };
  }

  openStream(options: StreamOptions): RunStreamHandle {
    return RunStream.open(options, this.#streamDeps);
  }

  #makeStreamDeps(identityApi: IdentityApi): RunStreamDeps {
    const get = (
      path: string,
      { accept, signal }: { accept: string; signal: AbortSignal },
    ) => this.#fetch(path, { headers: { Accept: accept }, signal });
    const activeRunId = async (signal: AbortSignal) => {
      const active = await this.#json<ActiveView>('/demo/active', { signal });
      return active.runId;
    };
    const clock = browserClock;
    return {
      clock,
      transports: {
        webSocket: webSocketTransport({
          baseUrl: () => this.#discoveryApi.getBaseUrl(PLUGIN_ID),
          token: async () => (await identityApi.getCredentials()).token,
          connect: (url, protocols) => new WebSocket(url, [...protocols]),
        }),
        sse: followActive(sseTransport(get), activeRunId, clock),
        poll: followActive(pollTransport(get, clock), activeRunId, clock),
      },
    };
  }

  async #json<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await this.#fetch(path, init);
    return await response.json();
  }

  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl(PLUGIN_ID);
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function runPath(runId: string): string {
  return `/demo/runs/${encodeURIComponent(runId)}`;
}

function searchParams(
  search: NonNullable<LogDownloadRequest['search']>,
): Record<string, string> {
  return {
    search: search.text,
    regex: String(search.regex),
    caseSensitive: String(search.caseSensitive),
  };
}

function parseLine(text: string): LogLine {
  const line = JSON.parse(text) as LogLineView & { readonly cut?: number };
  return { ...line, at: Date.parse(line.at) };
}
