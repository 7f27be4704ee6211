import { setImmediate } from 'node:timers/promises';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { Knex } from 'knex';
import type { ResumePoint } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import type { Lease } from '../ports/RunStore';
import { openDatabase } from './openDatabase';
import { toChunkRow, toLines, type ChunkRow } from './rows';
import { writeRun } from './writeRun';

/** Pages are cut at line numbers, so chunks need not be small, only bounded. */
const LINES_PER_CHUNK = 500;

/** Lines and resume points in the plugin's database: SQLite or PostgreSQL. */
export class DatabaseLogStore implements LogStore {
  readonly #client: Knex;

  static async create(options: {
    readonly database: DatabaseService;
  }): Promise<DatabaseLogStore> {
    return new DatabaseLogStore(await openDatabase(options.database));
  }

  private constructor(client: Knex) {
    this.#client = client;
  }

  async append(
    lease: Lease,
    lines: readonly LogLine[],
    resume: ReadonlyMap<string, ResumePoint>,
  ): Promise<void> {
    const { runId } = lease;
    const chunks = toChunks(runId, lines);
    const first = chunks.at(0);
    const last = chunks.at(-1);
    await writeRun(this.#client, lease, {
      expected: first ? { last_line: first.first_line - 1 } : {},
      changes: last ? { last_line: last.last_line } : {},
      rest: async trx => {
        for (const chunk of chunks) {
          await trx('log_chunks').insert(chunk);
        }
        for (const [source_id, point] of resume) {
          await trx('resume_points')
            .insert({ run_id: runId, source_id, point })
            .onConflict(['run_id', 'source_id'])
            .merge(['point']);
        }
      },
    });
  }

  async resumePoints(runId: string): Promise<ReadonlyMap<string, ResumePoint>> {
    const rows: { source_id: string; point: string }[] = await this.#client(
      'resume_points',
    )
      .select('source_id', 'point')
      .where({ run_id: runId });
    return new Map(rows.map(row => [row.source_id, row.point]));
  }

  async lastLine(runId: string): Promise<number> {
    const row: { last_line: number } | undefined = await this.#client('runs')
      .select('last_line')
      .where({ id: runId })
      .first();
    return row?.last_line ?? 0;
  }

  async read(
    runId: string,
    range: Parameters<LogStore['read']>[1],
  ): Promise<readonly LogLine[]> {
    // Lines are dense, so the limit is a line number too.
    const to = Math.min(range.to, range.from + range.limit - 1);
    const chunkOfFrom = this.#client('log_chunks')
      .select(this.#client.raw('coalesce(max(first_line), 0)'))
      .where({ run_id: runId })
      .andWhere('first_line', '<=', range.from);
    const rows: ChunkRow[] = await this.#client('log_chunks')
      .select('run_id', 'first_line', 'last_line', 'body')
      .where({ run_id: runId })
      .andWhere('first_line', '>=', chunkOfFrom)
      .andWhere('first_line', '<=', to)
      .orderBy('first_line');
    // better-sqlite3 answers without leaving the event loop's turn, so a long
    // read, page after page, would keep all timers and sockets waiting.
    await setImmediate();
    return rows
      .flatMap(toLines)
      .filter(({ line }) => line >= range.from && line <= to);
  }
}

function toChunks(
  runId: string,
  lines: readonly LogLine[],
): readonly ChunkRow[] {
  const chunks: ChunkRow[] = [];
  for (let start = 0; start < lines.length; start += LINES_PER_CHUNK) {
    chunks.push(toChunkRow(runId, lines.slice(start, start + LINES_PER_CHUNK)));
  }
  if (lines.some(({ line }, index) => line !== lines[0].line + index)) {
    throw new Error(
      `Lines of run ${runId} from ${lines[0].line} on have a hole`,
    );
  }
  return chunks;
}
