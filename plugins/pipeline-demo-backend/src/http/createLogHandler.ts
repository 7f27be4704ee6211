import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../ports/Clock';
import type { LogStore } from '../ports/LogStore';
import type { RunStore, StoredRun } from '../ports/RunStore';
import type { GetLogs } from '../schema/openapi';
import { requireRun } from './createHistoryHandlers';
import type { HandlerOf } from './guard';
import { filterLines } from './filterLines';
import { compilePattern, type LinePattern } from './linePattern';
import { readLogQuery, type LogQuery } from './logQuery';
import { readLines } from './readLines';
import { isoTime, toLineView } from './runView';
import { searchLog } from './searchLog';

type Download = Extract<LogQuery, { type: 'download' }>;

/** The code of the error of a stream whose other end was closed. */
const READER_GONE = 'ERR_STREAM_PREMATURE_CLOSE';

const FORMATS = {
  text: {
    mediaType: 'text/plain; charset=utf-8',
    suffix: 'log',
    write: toText,
  },
  ndjson: {
    mediaType: 'application/x-ndjson',
    suffix: 'ndjson',
    write: toNdjson,
  },
} as const;

/** What reads logs. */
export interface LogHandlerDeps {
  readonly runs: RunStore;
  readonly logs: LogStore;
  readonly clock: Clock;
}

/** `GET /demo/runs/{runId}/logs`: the lines themselves, or those that match. */
export function createLogHandler(deps: LogHandlerDeps): HandlerOf<GetLogs> {
  return async (req, _caller, res) => {
    const query = readLogQuery(req.query, req.get('Accept'));
    const stored = await requireRun(deps.runs, req.params.runId);
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    switch (query.type) {
      case 'search':
        return {
          type: 'json',
          status: 200,
          body: await searchLog(deps, stored.run.id, {
            ...query,
            pattern: compilePattern(query.search),
            lastLine: stored.lastLine,
            signal: gone.signal,
          }),
        };
      case 'download':
        await download(deps, stored, query, res, gone.signal);
        return { type: 'written' };
      default: {
        const never: never = query;
        return never;
      }
    }
  };
}

async function download(
  deps: LogHandlerDeps,
  stored: StoredRun,
  query: Download,
  res: Response,
  signal: AbortSignal,
): Promise<void> {
  const { mediaType, suffix } = FORMATS[query.format];
  // What is wrong with the expression is said before anything is sent.
  const pattern = query.search && compilePattern(query.search);
  res.status(200).set({
    'Content-Type': mediaType,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  if (query.attachment) {
    res.attachment(`${stored.run.id}.${suffix}`).type(mediaType);
  }
  const texts = writeLines(deps, stored, { ...query, pattern, signal });
  try {
    await pipeline(Readable.from(texts, { highWaterMark: 1 }), res);
  } catch (error) {
    // A reader that goes away is no failure. One whose log fails in the middle
    // sees the connection break: the headers are out.
    if ((error as NodeJS.ErrnoException).code !== READER_GONE) {
      throw error;
    }
  }
}

/** The lines of a file, page by page. */
async function* writeLines(
  { logs, clock }: LogHandlerDeps,
  { run, lastLine }: StoredRun,
  wanted: Download & {
    readonly pattern?: LinePattern;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<string> {
  const { range, pattern, signal } = wanted;
  const { write } = FORMATS[wanted.format];
  let left = wanted.limit ?? Infinity;
  for await (const page of readLines(logs, run.id, range, lastLine, signal)) {
    const matches = pattern
      ? await filterLines(page.lines, pattern, { clock, signal })
      : page.lines;
    const lines = matches.slice(0, left);
    left -= lines.length;
    yield lines.map(write).join('');
    if (left <= 0) {
      return;
    }
  }
}

function toText({ at, task, text, cut }: LogLine): string {
  const rest = cut === undefined ? '' : ` [${cut} bytes cut]`;
  return `${isoTime(at)} ${task} ${text}${rest}\n`;
}

function toNdjson(line: LogLine): string {
  return `${JSON.stringify(toLineView(line))}\n`;
}
