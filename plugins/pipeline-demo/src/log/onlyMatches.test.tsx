import { act, fireEvent, screen } from '@testing-library/react';
import { START_TIME, snapshot } from '../api/__testUtils__/messages';
import { mockLayout } from './__testUtils__/layout';
import {
  FIRST_TASK_ENDED,
  ROW_PX,
  find,
  get,
  isFollowing,
  numbered,
  openLog,
} from './__testUtils__/openLog';

beforeEach(() => {
  jest.useFakeTimers();
  mockLayout();
});
afterEach(() => jest.useRealTimers());

/** A log of 1,000 lines in which `words` are searched. */
async function searched(words: string, url?: string) {
  const log = await openLog({ url });
  await log.send(snapshot({}), numbered(1, 1_000));
  await log.user.keyboard('/');
  await log.user.keyboard(words);
  await log.settle();
  return log;
}

const isOn = () => get('Only matches').getAttribute('aria-pressed') === 'true';

describe('LogPane with matches only', () => {
  it('offers it once there is something to look for', async () => {
    const { send, user, settle } = await openLog();
    await send(snapshot({}), numbered(1, 10));
    expect(find('Only matches')).toBeUndefined();
    await user.keyboard('/');
    await user.keyboard('text');
    await settle();
    expect(isOn()).toBe(false);
  });

  it('hides the other lines, says how many, and leaves the numbers alone', async () => {
    const { user, settle, visible, rows, text } = await searched('text 77');
    await user.click(get('Only matches'));
    await settle();
    expect(isOn()).toBe(true);
    expect(screen.getByText('989 lines hidden')).toBeInTheDocument();
    expect(rows()).toHaveLength(11);
    expect(visible()).toEqual([
      770, 771, 772, 773, 774, 775, 776, 777, 778, 779,
    ]);
    expect(text(774)).toMatch(/^774.*text 774$/);
    await user.click(get('Show all lines'));
    await settle();
    expect(find('Only matches')).toHaveAttribute('aria-pressed', 'false');
    expect(screen.queryByText(/lines hidden/)).toBeNull();
  });

  it('goes on and off by key', async () => {
    const { user, log, settle } = await searched('text 77');
    act(() => log().focus());
    await user.keyboard('m');
    await settle();
    expect(isOn()).toBe(true);
    await user.keyboard('m');
    await settle();
    expect(isOn()).toBe(false);
  });

  it('minds case and expression as the search does', async () => {
    const { user, settle } = await searched('TEXT 1?0$');
    await user.click(get('Only matches'));
    await settle();
    expect(screen.getByText('No line matches.')).toBeInTheDocument();
    expect(screen.getByText('1,000 lines hidden')).toBeInTheDocument();
    await user.click(get('Regular expression'));
    await settle();
    expect(screen.queryByText('No line matches.')).toBeNull();
    expect(screen.getByText('999 lines hidden')).toBeInTheDocument();
    await user.click(get('Match case'));
    await settle();
    expect(screen.getByText('No line matches.')).toBeInTheDocument();
  });

  it('keeps the last good result of a broken expression', async () => {
    const { user, settle, rows } = await searched('text 77');
    await user.click(get('Regular expression'));
    await user.click(get('Only matches'));
    await user.click(get('Search the log'));
    await user.keyboard('(');
    await settle();
    expect(document.querySelector('[role="alert"]')).toBeInTheDocument();
    expect(rows()).toHaveLength(11);
    expect(isOn()).toBe(true);
  });

  it('takes in two lines before and after, and shows where others are hidden', async () => {
    const { user, settle, rows } = await searched('text 500');
    await user.click(get('Search the log'));
    await user.keyboard('|text 900');
    await user.click(get('Regular expression'));
    await user.click(get('Only matches'));
    await settle();
    expect(screen.getByText('998 lines hidden')).toBeInTheDocument();
    const around = get('With 2 lines before and after each match');
    expect(around).toHaveTextContent('± 2 lines');
    expect(around).toHaveAttribute('aria-pressed', 'false');
    await user.click(around);
    await settle();
    expect(around).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByText('990 lines hidden')).toBeInTheDocument();
    const lines = rows().map(
      row => row.querySelector<HTMLElement>('[data-line]')?.dataset.line,
    );
    expect(lines.join(' ')).toBe('498 499 500 501 502 898 899 900 901 902');
    expect(
      rows()
        .map(row => row.dataset.break === 'true')
        .indexOf(true),
    ).toBe(5);
  });

  it('is of the tasks that are selected', async () => {
    const { user, settle, visible } = await searched(
      'text 77',
      '/?task=driver',
    );
    await user.click(get('Only matches'));
    await settle();
    // 100 of the lines are the driver's; one of them matches.
    expect(screen.getByText('99 lines hidden')).toBeInTheDocument();
    expect(visible()).toEqual([770]);
  });

  it('keeps what was at the top, and comes back to it', async () => {
    const { user, log, settle, visible } = await searched('text 1');
    act(() => {
      log().scrollTop = 104 * ROW_PX + 7;
    });
    fireEvent.wheel(log(), { deltaY: -3 });
    await settle();
    expect(visible()[0]).toBe(106);
    await user.click(get('Only matches'));
    await settle();
    // 1, 10 to 19, 100 to 199, 1000: all around line 106 match.
    expect(log().scrollTop).toBe((1 + 10 + 5) * ROW_PX + 7);
    expect(visible()[0]).toBe(106);
    await user.click(get('Only matches'));
    await settle();
    expect(log().scrollTop).toBe(104 * ROW_PX + 7);
  });

  it('comes back to a line that was hidden meanwhile', async () => {
    const { user, log, settle, visible } = await searched('text 77');
    act(() => {
      log().scrollTop = 300 * ROW_PX + 7;
    });
    fireEvent.wheel(log(), { deltaY: -3 });
    await settle();
    await user.click(get('Only matches'));
    await settle();
    expect(visible()).toContain(770);
    await user.click(get('Only matches'));
    await settle();
    expect(log().scrollTop).toBe(300 * ROW_PX + 7);
  });

  it('shows a match among its neighbours when it was gone to', async () => {
    const { user, log, settle, visible } = await searched('text 77');
    await user.click(get('Only matches'));
    await settle();
    fireEvent.keyDown(log(), { key: 'Home' });
    act(() => {
      log().scrollTop = 13;
    });
    await settle();
    await user.click(get('770'));
    const below = () => rowTop(log(), 770) - log().scrollTop;
    expect(below()).toBe(7);
    await user.click(get('Only matches'));
    await settle();
    expect(visible()).toContain(771);
    expect(visible()).not.toContain(77);
    expect(below()).toBe(7);
  });

  it('follows new matches, and counts them while it is paused', async () => {
    const { user, log, send, settle, visible } = await searched('text 10');
    await user.click(get('Only matches'));
    await settle();
    expect(isFollowing()).toBe(true);
    await send(numbered(1_001, 1_012));
    await settle();
    expect(visible()[9]).toBe(1_012);
    fireEvent.wheel(log(), { deltaY: -3 });
    const before = log().scrollTop;
    await send(numbered(1_013, 1_112));
    await settle();
    // 1,013 to 1,099.
    expect(find('87 new lines')).toBeInTheDocument();
    expect(log().scrollTop).toBe(before);
  });

  it('shows matches that are in the store alone, and reads them where they are', async () => {
    const { api, send, user, settle, text, rows } = await openLog();
    api.searchLog.mockResolvedValueOnce({ lines: [77, 5_077] });
    api.readLines.mockImplementation(async (_run, { from, to }) =>
      Array.from({ length: to - from + 1 }, (_, index) => ({
        line: from + index,
        task: 'REPORT',
        at: START_TIME,
        text: `old ${from + index}`,
      })),
    );
    await send(
      snapshot({ firstLine: 9_001, lastLine: 9_000 }),
      numbered(9_001, 9_100),
    );
    await user.keyboard('/');
    await user.keyboard('77');
    await settle(300);
    await user.click(get('Only matches'));
    await settle(300);
    expect(rows()).toHaveLength(3);
    expect(text(5_077)).toContain('old 5077');
    expect(text(77)).toContain('old 77');
    expect(text(9_077)).toContain('text 9077');
    expect(screen.getByText('9,097 lines hidden')).toBeInTheDocument();
    // Two lines, two small questions: not all that is between them.
    const asked = api.readLines.mock.calls.reduce(
      (sum, [, { from, to }]) => sum + to - from + 1,
      0,
    );
    expect(asked).toBe(2);
  });

  it('never hides what was lost, and hides how tasks ended', async () => {
    const { send, user, settle, rows } = await openLog();
    await send(
      snapshot({
        run: {
          gaps: [
            {
              task: 'GENERATE:1',
              afterLine: 5,
              from: START_TIME,
              to: START_TIME + 1_000,
              reason: 'node gone',
            },
          ],
        },
      }),
      numbered(1, 20),
      FIRST_TASK_ENDED,
    );
    await user.keyboard('/');
    await user.keyboard('text 1');
    await settle();
    await user.click(get('Only matches'));
    await settle();
    expect(rows().filter(row => row.querySelector('[data-system]'))).toEqual([
      rows()[1],
    ]);
    expect(rows()[1]).toHaveTextContent('node gone');
  });
});

function rowTop(log: HTMLElement, line: number): number {
  const row = log
    .querySelector(`[data-line="${line}"]`)
    ?.closest<HTMLElement>('[data-index]');
  return Number(row?.dataset.index) * ROW_PX;
}
