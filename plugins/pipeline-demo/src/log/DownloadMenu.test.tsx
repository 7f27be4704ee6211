import { act } from '@testing-library/react';
import { snapshot } from '../api/__testUtils__/messages';
import { saveFile } from '../run/saveFile';
import { mockLayout } from './__testUtils__/layout';
import { get, numbered, openLog } from './__testUtils__/openLog';

jest.mock('../run/saveFile', () => ({ saveFile: jest.fn() }));

beforeEach(() => {
  jest.useFakeTimers();
  mockLayout();
  jest.mocked(saveFile).mockClear();
});
afterEach(() => jest.useRealTimers());

/** A log of 20 lines, with its menu opened by `openMenu`. */
async function withLog(url?: string) {
  const log = await openLog({ url });
  await log.send(snapshot({}), numbered(1, 20));
  const openMenu = async () => {
    await log.user.click(get('Download the log'));
    await log.settle();
  };
  /** Items with the head they stand under. */
  const items = () =>
    Array.from(document.querySelectorAll('[role="menuitem"]'), item => ({
      element: item as HTMLElement,
      name: `${
        item.closest('[role="group"]')?.querySelector('header')?.textContent
      }: ${item.textContent}`,
    }));
  const choose = async (name: string) => {
    const item = items().find(one => one.name === name);
    if (!item) {
      throw new Error(`There is no "${name}"`);
    }
    await log.user.click(item.element);
    await log.settle();
  };
  const saved = () => jest.mocked(saveFile).mock.calls.map(([, name]) => name);
  return { ...log, openMenu, items, choose, saved };
}

describe('DownloadMenu', () => {
  it('offers the whole log as text and as NDJSON', async () => {
    const { api, openMenu, items, choose, saved } = await withLog();
    await openMenu();
    expect(items().map(({ name }) => name)).toEqual([
      'The whole log: Text with times',
      'The whole log: NDJSON',
    ]);
    await choose('The whole log: Text with times');
    await openMenu();
    await choose('The whole log: NDJSON');
    expect(api.downloadLog.mock.calls).toEqual([
      ['r1', { format: 'text', tasks: [] }],
      ['r1', { format: 'ndjson', tasks: [] }],
    ]);
    expect(saved()).toEqual(['r1.log', 'r1.ndjson']);
  });

  it('offers the chosen tasks beside it', async () => {
    const { api, openMenu, items, choose, saved } = await withLog(
      '/?task=driver',
    );
    await openMenu();
    expect(items()).toHaveLength(4);
    await choose('Only the chosen tasks: Text with times');
    await openMenu();
    await choose('The whole log: Text with times');
    expect(api.downloadLog.mock.calls).toEqual([
      ['r1', { format: 'text', tasks: ['driver'] }],
      ['r1', { format: 'text', tasks: [] }],
    ]);
    expect(saved()).toEqual(['r1-driver.log', 'r1.log']);
  });

  it('offers matches when matches alone are shown', async () => {
    const { api, user, log, settle, openMenu, items, choose, saved } =
      await withLog('/?task=driver,GENERATE:1');
    await user.keyboard('/');
    await user.keyboard('text 1');
    await settle();
    await openMenu();
    expect(items()[0].name).toBe('Only the chosen tasks: Text with times');
    await user.keyboard('{Escape}');
    await settle();
    act(() => log().focus());
    await user.keyboard('m');
    await settle();
    await openMenu();
    await choose('Only matches in the chosen tasks: NDJSON');
    expect(api.downloadLog.mock.calls).toEqual([
      [
        'r1',
        {
          format: 'ndjson',
          tasks: ['driver', 'GENERATE:1'],
          search: { text: 'text 1', regex: false, caseSensitive: false },
        },
      ],
    ]);
    expect(saved()).toEqual(['r1-2-tasks-matches.ndjson']);
  });

  it('says why a download failed', async () => {
    const { api, openMenu, choose, saved } = await withLog();
    api.downloadLog.mockRejectedValueOnce(new Error('offline'));
    await openMenu();
    await choose('The whole log: Text with times');
    expect(document.querySelector('[role="alert"]')).toHaveTextContent(
      'The log could not be downloaded: offline',
    );
    expect(saved()).toEqual([]);
  });
});
