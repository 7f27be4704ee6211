import type {
  EngineName,
  RunEventBody,
  WireLine,
} from 'backstage-plugin-pipeline-demo-common';

/** The lines of a run by number, from 1; made when they are asked for. */
export interface Lines {
  readonly length: number;
  at(line: number): WireLine;
}

/** A run to be played: times in milliseconds since it was asked for. */
export interface Recording {
  readonly batchCount: number;
  readonly engine: EngineName;
  readonly seed: number;
  readonly events: readonly RunEventBody[];
  readonly lines: Lines;
}

/** What `npm run dev:page -- record` writes. */
export interface RecordingFile {
  readonly batchCount: number;
  readonly engine: string;
  readonly seed: number;
  readonly events: readonly object[];
  readonly lines: readonly WireLine[];
}

/** Lines that are all there. */
export function linesOf(lines: readonly WireLine[]): Lines {
  return { length: lines.length, at: line => lines[line - 1] };
}

/** A run that really was. */
export function recorded(file: RecordingFile): Recording {
  return {
    ...file,
    engine: file.engine as EngineName,
    events: file.events as readonly RunEventBody[],
    lines: linesOf(file.lines),
  };
}

/** The recording up to a time, and then other events. */
export function cutAt(
  recording: Recording,
  at: number,
  events: readonly RunEventBody[],
): Recording {
  const kept: WireLine[] = [];
  for (let line = 1; line <= recording.lines.length; line += 1) {
    if (recording.lines.at(line).at <= at) {
      kept.push(recording.lines.at(line));
    }
  }
  const last = events[events.length - 1];
  const isEnd = last?.type === 'NothingLeft';
  return {
    ...recording,
    events: [
      ...recording.events.filter(event => event.at <= at),
      ...events.slice(0, isEnd ? -1 : undefined),
      ...(isEnd ? [completeAt(last.at, kept.length), last] : []),
    ],
    lines: linesOf(kept),
  };
}

function completeAt(at: number, lastLine: number): RunEventBody {
  return { type: 'LogsComplete', at, lastLine };
}

/** The same event, `ms` later in all its times. */
export function shifted<T>(value: T, ms: number): T {
  return shiftTimes(value, ms) as T;
}

const TIMES = new Set([
  'at',
  'createdAt',
  'waitingAt',
  'startingAt',
  'runningAt',
  'endedAt',
  'since',
  'from',
  'to',
]);

function shiftTimes(value: unknown, ms: number): unknown {
  if (Array.isArray(value)) {
    return value.map(part => shiftTimes(part, ms));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      typeof part === 'number' && TIMES.has(key)
        ? part + ms
        : shiftTimes(part, ms),
    ]),
  );
}
