import { snapshot } from '../api/__testUtils__/messages';
import { copyText } from '../run/copyText';
import { mockLayout } from './__testUtils__/layout';
import { numbered, openLog } from './__testUtils__/openLog';

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
