import { NotFoundError } from '@backstage/errors';
import {
  DEFAULT_FOOTPRINT,
  KUBERNETES_CAPACITY,
  NOMINAL_DURATIONS,
  forecast,
  isEnded,
  newRun,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  Capacity,
  EngineCheckView,
  Forecast,
  HistoryView,
  LogLine,
  PreviewView,
  Run,
  RunView,
  StartedRunView,
  StatusView,
} from 'backstage-plugin-pipeline-demo-common';
import { viewOf } from '../src/__testUtils__/runs';
import type {
  LogSearchRequest,
  LogSearchResult,
  PipelineDemoApi,
  RunStreamHandle,
  StartRunRequest,
  StreamOptions,
} from '../src/api/PipelineDemoApi';
import { compileQuery } from '../src/log/search';
import type { Playback } from './Playback';
import type { Scenario } from './scenarios';

/** One of each kind. */
const CHECKS: EngineCheckView['checks'] = [
  {
    id: 'server',
    title: 'API server',
    status: 'ok',
    sentence: 'Kubernetes v1.34.4 answers; the namespace is pipeline-demo.',
  },
  {
    id: 'quota',
    title: 'Room for a run',
    status: 'warning',
    sentence:
      '9 of 12 batches at once, the others wait: all at once need 14 CPU; free: 11 of 14 CPU.',
    repair:
      'For the largest run at once the quota must allow 14 CPU and 49895Mi of memory, as requests and as limits: see deploy/quota.yaml.',
  },
  {
    id: 'claim',
    title: 'Volume of the work',
    status: 'failed',
    sentence: 'There is no claim pipeline-demo-work.',
    repair:
      'kubectl apply -k deploy/ makes one; or correct pipelineDemo.kubernetes.claim.',
  },
  {
    id: 'images',
    title: 'Images',
    status: 'skipped',
    sentence:
      'Not known before the next run: no node has asked for them lately.',
  },
];

/** How long the server takes for an answer. */
const ANSWER_MS = 60;
/** As many lines as the server looks at for one answer. */
const SCAN_LINES = 20_000;
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** The backend, played by a scenario. */
export class DevApi implements PipelineDemoApi {
  #scenario: Scenario;
  #playback: Playback | undefined;

  private constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#play(scenario.play?.());
  }

  static create(scenario: Scenario): DevApi {
    return new DevApi(scenario);
  }

  async startRun(request: StartRunRequest): Promise<StartedRunView> {
    await answer(this.#scenario.startMs);
    if (this.#scenario.startProblem) {
      throw new Error(this.#scenario.startProblem);
    }
    const attached = this.#playback !== undefined;
    const run = newRun({
      id: 'r7d2',
      batchCount: request.batchCount,
      engine: this.#scenario.engine,
      createdBy: 'user:default/guest',
      createdAt: Date.now(),
      seed: 7,
    });
    if (!this.#playback || isEnded(this.#playback.run.phase)) {
      this.#play(this.#scenario.start?.(request.batchCount));
    }
    const started = this.#playback?.run ?? run;
    return {
      run: viewOf(started, 0),
      attached: attached && !isEnded(started.phase),
      streamUrl: '',
    };
  }

  async preview(batchCount: number): Promise<PreviewView> {
    await answer();
    const { engine, capacity } = this.#scenario;
    const run = this.#playback?.run;
    const active = run !== undefined && !isEnded(run.phase);
    return {
      ...this.#forecast(batchCount, active ? withRun(capacity, run) : capacity),
      ...(engine === 'local'
        ? {
            kubernetes: forecast({
              batchCount,
              footprint: DEFAULT_FOOTPRINT,
              engine: 'kubernetes',
              capacity: KUBERNETES_CAPACITY,
              durations: NOMINAL_DURATIONS.kubernetes,
            }),
          }
        : {}),
      activeRunId: active ? run.id : null,
    };
  }

  async history(): Promise<HistoryView> {
    await answer();
    return { items: this.#scenario.history };
  }

  async status(): Promise<StatusView> {
    await answer();
    const run = this.#playback?.run;
    return {
      active: run !== undefined && !isEnded(run.phase),
      run: run ? viewOf(run, this.#playback?.lineCount) : null,
      lastLines: [],
      viewers: 1,
      engine: this.#scenario.engine,
      breakIt: false,
      freshness: { engineSeenAt: null, ageSeconds: null },
    };
  }

  async check(): Promise<EngineCheckView> {
    await answer();
    const { engine } = this.#scenario;
    return { engine, checkedAt: new Date().toISOString(), checks: CHECKS };
  }

  async getRun(runId: string): Promise<RunView> {
    await answer();
    const { history } = this.#scenario;
    return history.find(({ id }) => id === runId) ?? this.#view();
  }

  async cancelRun(): Promise<RunView> {
    await answer();
    if (this.#playback) {
      this.#playback = this.#scenario.cancel?.(this.#playback);
    }
    return this.#view();
  }

  async breakTask(): Promise<RunView> {
    await answer();
    throw new Error('The demonstration breaks nothing');
  }

  async readLines(
    _runId: string,
    range: { readonly from: number; readonly to: number },
  ): Promise<readonly LogLine[]> {
    await answer();
    return this.#lines(range.from, range.to);
  }

  async readEvents(_runId: string, after: number): Promise<Playback['events']> {
    await answer();
    const events = this.#playback?.events ?? [];
    return events.filter(({ event }) => event > after);
  }

  async downloadLog(): Promise<Blob> {
    await answer();
    const lines = this.#lines(1, this.#playback?.lineCount ?? 0);
    const text = lines.map(
      line => `${new Date(line.at).toISOString()} ${line.task} ${line.text}`,
    );
    return new Blob([`${text.join('\n')}\n`], { type: 'text/plain' });
  }

  async searchLog(
    _runId: string,
    request: LogSearchRequest,
  ): Promise<LogSearchResult> {
    await answer();
    const compiled = compileQuery(request);
    if (compiled.type !== 'query') {
      throw new Error('This is no RE2');
    }
    const to = Math.min(request.to, request.from + SCAN_LINES - 1);
    const isWanted = ({ task, text }: LogLine) =>
      (request.tasks.length === 0 || request.tasks.includes(task)) &&
      compiled.query.matches(searched(text));
    const lines = this.#lines(request.from, to)
      .filter(isWanted)
      .map(({ line }) => line);
    return to < request.to ? { lines, next: to + 1 } : { lines };
  }

  openStream(options: StreamOptions): RunStreamHandle {
    const { refused } = this.#scenario;
    if (refused) {
      const timer = setTimeout(() =>
        options.onConnection({ type: 'refused', ...refused }),
      );
      return { retryNow() {}, close: () => clearTimeout(timer) };
    }
    if (!this.#playback) {
      return { retryNow() {}, close() {} };
    }
    return this.#playback.open(options);
  }

  #play(playback: Playback | undefined): void {
    playback?.predict(
      this.#forecast(playback.run.batchCount, this.#scenario.capacity),
    );
    this.#playback = playback;
  }

  #forecast(batchCount: number, capacity: Capacity): Forecast {
    const { engine, durations } = this.#scenario;
    const footprint = DEFAULT_FOOTPRINT;
    return forecast({ batchCount, footprint, engine, capacity, durations });
  }

  #view(): RunView {
    if (!this.#playback) {
      throw new NotFoundError('There is no such run');
    }
    return viewOf(this.#playback.run, this.#playback.lineCount);
  }

  #lines(from: number, to: number): LogLine[] {
    const playback = this.#playback;
    const last = Math.min(to, playback?.lineCount ?? 0);
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) =>
      playback!.line(from + index),
    );
  }
}

/** What is in use while a run holds its driver and the tasks at work. */
function withRun(capacity: Capacity, run: Run): Capacity {
  const { used } = capacity;
  const at = Date.now();
  if (!used || run.launchedAt === undefined) {
    return { ...capacity, at };
  }
  const { driver, worker } = DEFAULT_FOOTPRINT;
  const tasks = run.tasks.filter(
    ({ phase }) => phase === 'starting' || phase === 'running',
  ).length;
  return {
    ...capacity,
    at,
    used: {
      cpu: used.cpu + driver.cpu + tasks * worker.cpu,
      memory: used.memory + driver.memory + tasks * worker.memory,
    },
  };
}

/** The text of a line as it is searched. */
function searched(text: string): string {
  return text.replace(ESCAPES, '');
}

function answer(ms: number = ANSWER_MS): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
