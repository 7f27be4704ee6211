// The page, measured in Chromium on what has no backend, and beside it an
// empty page in the same browser: npm run bench -- page
import {
  chromium,
  type Browser,
  type CDPSession,
  type Page,
} from '@playwright/test';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { CHROMIUM } from '../e2e/chromium.ts';
import { routeSize } from '../scripts/page/routeSize.mjs';
import { quantile } from './quantile.ts';

const MEASURE_MS = 8_000;
const MILLION = 1_000_000;
const BYTES_PER_MB = 1_000_000;
const BYTES_PER_KB = 1_000;
const MS_PER_SECOND = 1_000;
const PERCENT = 100;

const CLICKS = 5;

const AIMS = {
  clickMs: 100,
  frameMs: 20,
  appendMs: 1,
  heapMb: 300,
  gzipKb: 120,
} as const;

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);

async function main(): Promise<void> {
  const { model } = cpus()[0];
  console.log(
    `${availableParallelism()} × ${model}, load before: ${load()}; half / 95 of 100\n`,
  );
  const { scripts, styles } = await routeSize();
  const kb = (scripts + styles) / BYTES_PER_KB;
  show('own code of the route, gzip', `${kb.toFixed(0)} kB`, {
    aim: `< ${AIMS.gzipKb} kB`,
    note: `scripts ${(scripts / BYTES_PER_KB).toFixed(0)}, styles ${(
      styles / BYTES_PER_KB
    ).toFixed(0)}`,
  });
  const browser = await chromium.launch({
    ...CHROMIUM,
    args: [...CHROMIUM.args, '--js-flags=--expose-gc'],
  });
  try {
    await clickToPlan(browser);
    await append(browser);
    await live(browser);
    await scrolled(browser);
    await memory(browser);
  } finally {
    await browser.close();
  }
  console.log(`\nLoad after: ${load()}`);
}

/** From the click on Run until the plan is drawn; the server takes 3 s to answer. */
async function clickToPlan(browser: Browser): Promise<void> {
  const times: number[] = [];
  const work: number[] = [];
  for (let turn = 0; turn < CLICKS; turn += 1) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
    });
    await page.goto(`${process.env.PAGE_URL}/?scenario=start-slow&chrome=0`);
    const button = page.getByRole('button', { name: 'Run 5 batches' });
    await button.waitFor();
    await page.locator('.bui-Skeleton').first().waitFor({ state: 'detached' });
    const [time, busy] = await withWork(page, () => button.evaluate(untilPlan));
    times.push(time);
    work.push(busy);
    await page.close();
  }
  show('from the click on Run to the plan on the screen', spread(times), {
    aim: `< ${AIMS.clickMs} ms`,
    note: `main thread: ${spread(work)}`,
  });
}

function untilPlan(button: Element): Promise<number> {
  return new Promise(resolve => {
    const began = performance.now();
    const look = () => {
      if (document.querySelector('[data-task="REPORT"]')) {
        resolve(performance.now() - began);
      } else {
        requestAnimationFrame(look);
      }
    };
    (button as HTMLElement).click();
    look();
  });
}

async function append(browser: Browser): Promise<void> {
  const page = await empty(browser);
  await page.addScriptTag({ url: '/measure.js', type: 'module' });
  await page.waitForFunction('window.appendLines');
  const costs = await page.evaluate<number[]>(`window.appendLines(${MILLION})`);
  const sums = await page.evaluate<number[]>(`window.addNumbers(${1_000})`);
  show('appending 1,000 of 1,000,000 lines', spread(costs, 2), {
    aim: `< ${AIMS.appendMs} ms`,
    floor: spread(sums, 2),
    note: 'empty: a sum that takes about as long',
  });
  await page.close();
}

async function live(browser: Browser): Promise<void> {
  const floor = await floorFrames(browser);
  const page = await open(browser, 'flood');
  const [times, busy] = await withWork(page, () => frames(page));
  show('a frame at 1,000 lines a second, following', spread(times), {
    aim: `95 of 100 < ${AIMS.frameMs} ms`,
    floor,
    note: perFrame(times, busy),
  });
  await page.close();
}

/** From the last line to the first, a screen or more with each frame. */
async function scrolled(browser: Browser): Promise<void> {
  const floor = await floorFrames(browser);
  const page = await open(browser, 'million');
  await page.waitForFunction(() =>
    document.body.innerText.includes('1,000,000'),
  );
  const [times, busy] = await withWork(page, async () => {
    const measured = frames(page);
    await page.evaluate(scrollUp, MEASURE_MS);
    return measured;
  });
  show('a frame while 1,000,000 lines are scrolled through', spread(times), {
    aim: `95 of 100 < ${AIMS.frameMs} ms`,
    floor,
    note: perFrame(times, busy),
  });
  await page.close();
}

/** From the end to the beginning in so many milliseconds. */
async function scrollUp(ms: number): Promise<void> {
  const log = document.querySelector('[role="log"]')!;
  log.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
  const height = log.scrollHeight;
  const began = performance.now();
  await new Promise<void>(done => {
    const step = () => {
      const share = (performance.now() - began) / ms;
      log.scrollTop = height * Math.max(0, 1 - share);
      if (share < 1) {
        requestAnimationFrame(step);
      } else {
        done();
      }
    };
    step();
  });
}

/**
 * What one frame costs the main thread, and how much of a processor that is,
 * whatever else the machine does. Where frames are late because others work,
 * the first one grows, and the second one does not.
 */
function perFrame(times: readonly number[], busyMs: number): string {
  const eachMs = (busyMs / times.length).toFixed(1);
  const share = ((busyMs / MEASURE_MS) * PERCENT).toFixed(0);
  return `main thread: ${eachMs} ms a frame, ${share} % of one processor`;
}

/** After a million lines have come while somebody watched. */
async function memory(browser: Browser): Promise<void> {
  const quiet = await open(browser, 'running-5');
  const floor = await heapMb(quiet);
  await quiet.close();
  const page = await open(browser, 'flood-fast');
  await page.waitForFunction(
    least => {
      const bar = document.querySelector<HTMLElement>(
        '[aria-label="Connection and freshness"]',
      );
      const text = /([\d,]+)\s+lines/.exec(bar?.innerText ?? '')?.[1] ?? '0';
      return Number(text.replace(/,/g, '')) > least;
    },
    MILLION,
    { timeout: 180_000 },
  );
  show('heap after 1,000,000 lines', `${(await heapMb(page)).toFixed(0)} MB`, {
    aim: `< ${AIMS.heapMb} MB`,
    floor: `${floor.toFixed(0)} MB`,
    note: 'empty: the same page with 200 lines',
  });
  await page.close();
}

async function heapMb(page: Page): Promise<number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const used = metrics.find(({ name }) => name === 'JSHeapUsedSize');
  return (used?.value ?? NaN) / BYTES_PER_MB;
}

async function floorFrames(browser: Browser): Promise<string> {
  const page = await empty(browser);
  const times = await frames(page);
  await page.close();
  return spread(times);
}

async function empty(browser: Browser): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
  });
  // Any file of the server: a page of the same origin without a program.
  await page.goto(`${process.env.PAGE_URL}/index.css`);
  return page;
}

async function open(browser: Browser, scenario: string): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
  });
  await page.goto(`${process.env.PAGE_URL}/?scenario=${scenario}&chrome=0`);
  await page.getByRole('log').waitFor();
  await page.locator('[data-line]').first().waitFor();
  return page;
}

/** Milliseconds of processor time that the page's main thread has had. */
async function mainThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const task = metrics.find(({ name }) => name === 'TaskDuration');
    return (task?.value ?? NaN) * MS_PER_SECOND;
  };
}

/** What a measurement costs the main thread, whatever else the machine does. */
async function withWork<T>(
  page: Page,
  measure: () => Promise<T>,
): Promise<readonly [T, number]> {
  const work = await mainThread(page);
  const before = await work();
  const result = await measure();
  return [result, (await work()) - before];
}

/** Milliseconds between frames, for a while. */
function frames(page: Page): Promise<number[]> {
  return page.evaluate(
    ms =>
      new Promise<number[]>(resolve => {
        const times: number[] = [];
        const began = performance.now();
        let before = began;
        const next = (now: number) => {
          times.push(now - before);
          before = now;
          if (now - began < ms) {
            requestAnimationFrame(next);
          } else {
            resolve(times.slice(1));
          }
        };
        requestAnimationFrame(next);
      }),
    MEASURE_MS,
  );
}

function spread(values: readonly number[], digits: number = 1): string {
  const [half, most] = [0.5, 0.95].map(part =>
    quantile(values, part).toFixed(digits),
  );
  return `${half} / ${most} ms`;
}

function show(
  what: string,
  value: string,
  more: {
    readonly aim: string;
    readonly floor?: string;
    readonly note?: string;
  },
): void {
  const { aim, floor, note } = more;
  console.log(
    [
      what.padEnd(52),
      value.padStart(18),
      (floor ? `empty: ${floor}` : '').padStart(28),
      `  aim: ${aim}`,
      note ? `  (${note})` : '',
    ].join(''),
  );
}

function load(): string {
  return loadavg()[0].toFixed(1);
}
