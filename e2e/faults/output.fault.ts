import { expect } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';
import { LiveViewer } from './LiveViewer.ts';
import { until } from './until.ts';

const LINES = 100_000;
const LONG_LINE_BYTES = 10 * 1024 * 1024;
const SHOWN_BYTES = 16 * 1024;

/** As bytes; the pauses between are inside of a character, and of CRLF. */
const ODD_PARTS = [
  'crlf\r\nbare\rreturn\n\n  blanks \t\nnul \0 here\n' +
    '\x1b[31mred\x1b[0m <script>alert(1)</script>\nbroken \xff\xfe\nhalf \xe2\x82',
  '\xac euro\ncrlf torn\r',
  '\nno end',
];
const ODD_LINES = [
  'crlf',
  'bare\rreturn',
  '',
  '  blanks \t',
  'nul \u2400 here',
  '\u001b[31mred\u001b[0m <script>alert(1)</script>',
  'broken \ufffd\ufffd',
  'half € euro',
  'crlf torn',
  'no end',
];

test('a hundred thousand lines, a long one and odd ones, with a kill', async ({
  world,
}) => {
  ODD_PARTS.forEach((part, index) =>
    writeFileSync(join(world.folder, `odd-${index}`), part, 'latin1'),
  );
  world.tasks.perform({
    generate: `
      real generate "$@"
      case $PIPELINE_DEMO_TASK in
        *:1) awk 'BEGIN { while (i < ${LINES}) print "line", ++i }' ;;
        *:2) echo before; head -c ${LONG_LINE_BYTES} /dev/zero | tr '\\0' x; echo; echo after ;;
        *:3) for part in 0 1 2; do cat "$world/odd-$part"; nap 0.2; done ;;
      esac | tee -a "$world/oracle/$run/$PIPELINE_DEMO_TASK"`,
  });
  const { backend, api: first, runId } = await world.startRun(3);
  let api = first;
  const viewer = new LiveViewer(runId, () => api);
  await until('many lines have come', () => viewer.lines.length > LINES / 10);
  await backend.kill();
  api = world.api(await (await world.start()).ready());

  expect(await world.ended(api, runId)).toMatchObject({ phase: 'succeeded' });
  await viewer.ended;
  const lines = await expectWholeLog(world, api, runId, 'by themselves');
  expect(viewer.faults).toEqual([]);
  expect(viewer.lines).toHaveLength(lines.length);

  const ofTask = (task: string) => lines.filter(line => line.task === task);
  expect(ofTask('GENERATE:1').length).toBeGreaterThan(LINES);
  const [long] = ofTask('GENERATE:2').filter(({ cut }) => cut !== undefined);
  expect(long).toMatchObject({
    text: 'x'.repeat(SHOWN_BYTES),
    cut: LONG_LINE_BYTES - SHOWN_BYTES,
  });
  const odd = ofTask('GENERATE:3').map(({ text }) => text);
  expect(odd.slice(-ODD_LINES.length)).toEqual(ODD_LINES);
});
