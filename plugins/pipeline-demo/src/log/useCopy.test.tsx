import { fireEvent } from '@testing-library/react';
import { snapshot } from '../api/__testUtils__/messages';
import { copyText } from '../run/copyText';
import { mockLayout } from './__testUtils__/layout';
import { ROW_PX, get, numbered, openLog } from './__testUtils__/openLog';

jest.mock('../run/copyText', () => ({ copyText: jest.fn(async () => {}) }));

beforeEach(() => {
  jest.useFakeTimers();
  mockLayout();
  jest.mocked(copyText).mockClear();
});
afterEach(() => jest.useRealTimers());

async function withLines() {
  const log = await openLog();
  await log.send(snapshot({}), numbered(1, 20));
  const row = (line: number) =>
    document.querySelector(`[data-line="${line}"]`) as Element;
  const select = async (from: number, to: number) => {
    const range = document.createRange();
    range.setStart(row(from), 0);
    range.setEnd(row(to), row(to).childNodes.length);
    document.getSelection()?.removeAllRanges();
    document.getSelection()?.addRange(range);
    await log.settle();
  };
  return { ...log, select };
}

describe('copying what is not mounted any more', () => {
  /** Begins in line 3, and ends in another one, to which one has scrolled. */
  async function withLostAnchor(
    options: {
      readonly url?: string;
      /** The place of the first row in view at the end. */
      readonly row?: number;
      /** The first line that is loaded. */
      readonly firstLine?: number;
      readonly last?: number;
    } = {},
  ) {
    const { url, firstLine = 1, last = 899, row = last - 4 } = options;
    const errors = firstLine > 1 ? 'expected' : undefined;
    const log = await openLog({ url, errors });
    await log.send(
      snapshot({ firstLine, lastLine: 1_000 }),
      numbered(firstLine, 1_000),
    );
    await log.user.keyboard('gg');
    await log.settle();
    const rowOf = (line: number) =>
      document.querySelector(`[data-line="${line}"]`);
    const textOf = (line: number) =>
      document
        .createTreeWalker(
          rowOf(line)?.lastElementChild as Element,
          NodeFilter.SHOW_TEXT,
        )
        .nextNode() as Node;
    const selection = document.getSelection() as Selection;
    selection.setBaseAndExtent(textOf(3), 2, textOf(4), 1);
    fireEvent(document, new Event('selectionchange'));
    const list = log.log();
    list.scrollTop = row * ROW_PX;
    fireEvent.scroll(list);
    await log.settle();
    expect(rowOf(3)).toBeNull();
    selection.extend(textOf(last), 4);
    fireEvent(document, new Event('selectionchange'));
    return log;
  }

  it('copies from where one began, as if all were mounted', async () => {
    await withLostAnchor();
    const clipboardData = { setData: jest.fn() };
    const goesOn = fireEvent.copy(document.body, { clipboardData });
    expect(goesOn).toBe(false);
    const [[type, text]] = clipboardData.setData.mock.calls;
    expect(type).toBe('text/plain');
    const lines = text.split('\n');
    expect(lines).toHaveLength(897);
    expect([lines[0], lines[1], lines[896]]).toEqual([
      'xt 3',
      'text 4',
      'text',
    ]);
  });

  it('leaves out what is not shown, and takes times along with Alt', async () => {
    const { user } = await withLostAnchor({
      url: '/?task=GENERATE%3A1',
      row: 805,
    });
    await user.keyboard('{Control>}{Alt>}c{/Alt}{/Control}');
    const [[text]] = jest.mocked(copyText).mock.calls;
    const lines = text.split('\n');
    expect(lines).toHaveLength(808);
    expect(lines[0]).toMatch(/^3 .* GENERATE:1 text 3$/);
    expect(text).not.toContain('driver');
  });

  it('says so when not all of it is loaded, and copies what the browser has', async () => {
    const { errors } = await withLostAnchor({ firstLine: 901, last: 950 });
    const clipboardData = { setData: jest.fn() };
    expect(fireEvent.copy(document.body, { clipboardData })).toBe(true);
    expect(clipboardData.setData).not.toHaveBeenCalled();
    expect(errors()).toEqual([
      '898 of the selected lines are not loaded: download the log, or select less of it.',
    ]);
  });

  it('leaves what is copied of a field to the browser', async () => {
    await withLostAnchor();
    const clipboardData = { setData: jest.fn() };
    expect(fireEvent.copy(get('Search the log'), { clipboardData })).toBe(true);
    expect(clipboardData.setData).not.toHaveBeenCalled();
  });

  it('begins anew with the next selection, but not with Shift', async () => {
    const { log } = await withLostAnchor();
    const copy = () => {
      const clipboardData = { setData: jest.fn() };
      return fireEvent.copy(document.body, { clipboardData });
    };
    fireEvent.mouseDown(log(), { shiftKey: true });
    fireEvent(document, new Event('selectstart'));
    fireEvent(document, new Event('selectionchange'));
    expect(copy()).toBe(false);
    fireEvent.mouseDown(log());
    fireEvent(document, new Event('selectstart'));
    fireEvent(document, new Event('selectionchange'));
    expect(copy()).toBe(true);
  });

  it('is over when one selects elsewhere', async () => {
    await withLostAnchor();
    document.getSelection()?.selectAllChildren(document.body);
    fireEvent(document, new Event('selectionchange'));
    const clipboardData = { setData: jest.fn() };
    expect(fireEvent.copy(document.body, { clipboardData })).toBe(true);
    expect(clipboardData.setData).not.toHaveBeenCalled();
  });
});

describe('copying with Alt', () => {
  it('takes numbers, times and tasks along', async () => {
    const { user, select } = await withLines();
    await select(19, 20);
    await user.keyboard('{Control>}{Alt>}c{/Alt}{/Control}');
    const [[text]] = jest.mocked(copyText).mock.calls;
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^19 \d\d:\d\d:\d\d\.\d{3} GENERATE:1 text 19$/),
      expect.stringMatching(/^20 \d\d:\d\d:\d\d\.\d{3} driver text 20$/),
    ]);
  });

  it('leaves a copy without Alt, and one without a selection, to the browser', async () => {
    const { user, select } = await withLines();
    await user.keyboard('{Control>}{Alt>}c{/Alt}{/Control}');
    await select(19, 20);
    await user.keyboard('{Control>}c{/Control}');
    expect(copyText).not.toHaveBeenCalled();
  });
});
