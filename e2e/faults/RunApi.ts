/** What the tests look at of a run. */
export interface RunView {
  readonly id: string;
  readonly phase: string;
  readonly lineCount: number;
  readonly hasReport: boolean;
  readonly outcome?: {
    readonly type: string;
    readonly reason?: string;
    readonly message?: string;
    readonly code?: string;
  };
  readonly tasks: readonly { readonly id: string; readonly phase: string }[];
}

/** A line as NDJSON has it. */
export interface DownloadedLine {
  readonly line: number;
  readonly at: string;
  readonly task: string;
  readonly text: string;
  readonly cut?: number;
}

/** What a start answers. */
export interface StartAnswer {
  readonly status: number;
  readonly attached: boolean;
  readonly run: RunView;
}

/** The HTTP API of a backend, for who has a token. */
export class RunApi {
  readonly #base: string;
  readonly #token: string;

  constructor(backend: string, token: string) {
    this.#base = `${backend}/api/pipeline-demo`;
    this.#token = token;
  }

  async start(batchCount: number): Promise<StartAnswer> {
    const response = await this.#call('/demo/run', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ batchCount }),
    });
    const answer = (await response.json()) as Omit<StartAnswer, 'status'>;
    return { ...answer, status: response.status };
  }

  async run(runId: string): Promise<RunView> {
    const response = await this.#call(`/demo/runs/${runId}`, {});
    return (await response.json()) as RunView;
  }

  async cancel(runId: string): Promise<void> {
    const response = await this.#call(`/demo/runs/${runId}`, {
      method: 'DELETE',
    });
    await response.arrayBuffer();
  }

  /** The whole log, as the server sends it. */
  async log(runId: string, format: 'text' | 'ndjson'): Promise<Response> {
    return this.#call(logPath(runId, format), {});
  }

  /** The same for another program, which sends this `authorization`. */
  logUrl(runId: string, format: 'text' | 'ndjson'): string {
    return this.#base + logPath(runId, format);
  }

  get authorization(): string {
    return `Bearer ${this.#token}`;
  }

  /** The whole log as lines. */
  async lines(runId: string): Promise<readonly DownloadedLine[]> {
    const text = await (await this.log(runId, 'ndjson')).text();
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as DownloadedLine);
  }

  /** A live stream from a cursor on. */
  openStream(runId: string, event: number, line: number): WebSocket {
    const base = this.#base.replace(/^http/, 'ws');
    return new WebSocket(
      `${base}/pipeline/stream?run=${runId}&event=${event}&line=${line}`,
      ['pipeline-demo.v1', this.#token],
    );
  }

  async #call(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(this.#base + path, {
      ...init,
      headers: { ...init.headers, Authorization: this.authorization },
    });
    if (!response.ok) {
      const text = await response.text();
      throw new Error(
        `${init.method ?? 'GET'} ${path}: ${response.status} ${text}`,
      );
    }
    return response;
  }
}

function logPath(runId: string, format: 'text' | 'ndjson'): string {
  return `/demo/runs/${runId}/logs?format=${format}`;
}
