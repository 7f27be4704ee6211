// The image of the portal without Docker: what its Dockerfile copies is laid
// out, belongs to somebody else, and is started as the Dockerfile says, on
// PostgreSQL. `npm run build` makes the portal before.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { layOutImage } from '../image/layOutImage.mjs';
import { freePort } from '../portal/ports.mjs';
import { startPostgres } from '../tests/startPostgres.mjs';
import { readDockerfile } from './Dockerfile.mjs';
import { startBackend } from './startBackend.mjs';

/** Node's image calls it `node`. */
const ORDINARY = { uid: 1000, gid: 1000 };

const image = readDockerfile('packages/backend/Dockerfile');
const isRoot = process.getuid() === 0;

let folder;
let postgres;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  chmodSync(folder, 0o755);
  postgres = await startPostgres();
});
after(() => {
  postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the Dockerfile takes the way that is gone here', () => {
  assert.deepEqual(image.built, ['npm run build && npm run image']);
  assert.deepEqual(image.copied, ['--from=build /build/dist-image ./']);
  assert.equal(image.user, 'node');
  assert.deepEqual(image.ports, [7007, 9464]);
});

test('the portal runs as an ordinary user, and stops when it is told to', async t => {
  const portal = join(folder, 'portal');
  layOutImage(portal);
  const work = join(folder, 'work');
  mkdirSync(work);
  if (isRoot) {
    chownSync(work, ORDINARY.uid, ORDINARY.gid);
  }
  const [port, metricsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const metrics = `http://127.0.0.1:${metricsPort}/metrics`;
  const backend = await startBackend({
    command: image.command,
    cwd: portal,
    env: {
      PATH: `${nodeForAll()}:${process.env.PATH}`,
      HOME: work,
      ...image.env,
      PORTAL_URL: url,
      POSTGRES_HOST: '127.0.0.1',
      POSTGRES_PORT: String(postgres.port),
      POSTGRES_USER: 'postgres',
      POSTGRES_PASSWORD: 'none',
      // What is not the same on this machine as in a container of a cluster.
      APP_CONFIG_backend_listen_port: String(port),
      OTEL_EXPORTER_PROMETHEUS_PORT: String(metricsPort),
      APP_CONFIG_pipelineDemo_engine: 'local',
      APP_CONFIG_pipelineDemo_local_workDir: join(work, 'runs'),
    },
    urls: [
      `${url}/.backstage/health/v1/liveness`,
      `${url}/.backstage/health/v1/readiness`,
      `${url}/api/pipeline-demo/health`,
      metrics,
    ],
    log: join(folder, 'portal.log'),
    user: isRoot ? ORDINARY : undefined,
  });
  t.after(() => backend.stop());

  const page = await (await fetch(`${url}/pipeline-demo`)).text();
  assert.match(page, /<title>\s*Pipeline demo\s*<\/title>/);
  const [script] = /static\/[\w.-]+\.js/.exec(page);
  assert.equal((await fetch(`${url}/${script}`)).status, 200);
  const scrape = await (await fetch(metrics)).text();
  assert.match(scrape, /^pipeline_demo_viewers\{.*\} 0$/m);
  // Nobody gets in who has not signed in.
  const anonymous = await fetch(`${url}/api/pipeline-demo/demo/status`);
  assert.equal(anonymous.status, 401);
  // Browsers keep connections in stock, which never ask for anything.
  const spare = connect(port, '127.0.0.1');
  await once(spare, 'connect');
  t.after(() => spare.destroy());
  assert.equal(await backend.stop(), 0, backend.output());
});

/** A folder with our Node, which may be where nobody else can read it. */
function nodeForAll() {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  copyFileSync(process.execPath, join(bin, 'node'));
  return bin;
}
