import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { busyPort, freePort } from './ports.mjs';

for (const host of ['127.0.0.1', '::1', '0.0.0.0']) {
  test(`sees a program that listens on ${host}`, async t => {
    const free = await freePort();
    const server = createServer();
    t.after(() => server.close());
    const port = await new Promise((resolve, reject) => {
      server.on('error', reject);
      server.listen({ port: 0, host }, () => resolve(server.address().port));
    });
    assert.equal(await busyPort([free, port]), port);
    assert.equal(await busyPort([free]), undefined);
  });
}
