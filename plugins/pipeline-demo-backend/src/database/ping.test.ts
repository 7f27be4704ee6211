import {
  connectAgain,
  createTestDatabases,
} from './__testUtils__/testDatabases';
import { ping } from './ping';

describe.each(createTestDatabases())('ping on %s', (_, init) => {
  it('is answered, and does not wait for a free connection for long', async () => {
    const client = connectAgain(await init(), { min: 0, max: 1 });
    await ping(client);
    const busy = await client.transaction();
    await expect(ping(client)).rejects.toThrow(
      'The database did not answer in 2000 ms',
    );
    await busy.rollback();
    await ping(client);
  });
});
