import { expect } from '@playwright/test';
import { firstDifference } from './firstDifference.ts';
import { plainLines, type PlainLine } from './plainLines.ts';
import type { DownloadedLine, RunApi } from './RunApi.ts';
import type { World } from './World.ts';

/** Whether tasks were killed while they wrote, which costs each its last line. */
export type Ending = 'by themselves' | 'killed';

/**
 * The log, downloaded in both formats, against what each task has written by
 * itself: line by line, in order, once.
 */
export async function expectWholeLog(
  world: World,
  api: RunApi,
  runId: string,
  ending: Ending,
): Promise<readonly DownloadedLine[]> {
  const lines = await api.lines(runId);
  expect(
    firstDifference(
      lines.map(({ line }) => line),
      numbers(lines.length),
    ),
  ).toBeUndefined();
  const text = await (await api.log(runId, 'text')).text();
  expect(
    firstDifference(text.split('\n'), [...lines.map(asText), '']),
  ).toBeUndefined();

  const byTask = Map.groupBy(lines, ({ task }) => task);
  const written = world.tasks.written(runId);
  const tasks = [...byTask.keys()].filter(task => task !== 'driver');
  expect([...written.keys()], 'tasks').toEqual(expect.arrayContaining(tasks));
  for (const [task, bytes] of written) {
    const log = (byTask.get(task) ?? []).map(({ text: own, cut }) => ({
      text: own,
      cut,
    }));
    expectAsWritten(task, log, plainLines(bytes), ending);
  }
  expectDriverOnce(byTask.get('driver') ?? []);
  return lines;
}

function expectAsWritten(
  task: string,
  log: readonly PlainLine[],
  book: readonly PlainLine[],
  ending: Ending,
): void {
  const missing = book.length - log.length;
  // A line is in the book first: it may be the last thing that a task did.
  const expected =
    ending === 'killed' && missing === 1 ? book.slice(0, -1) : book;
  expect(
    firstDifference(log, expected),
    `${task}: log and oracle`,
  ).toBeUndefined();
  const beginnings = book.filter(({ text }) => text === `begin ${task}`);
  expect(beginnings, `${task} was started once`).toHaveLength(1);
}

/** The driver speaks of each thing once, and of the run first. */
function expectDriverOnce(lines: readonly DownloadedLine[]): void {
  const texts = lines.map(({ text }) => text);
  expect(texts).toEqual([...new Set(texts)]);
  expect(texts.slice(0, 1).join()).toMatch(/^(Run |$)/);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function asText({ at, task, text, cut }: DownloadedLine): string {
  return `${at} ${task} ${text}${
    cut === undefined ? '' : ` [${cut} bytes cut]`
  }`;
}
