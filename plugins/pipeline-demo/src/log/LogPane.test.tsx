import { act, fireEvent, screen } from '@testing-library/react';
import type { ServerMessage } from 'backstage-plugin-pipeline-demo-common';
import { START_TIME, snapshot } from '../api/__testUtils__/messages';
import { mockLayout, mockRowHeights } from './__testUtils__/layout';
import {
  FIRST_TASK_ENDED,
  ROW_PX,
  find,
  get,
  isFollowing,
  isPaused,
  numbered,
  openLog as open,
} from './__testUtils__/openLog';

beforeEach(() => {
  jest.useFakeTimers();
  mockLayout();
});
afterEach(() => jest.useRealTimers());

describe('LogPane while it follows', () => {
  it('says what the driver waits for, after five seconds', async () => {
    const { send } = await open();
    await send(snapshot({}));
    expect(screen.queryByText(/No node has room/)).toBeNull();
    await send({
      type: 'event',
      run: 'r1',
      event: { type: 'Launched', at: START_TIME + 1, event: 1 },
    });
    const message = '0/3 nodes are available: 3 Insufficient cpu.';
    await send({
      type: 'event',
      run: 'r1',
      event: {
        type: 'DriverMoved',
        at: START_TIME + 2,
        event: 2,
        driver: {
          phase: 'waiting',
          since: START_TIME + 2,
          reason: { code: 'Unschedulable', message },
        },
      },
    });
    expect(screen.queryByText(/No node has room/)).toBeNull();
    await act(() => jest.advanceTimersByTimeAsync(6_000));
    expect(
      screen.getByText(/^No node has room for the driver\. It starts when/),
    ).toBeInTheDocument();
    expect(screen.getByText(`Seen: ${message}`)).toBeInTheDocument();
  });

  it('shows a skeleton, then words, then lines', async () => {
    const { send, text } = await open();
    expect(screen.getByLabelText('Loading the log')).toBeInTheDocument();
    await send(snapshot({}));
    expect(screen.getByText('Waiting for the first task')).toBeInTheDocument();
    await send(numbered(1, 2));
    expect(screen.queryByText('Waiting for the first task')).toBeNull();
    expect(text(1)).toContain('GENERATE:1');
    expect(text(1)).toContain('text 1');
  });

  it('stays at the end and mounts few of many rows', async () => {
    const { send, visible, rows } = await open();
    await send(snapshot({}), numbered(1, 5_000));
    expect(visible()).toEqual(
      Array.from({ length: 10 }, (_, index) => 4_991 + index),
    );
    await send(numbered(5_001, 5_100));
    expect(visible()[9]).toBe(5_100);
    expect(rows().length).toBeLessThan(70);
  });

  it('says how a task ended, after its last line', async () => {
    const { send, rows } = await open();
    await send(
      snapshot({ run: { phase: 'running' } }),
      numbered(1, 3),
      FIRST_TASK_ENDED,
    );
    expect(rows()[3]).toHaveTextContent(
      'GENERATE:1 finished, exit 0, after 0:05',
    );
  });
});

describe('LogPane and the reader', () => {
  it('pauses at the first turn of the wheel, and does not move by a pixel', async () => {
    const { send, log, visible } = await open();
    await send(snapshot({}), numbered(1, 100));
    expect(isFollowing()).toBe(true);
    fireEvent.wheel(log(), { deltaY: -3 });
    const before = log().scrollTop;
    await send(numbered(101, 228));
    expect(log().scrollTop).toBe(before);
    expect(visible()[0]).toBe(91);
    expect(find('128 new lines')).toBeInTheDocument();
    expect(isPaused()).toBe(true);
  });

  it('does not undo a scroll of which the browser has not told yet', async () => {
    const { send, log, visible } = await open();
    await send(snapshot({}), numbered(1, 100));
    act(() => {
      log().scrollTop = 1_500;
    });
    fireEvent.wheel(log(), { deltaY: -300 });
    await send(numbered(101, 150));
    expect(log().scrollTop).toBe(1_500);
    expect(visible()[0]).toBe(76);
    expect(isPaused()).toBe(true);
  });

  it('follows again from the pill', async () => {
    const { send, log, user, visible } = await open();
    await send(snapshot({}), numbered(1, 100));
    fireEvent.wheel(log(), { deltaY: -3 });
    await send(numbered(101, 101));
    await user.click(get('1 new line'));
    expect(visible()[9]).toBe(101);
    expect(find('1 new line')).toBeUndefined();
  });

  it('follows again at the end, and counts down on the way', async () => {
    const { send, log, settle, visible } = await open();
    await send(snapshot({}), numbered(1, 100));
    fireEvent.wheel(log(), { deltaY: -3 });
    act(() => {
      log().scrollTop = 500;
    });
    await settle();
    await send(numbered(101, 200));
    expect(find('100 new lines')).toBeInTheDocument();
    act(() => {
      log().scrollTop = 140 * ROW_PX;
    });
    await settle();
    expect(find('50 new lines')).toBeInTheDocument();
    act(() => {
      log().scrollTop = 190 * ROW_PX - 10;
    });
    await send(numbered(201, 210));
    expect(visible()[9]).toBe(210);
  });

  it('is paused by the scrollbar, by keys and by a selection', async () => {
    const { send, log, settle } = await open();
    await send(snapshot({}), numbered(1, 100));

    act(() => {
      log().scrollTop = 0;
    });
    await settle();
    expect(isPaused()).toBe(true);
    fireEvent.keyDown(log(), { key: 'End' });
    expect(isPaused()).toBe(false);
    fireEvent.keyDown(log(), { key: 'PageUp' });
    expect(isPaused()).toBe(true);
    fireEvent.keyDown(log(), { key: 'G' });
    expect(isPaused()).toBe(false);
    const text = document.querySelector('[data-line="99"]');
    document.getSelection()?.selectAllChildren(text as Element);
    await settle();
    expect(isPaused()).toBe(true);
  });

  it('keeps the line under the eye when its tasks are narrowed', async () => {
    const { send, log, user, visible, settle, where } = await open();
    await send(snapshot({}), numbered(1, 400));
    act(() => {
      log().scrollTop = 150 * ROW_PX;
    });
    await settle();
    expect(visible()[0]).toBe(151);
    await user.click(get('GENERATE:1'));
    await settle();
    expect(where()).toBe('?task=GENERATE:1');
    expect(visible()[0]).toBe(151);
    expect(visible()).not.toContain(160);
  });
});

describe('LogPane and tasks', () => {
  it('counts lines per task and shows those of the selection', async () => {
    const { send, user, visible, where, settle } = await open();
    await send(snapshot({}), numbered(1, 100));
    await user.click(get('All tasks 100 lines: choose tasks'));
    await settle();
    const driver = get('driver10');
    expect(driver).toHaveTextContent('driver10');
    await user.click(driver);
    await settle();
    expect(where()).toBe('?task=driver');
    await user.keyboard('{Escape}');
    await settle();
    expect(visible()).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    await send(numbered(101, 110));
    expect(visible()).toContain(110);
  });

  it('says so when there is none of the selection yet', async () => {
    const { send } = await open({ url: '/?task=REPORT' });
    await send(snapshot({}), numbered(1, 5));
    expect(screen.getByText('No lines of these tasks yet')).toBeInTheDocument();
  });
});

describe('LogPane and names of tasks in lines', () => {
  const lines: ServerMessage = {
    type: 'lines',
    run: 'r1',
    first: 1,
    lines: [
      '[ANALYZE_2] Submitted process > ANALYZE (2)',
      'ANALYZE:2 and ANALYZE:7',
    ].map(text => ({ task: 'driver', at: START_TIME, text })),
  };

  it('link to the tasks of the plan, and are no stops of the keyboard', async () => {
    const { send, user, settle, where } = await open();
    await send(snapshot({}), lines);
    expect(find('ANALYZE:7')).toBeUndefined();
    const link = get('ANALYZE:2');
    expect(link).toHaveAttribute('href', '?task=ANALYZE:2');
    expect(link).toHaveAttribute('tabindex', '-1');
    await user.click(link);
    await settle();
    expect(where()).toBe('?task=ANALYZE:2');
  });

  it('lead from what Nextflow calls a task', async () => {
    const { send, user, settle, where } = await open();
    await send(snapshot({}), lines);
    expect(get('ANALYZE_2')).toHaveAttribute('href', '?task=ANALYZE:2');
    await user.click(get('ANALYZE (2)'));
    await settle();
    expect(where()).toBe('?task=ANALYZE:2');
  });
});

describe('LogPane and search', () => {
  it('finds, counts, and goes from match to match', async () => {
    const { send, user, settle, visible } = await open();
    await send(snapshot({}), numbered(1, 1_000));
    await user.keyboard('/');
    await user.keyboard('TEXT 77');
    await settle();
    expect(screen.getByText('0 of 11')).toBeInTheDocument();
    await user.keyboard('{Enter}');
    await settle();
    expect(screen.getByText('1 of 11')).toBeInTheDocument();
    expect(visible()).toContain(77);
    expect(screen.getAllByText('text 77')[0].tagName).toBe('MARK');
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    await settle();
    expect(screen.getByText('11 of 11')).toBeInTheDocument();
    expect(visible()).toContain(779);
    await send(numbered(1_001, 1_002));
    expect(visible()).toContain(779);
  });

  it('finds lines that are in the store alone, before those that are here', async () => {
    const { api, send, user, settle } = await open();
    await send(snapshot({ firstLine: 501, lastLine: 500 }), numbered(501, 600));
    api.searchLog.mockResolvedValueOnce({ lines: [77], next: 200 });
    api.searchLog.mockResolvedValueOnce({ lines: [277, 377] });
    await user.keyboard('/');
    await user.keyboard('77');
    await settle(500);
    expect(screen.getByText('0 of 4')).toBeInTheDocument();
    expect(api.searchLog.mock.calls.map(([, request]) => request)).toEqual([
      expect.objectContaining({ text: '77', from: 1, to: 500, tasks: [] }),
      expect.objectContaining({ text: '77', from: 200, to: 500 }),
    ]);
  });

  it('says why the store could not search', async () => {
    const { api, send, user, settle } = await open();
    await send(snapshot({ firstLine: 11, lastLine: 10 }), numbered(11, 20));
    api.searchLog.mockRejectedValueOnce(new Error('No such group'));
    await user.keyboard('/');
    await user.keyboard('text');
    await settle(500);
    expect(screen.getByRole('alert')).toHaveTextContent('No such group');
  });

  it('keeps the last good result of a broken expression, and says what is wrong', async () => {
    const { send, user, settle } = await open();
    await send(snapshot({}), numbered(1, 10));
    await user.click(get('Regular expression'));
    await user.keyboard('/');
    await user.keyboard('text [[12]');
    await settle();
    expect(screen.getByText('0 of 3')).toBeInTheDocument();
    await user.keyboard('(');
    await settle();
    expect(document.querySelector('[role="alert"]')).toHaveTextContent(/group/);
    expect(document.querySelector('input')).toBeInvalid();
    expect(document.querySelectorAll('mark')).toHaveLength(3);
  });

  it('finds nothing when there is nothing', async () => {
    const { send, user, settle } = await open();
    await send(snapshot({}), numbered(1, 10));
    await user.keyboard('/');
    await user.keyboard('nowhere');
    await settle();
    expect(screen.getByText('no match')).toBeInTheDocument();
  });
});

describe('LogPane and links', () => {
  it('opens at the line of the URL, and stays there', async () => {
    const { send, visible, settle } = await open({ url: '/#L312' });
    await send(snapshot({}), numbered(1, 1_000));
    await settle();
    expect(visible()).toContain(312);
    await send(numbered(1_001, 1_100));
    expect(visible()).toContain(312);
    expect(isPaused()).toBe(true);
  });

  it('reads the line of the URL when it is older than what was sent', async () => {
    const { send, api, settle, text } = await open({ url: '/#L5' });
    api.readLines.mockImplementation(async (_run, { from, to }) =>
      Array.from({ length: to - from + 1 }, (_, index) => ({
        line: from + index,
        task: 'REPORT',
        at: START_TIME,
        text: `old ${from + index}`,
      })),
    );
    await send(
      snapshot({ firstLine: 3_001, lastLine: 3_000 }),
      numbered(3_001, 3_010),
    );
    await settle(100);
    expect(api.readLines).toHaveBeenCalledWith('r1', expect.anything());
    expect(text(5)).toContain('old 5');
  });

  it('makes a link of a line without moving it', async () => {
    const { send, log, user, where, visible } = await open();
    await send(snapshot({}), numbered(1, 100));
    const before = log().scrollTop;
    await user.click(get('93'));
    expect(where()).toBe('#L93');
    expect(log().scrollTop).toBe(before);
    await send(numbered(101, 150));
    expect(visible()).toContain(93);
    await user.keyboard('{Shift>}');
    await user.click(get('96'));
    await user.keyboard('{/Shift}');
    expect(where()).toBe('#L93-L96');
  });

  it('makes links of http addresses alone, and no markup of anything', async () => {
    const { send, log } = await open();
    await send(snapshot({}), {
      type: 'lines',
      run: 'r1',
      first: 1,
      lines: [
        {
          task: 'driver',
          at: START_TIME,
          text: 'see https://x.example/a, <img src=x onerror=alert(1)> file:///etc',
        },
      ],
    });
    const link = get('https://x.example/a');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    expect(link).toHaveAttribute('href', 'https://x.example/a');
    expect(log().querySelectorAll('a')).toHaveLength(2);
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('LogPane and the rest', () => {
  it('keeps the lines when the connection is lost, and says so after a while', async () => {
    const { send, api, settle, user, text } = await open();
    await send(snapshot({}), numbered(1, 10));
    const since = Date.now();
    act(() =>
      api.connection({ type: 'reconnecting', since, retryAt: since + 500 }),
    );
    await settle(9_000);
    expect(screen.queryByText(/Connection lost/)).toBeNull();
    await settle(3_000);
    expect(screen.getByText('Connection lost 0:12 ago.')).toBeInTheDocument();
    expect(text(10)).toContain('text 10');
    await user.click(get('Try now'));
    expect(api.retryNow).toHaveBeenCalled();
  });

  it('hides times, and wraps, when asked to', async () => {
    const { send, log, user } = await open();
    await send(snapshot({}), numbered(1, 10));
    expect(log()).toHaveAttribute('data-times');
    await user.click(get('Times'));
    expect(log()).not.toHaveAttribute('data-times');
    await user.click(get('Wrap'));
    expect(log()).toHaveAttribute('data-wrap');
  });

  it('knows wrapped rows by what they are, not by their place', async () => {
    const tall = (element: HTMLElement) =>
      element.querySelector('[data-line="10"]') !== null;
    mockRowHeights(row => (tall(row) ? 3 * ROW_PX : ROW_PX));
    const { send, log, user, settle } = await open();
    const height = () => (log().firstElementChild as HTMLElement).style.height;
    await send(snapshot({}));
    await user.click(get('Wrap'));
    await send(numbered(1, 10));
    expect(height()).toBe(`${12 * ROW_PX}px`);
    await user.click(get('driver'));
    await settle();
    expect(height()).toBe(`${3 * ROW_PX}px`);
  });

  it('begins anew with another run', async () => {
    const { send, log, visible, text } = await open();
    await send(snapshot({}), numbered(1, 100));
    fireEvent.wheel(log(), { deltaY: -3 });
    await send({ type: 'switched', run: 'r2' });
    expect(screen.getByLabelText('Loading the log')).toBeInTheDocument();
    await send(snapshot({ run: { id: 'r2' } }), {
      ...numbered(1, 50),
      run: 'r2',
    } as ServerMessage);
    expect(visible()[9]).toBe(50);
    expect(text(50)).toContain('text 50');
    expect(isFollowing()).toBe(true);
  });
});
