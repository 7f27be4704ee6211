import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { Knex } from 'knex';
import type { ResumePoint } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import type { Lease } from '../ports/RunStore';
import { openDatabase } from './openDatabase';
import { toLines, type ChunkRow, type ResumeRow } from './rows';
import { writeRun } from './writeRun';

/** A page is cut at line numbers, so a chunk need not be small, but bounded. */
const LINES_PER_CHUNK = 500;

/** Lines and resume points in the plugin's database: SQLite or PostgreSQL. */
export class DatabaseLogStore implements LogStore {
  readonly #client: Knex;

  static async create(options: {
    database: DatabaseService;
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
    await this.#client.transaction(async trx => {
      await writeRun(
        trx,
        lease,
        lines.length > 0 ? { last_line: lines[0].line - 1 } : {},
        lines.length > 0 ? { last_line: lines[lines.length - 1].line } : {},
      );
      for (let start = 0; start < lines.length; start += LINES_PER_CHUNK) {
        const chunk = lines.slice(start, start + LINES_PER_CHUNK);
        await trx('log_chunks').insert({
          run_id: lease.runId,
          first_line: chunk[0].line,
          last_line: chunk[chunk.length - 1].line,
          body: JSON.stringify(chunk),
        });
      }
      if (resume.size > 0) {
        await trx('resume_points')
          .insert(
            [...resume].map(([source_id, point]) => ({
              run_id: lease.runId,
              source_id,
              point,
            })),
          )
          .onConflict(['run_id', 'source_id'])
          .merge(['point']);
      }
    });
  }

  async resumePoints(runId: string): Promise<ReadonlyMap<string, ResumePoint>> {
    const rows: ResumeRow[] = await this.#client('resume_points')
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
    range: { from: number; to: number; limit: number },
  ): Promise<readonly LogLine[]> {
    // Lines are dense, so the limit is a line number too.
    const to = Math.min(range.to, range.from + range.limit - 1);
    const rows: ChunkRow[] = await this.#client('log_chunks')
      .select('first_line', 'body')
      .where({ run_id: runId })
      .andWhere('first_line', '<=', to)
      .andWhere(
        'first_line',
        '>=',
        this.#client('log_chunks')
          .select(this.#client.raw('coalesce(max(first_line), 0)'))
          .where({ run_id: runId })
          .andWhere('first_line', '<=', range.from),
      )
      .orderBy('first_line');
    return rows
      .flatMap(toLines)
      .filter(({ line }) => line >= range.from && line <= to);
  }
}
