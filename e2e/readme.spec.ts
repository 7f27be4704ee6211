import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The lines of the README's curl session, for the portal under test. */
function sessionOfReadme(): string {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const blocks = readme.match(/^```sh\n[^]*?^```$/gm) ?? [];
  const session = blocks.find(block => block.includes('TOKEN='));
  const backend = process.env.BACKEND_URL ?? '';
  return (session ?? '')
    .replace(/^```.*$/gm, '')
    .replace('BACKEND=http://localhost:7007', `BACKEND=${backend}`);
}

test('the session of the README goes from token to report', async () => {
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-euo', 'pipefail', '-c', sessionOfReadme()],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  // One sign of life for each line, in the session's order.
  const signs = [
    '"leaseLoop"', // health
    '"verdict"', // preview
    '"runId"', // active
    '"lastLines"', // status
    '"links"', // the run
    'event: snapshot', // events, live
    'event: ended',
    '"complete": true', // events, as a page
    'GENERATE:1 batch 1:', // log as text
    '"task":"ANALYZE:1"', // log of a task
    '"matches"', // search
    '"totals"', // report
    '"items"', // history
    '"attached": false', // another run
    '"phase"', // cancelled
    '"phase"', // one more, cancelled by its id
    'HTTP/1.1 101', // the stream
    'Sec-WebSocket-Protocol: pipeline-demo.v1\r\n',
    '"openapi"', // the document
  ];
  let from = 0;
  for (const sign of signs) {
    const found = stdout.indexOf(sign, from);
    expect(found, `${sign} after character ${from}`).toBeGreaterThan(-1);
    from = found + sign.length;
  }
});
