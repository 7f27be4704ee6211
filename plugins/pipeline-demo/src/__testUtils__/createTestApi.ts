import type {
  EngineCheckView,
  HistoryView,
  LogLine,
  PreviewView,
  RunEvent,
  RunView,
  ServerMessage,
  StartedRunView,
  StatusView,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  HistoryRequest,
  PipelineDemoApi,
  StartRunRequest,
  StreamOptions,
} from '../api/PipelineDemoApi';
import { aPreview, runAfter, viewOf } from './runs';

/** An API whose server is the test. */
export interface TestApi extends PipelineDemoApi {
  /** What was asked for, in order. */
  readonly asked: {
    readonly starts: StartRunRequest[];
    readonly cancels: string[];
    /** Run and task. */
    readonly breaks: string[];
    readonly histories: HistoryRequest[];
    readonly previews: number[];
  };
  /** The streams that were opened, the newest last. */
  readonly streams: StreamOptions[];
  /** Sends messages down the newest stream. */
  send(...messages: ServerMessage[]): void;
}

/** What the server of the test answers; the rest has sensible answers. */
export interface TestAnswers {
  preview?(batchCount: number): Promise<PreviewView>;
  history?(request: HistoryRequest): Promise<HistoryView>;
  status?(): Promise<StatusView>;
  check?(): Promise<EngineCheckView>;
  startRun?(request: StartRunRequest): Promise<StartedRunView>;
  cancelRun?(runId: string): Promise<RunView>;
  breakTask?(runId: string, task: string): Promise<RunView>;
  readEvents?(runId: string, after: number): Promise<readonly RunEvent[]>;
}

/** The status of a portal without a run. */
export const IDLE: StatusView = {
  active: false,
  run: null,
  lastLines: [],
  viewers: 0,
  engine: 'local',
  breakIt: false,
  freshness: { engineSeenAt: null, ageSeconds: null },
};

/** @returns an API that answers as told, and remembers what was asked */
export function createTestApi(answers: TestAnswers = {}): TestApi {
  const asked: TestApi['asked'] = {
    starts: [],
    cancels: [],
    breaks: [],
    histories: [],
    previews: [],
  };
  const streams: StreamOptions[] = [];
  return {
    asked,
    streams,
    send(...messages) {
      messages.forEach(streams[streams.length - 1].onMessage);
    },
    async preview(batchCount) {
      asked.previews.push(batchCount);
      return answers.preview?.(batchCount) ?? aPreview(batchCount);
    },
    async history(request) {
      asked.histories.push(request);
      return answers.history?.(request) ?? { items: [] };
    },
    async status() {
      return answers.status?.() ?? IDLE;
    },
    async check() {
      const checkedAt = '2024-01-01T00:00:00.000Z';
      return answers.check?.() ?? { engine: 'local', checkedAt, checks: [] };
    },
    async startRun(request) {
      asked.starts.push(request);
      return (
        answers.startRun?.(request) ?? {
          run: viewOf(runAfter(request.batchCount)),
          attached: false,
          streamUrl: '',
        }
      );
    },
    async cancelRun(runId) {
      asked.cancels.push(runId);
      return answers.cancelRun?.(runId) ?? viewOf(runAfter(5));
    },
    async breakTask(runId, task) {
      asked.breaks.push(`${runId} ${task}`);
      return answers.breakTask?.(runId, task) ?? viewOf(runAfter(5));
    },
    async getRun() {
      return viewOf(runAfter(5));
    },
    async readLines(): Promise<readonly LogLine[]> {
      return [];
    },
    async readEvents(runId, after) {
      return answers.readEvents?.(runId, after) ?? [];
    },
    async searchLog() {
      return { lines: [] };
    },
    async downloadLog() {
      return new Blob(['log']);
    },
    openStream(options) {
      streams.push(options);
      options.onConnection({ type: 'live' });
      return { retryNow() {}, close() {} };
    },
  };
}
