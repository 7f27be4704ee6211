import { ConfigSources } from '@backstage/config-loader';
import type { Check } from 'backstage-plugin-pipeline-demo-common';
import { randomUUID } from 'node:crypto';
import { wireEngine } from '../src/plugin';
import { readSettings } from '../src/settings';

/*
 * `npm run doctor`: looks at all that runs stand on, without a portal, with
 * the configuration that one would have. `--config` as for the backend.
 */

const TIMEOUT_MS = 30_000;

const MARKS: Readonly<Record<Check['status'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  failed: 'FAILED ',
  skipped: '-      ',
};

async function examine(): Promise<number> {
  const config = await ConfigSources.toConfig(ConfigSources.default({}));
  try {
    const { engine } = wireEngine(
      readSettings(config, process.cwd()).engine,
      // No portal's: to the doctor every run is another one's.
      randomUUID(),
    );
    console.log(`Engine: ${engine.name}`);
    const checks = await engine.check(AbortSignal.timeout(TIMEOUT_MS));
    checks.forEach(tell);
    return checks.some(({ status }) => status === 'failed') ? 1 : 0;
  } finally {
    config.close();
  }
}

function tell({ status, title, sentence, repair }: Check): void {
  console.log(`${MARKS[status]}  ${title}: ${sentence}`);
  if (repair) {
    console.log(`         ${repair}`);
  }
}

examine().then(
  code => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
