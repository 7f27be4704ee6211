import { execFileSync } from 'node:child_process';
import type { Row } from './rows.ts';

/** A PostgreSQL server, as `scripts/tests/startPostgres.mjs` makes it. */
export interface Server {
  readonly port: number;
  readonly bin: string;
}

/** The plugin's database on a server, asked with `psql`: past the product. */
export class Postgres {
  readonly #server: Server;
  readonly #prefix: string;

  constructor(server: Server, prefix: string) {
    this.#server = server;
    this.#prefix = prefix;
  }

  /** Backstage's `backend.database`, for a backend that connects as this user. */
  config(user: string): object {
    return {
      client: 'pg',
      prefix: this.#prefix,
      connection: { host: '127.0.0.1', port: this.#server.port, user },
    };
  }

  /** A user who may do everything, for one backend. */
  createUser(name: string): void {
    this.#ask('postgres', `create role ${name} superuser login`);
  }

  /** Does something in the plugin's database. */
  run(sql: string): void {
    this.#ask(this.#database, sql);
  }

  /** Rows of the plugin's database. */
  rows(sql: string): readonly Row[] {
    const json = this.#ask(
      this.#database,
      `select coalesce(json_agg(found), '[]') from (${sql}) found`,
    );
    return JSON.parse(json) as Row[];
  }

  get #database(): string {
    return `${this.#prefix}pipeline-demo`;
  }

  #ask(database: string, sql: string): string {
    const url = `postgresql://postgres@127.0.0.1:${
      this.#server.port
    }/${database}`;
    return execFileSync(
      `${this.#server.bin}/psql`,
      [
        '--no-psqlrc',
        '--tuples-only',
        '--no-align',
        '-v',
        'ON_ERROR_STOP=1',
        '-c',
        sql,
        url,
      ],
      { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
    );
  }
}
