import type {
  LogLine,
  RunEvent,
  ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  Connection,
  LogDownloadRequest,
  LogSearchRequest,
  LogSearchResult,
  PipelineDemoApi,
  RunStreamHandle,
  StreamOptions,
} from '../../api/PipelineDemoApi';

const notFaked = () => Promise.reject(new Error('This is not faked'));

/** A client whose server is the test. */
export class FakePipelineDemoApi implements PipelineDemoApi {
  readonly streams: StreamOptions[] = [];
  readonly startRun = jest.fn<
    ReturnType<PipelineDemoApi['startRun']>,
    Parameters<PipelineDemoApi['startRun']>
  >(notFaked);
  readonly preview = jest.fn(notFaked);
  readonly history = jest.fn(notFaked);
  readonly status = jest.fn(notFaked);
  readonly check = jest.fn(notFaked);
  readonly getRun = jest.fn(notFaked);
  readonly cancelRun = jest.fn(notFaked);
  readonly breakTask = jest.fn(notFaked);
  readonly readLines = jest.fn(
    async (
      _runId: string,
      _range: { readonly from: number; readonly to: number },
    ): Promise<readonly LogLine[]> => [],
  );
  readonly readEvents = jest.fn(
    async (_runId: string, _after: number): Promise<readonly RunEvent[]> => [],
  );
  readonly downloadLog = jest.fn(
    async (_runId: string, _request: LogDownloadRequest): Promise<Blob> =>
      new Blob(['log']),
  );
  readonly searchLog = jest.fn(
    async (
      _runId: string,
      _request: LogSearchRequest,
      _signal: AbortSignal,
    ): Promise<LogSearchResult> => ({ lines: [] }),
  );
  readonly retryNow = jest.fn();

  openStream(options: StreamOptions): RunStreamHandle {
    this.streams.push(options);
    return { retryNow: this.retryNow, close: () => {} };
  }

  /** The stream that was opened last brings these. */
  send(...messages: ServerMessage[]): void {
    messages.forEach(this.#latest.onMessage);
  }

  connection(connection: Connection): void {
    this.#latest.onConnection(connection);
  }

  get #latest(): StreamOptions {
    return this.streams[this.streams.length - 1];
  }
}
