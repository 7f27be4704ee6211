// npm run e2e [-- --all] [-- --keep] [-- --pictures] [-- <Playwright's own
// arguments>]: the Kubernetes engine on a real cluster, which is found or
// started. `--all` takes rights away one by one and breaks the node; `--keep`
// leaves the cluster up; `--pictures` takes those of the README.
import { join, resolve } from 'node:path';
import { deployTo, undeploy } from '../cluster/deployTo.mjs';
import { openCluster } from '../cluster/openCluster.mjs';
import { untilStopped } from '../portal/untilStopped.mjs';
import { buildPage } from '../tests/buildPage.mjs';
import { findBrowser } from '../tests/findBrowser.mjs';
import { resultFile } from '../tests/results.mjs';
import { run } from '../tests/run.mjs';
import { runJest } from '../tests/runJest.mjs';

const CONFIG = 'e2e/kubernetes/playwright.config.ts';
/** The engine's own tests on a real cluster, its contract among them. */
const CONTRACT = String.raw`\.cluster\.test\.ts$`;
const NAMESPACE = 'pd-contract';

const OWN = ['--all', '--keep', '--pictures'];
const [all, keep, pictures] = OWN.map(flag => process.argv.includes(flag));
const args = process.argv.slice(2).filter(arg => !OWN.includes(arg));
const stopped = untilStopped();

let cluster;
try {
  const browser = findBrowser();
  cluster = openCluster({ keep });
  console.log(
    `The cluster: ${cluster.name} (KUBECONFIG=${cluster.kubeconfig})`,
  );
  await buildPage(join('data', 'logs', 'cluster'));
  process.exitCode = await Promise.race([
    testOn(cluster, browser),
    stopped.then(() => 1),
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  cluster?.close();
}
process.exit();

async function testOn(found, browser) {
  const codes = args.length > 0 ? [] : [await testContract(found)];
  codes.push(
    await run(['playwright', 'test', '--config', CONFIG, ...args], {
      env: {
        ...process.env,
        ...(all && { CLUSTER_ALL: 'yes' }),
        ...(pictures && { CLUSTER_PICTURES: 'yes' }),
        CHROMIUM: browser,
        PIPELINE_DEMO_TEST_CLUSTER: JSON.stringify(found),
        PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(resultFile('cluster.playwright')),
      },
    }),
  );
  return codes.every(code => code === 0) ? 0 : 1;
}

async function testContract(found) {
  if (!found.podLogs) {
    console.log(
      "LEFT OUT: the engine's contract, which reads the kubelet's files: they are on another machine.",
    );
    return 0;
  }
  deployTo(found, NAMESPACE);
  const code = await runJest(
    'cluster',
    // In place of the pattern by which the package leaves them out of its own.
    [
      '--runInBand',
      `--testPathPatterns=${CONTRACT}`,
      '--testPathIgnorePatterns=/node_modules/',
    ],
    {
      ...process.env,
      PIPELINE_DEMO_TEST_KUBECONFIG: found.kubeconfig,
      PIPELINE_DEMO_TEST_NAMESPACE: NAMESPACE,
      PIPELINE_DEMO_TEST_POD_LOGS: found.podLogs,
      PIPELINE_DEMO_DRIVER_IMAGE: found.images.driver,
      PIPELINE_DEMO_WORKER_IMAGE: found.images.worker,
    },
  );
  undeploy(found, NAMESPACE);
  return code;
}
