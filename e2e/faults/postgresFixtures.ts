import { test as base } from './fixtures.ts';
import { Postgres, type Server } from './Postgres.ts';

/** The shortest that can be configured. */
export const SHORT_LEASE = '5 seconds';

/** With a database on a PostgreSQL server that lives as long as the tests. */
export const test = base.extend<{ postgres: Postgres }, { server: Server }>({
  server: [
    async ({}, use) => {
      const { startPostgres } = await import(
        '../../scripts/tests/startPostgres.mjs'
      );
      const server = await startPostgres();
      await use(server);
      server.stop();
    },
    { scope: 'worker' },
  ],
  postgres: async ({ server }, use, { testId }) => {
    await use(new Postgres(server, `faults_${testId.replaceAll('-', '_')}_`));
  },
});
