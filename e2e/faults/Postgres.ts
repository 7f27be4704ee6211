import { execFileSync, spawn } from 'node:child_process';
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
    this.#ask(
      'postgres',
      `do $$ begin
        if to_regrole('${name}') is null then
          create role ${name} superuser login;
        end if;
      end $$`,
    );
  }

  /** Cuts all connections but ours. @returns how many there were */
  cutConnections(): number {
    return this.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    ).length;
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

  /** The epoch of the one run there is. */
  epoch(): unknown {
    return this.rows('select epoch from runs')[0].epoch;
  }

  /** How many statements of a user about something wait for a lock. */
  waiting(user: string, about: string): number {
    const [{ count }] = this.rows(
      `select count(*) from pg_stat_activity
        where usename = '${user}' and wait_event_type = 'Lock' and query like '%${about}%'`,
    );
    return Number(count);
  }

  /** Keeps what a statement locks until it is released. */
  async hold(sql: string): Promise<{ release(): Promise<void> }> {
    const session = spawn(...this.#psql(this.#database), {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise<void>(resolve =>
      session.once('exit', () => resolve()),
    );
    session.stdin.write(`begin;\n${sql};\n\\echo held\n`);
    await new Promise<void>(resolve =>
      session.stdout.on('data', (text: Buffer) => {
        if (text.includes('held')) {
          resolve();
        }
      }),
    );
    return {
      async release() {
        session.stdin.end('rollback;\n');
        await ended;
      },
    };
  }

  get #database(): string {
    return `${this.#prefix}pipeline-demo`;
  }

  #ask(database: string, sql: string): string {
    const [program, args] = this.#psql(database, '-c', sql);
    return execFileSync(program, args, {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
  }

  #psql(
    database: string,
    ...more: string[]
  ): [program: string, args: string[]] {
    const { bin, port } = this.#server;
    const plain = [
      '--no-psqlrc',
      '--tuples-only',
      '--no-align',
      '-v',
      'ON_ERROR_STOP=1',
    ];
    const url = `postgresql://postgres@127.0.0.1:${port}/${database}`;
    return [`${bin}/psql`, [...plain, ...more, url]];
  }
}
