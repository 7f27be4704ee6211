import { errorApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider, mockApis } from '@backstage/frontend-test-utils';
import { act, render } from '@testing-library/react';
import type { ServerMessage } from 'backstage-plugin-pipeline-demo-common';
import {
  START_TIME,
  ended,
  event,
  lines,
  snapshot,
} from '../api/__testUtils__/messages';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import type { Connection } from '../api/PipelineDemoApi';
import { FakePipelineDemoApi } from '../state/__testUtils__/FakePipelineDemoApi';
import { RunSessionProvider } from '../state/useRunSession';
import { FreshnessBar } from './FreshnessBar';

async function open() {
  const api = new FakePipelineDemoApi();
  const { container } = render(
    <TestApiProvider
      apis={[
        [pipelineDemoApiRef, api],
        [errorApiRef, mockApis.error()],
        [translationApiRef, mockApis.translation()],
      ]}
    >
      <RunSessionProvider runId="r1">
        <FreshnessBar />
      </RunSessionProvider>
    </TestApiProvider>,
  );
  const settle = (ms: number) =>
    act(async () => {
      await jest.advanceTimersByTimeAsync(ms);
    });
  return {
    api,
    settle,
    words: () => container.textContent,
    send: async (...messages: ServerMessage[]) => {
      act(() => api.send(...messages));
      await settle(20);
    },
    connect: async (connection: Connection) => {
      act(() => api.connection(connection));
      await settle(20);
    },
  };
}

beforeEach(() => {
  jest.useFakeTimers({ now: START_TIME });
});
afterEach(() => jest.useRealTimers());

describe('FreshnessBar', () => {
  it('says how fresh lines are, how many, who watches, and when the engine was seen', async () => {
    const { send, connect, words, settle } = await open();
    await connect({ type: 'live' });
    // This browser's clock is 20 ms ahead of the server's.
    jest.setSystemTime(START_TIME + 20);
    await send(snapshot({ lastLine: 0 }), {
      type: 'presence',
      presence: { viewers: 7, seenAt: START_TIME - 2_000, now: START_TIME },
    });
    jest.setSystemTime(START_TIME + 58);
    await send(lines(1, ['a', 'b']));
    expect(words()).toBe(
      'Livetask → you 38 ms2 lines0 missing so far7 watchingengine seen 2 s ago',
    );
    await settle(3_000);
    expect(words()).toContain('engine seen 5 s ago');
  });

  it('says that nothing is missing only when everything was read', async () => {
    const { send, words } = await open();
    await send(snapshot({ run: { phase: 'finishing' } }), lines(1, ['a']));
    expect(words()).toContain('0 missing so far');
    await send(event(1, { type: 'LogsComplete', at: START_TIME, lastLine: 1 }));
    expect(words()).not.toContain('so far');
    expect(words()).toContain('0 missing');
  });

  it('counts what is missing, and what was lost before', async () => {
    const { send, words } = await open();
    await send(
      snapshot({
        run: {
          gaps: [
            { task: 'REPORT', afterLine: 1, from: 1, to: 2, reason: 'lost' },
          ],
        },
      }),
      lines(1, ['a']),
      ended(4),
    );
    expect(words()).toContain('3 missing so far1 gap');
  });

  it('does not say that nothing is missing where output was lost', async () => {
    const { send, words } = await open();
    const gaps = [
      { task: 'REPORT', afterLine: 1, from: 1, to: 2, reason: 'lost' } as const,
    ];
    await send(snapshot({ run: { gaps } }), lines(1, ['a']));
    expect(words()).toContain('1 gap');
    expect(words()).not.toContain('missing');
  });

  it('counts down to the next attempt, and says where it goes on', async () => {
    const { send, connect, words, settle } = await open();
    await send(snapshot({}), lines(1, ['a']));
    const now = Date.now();
    await connect({ type: 'reconnecting', since: now, retryAt: now + 2_500 });
    expect(words()).toContain('Reconnecting in 3 s');
    expect(words()).toContain('continues after line 1');
    await settle(2_600);
    expect(words()).toMatch(/^Reconnectinglast line 3 s ago/);
  });

  it('has heard nothing since the connection was lost', async () => {
    const { send, connect, words } = await open();
    await send(snapshot({}), lines(1, ['a']));
    const now = Date.now();
    const since = now - 12_000;
    await connect({ type: 'reconnecting', since, retryAt: now + 2_500 });
    expect(words()).toContain('last line 12 s ago');
  });

  it.each<[Connection, string]>([
    [{ type: 'connecting' }, 'Connecting'],
    [{ type: 'catchingUp', lines: 3_200 }, 'Catching up, 3,200 lines'],
    [{ type: 'polling' }, 'Via polling'],
    [{ type: 'finished' }, 'Finished'],
    [{ type: 'refused', name: 'x', message: 'y' }, 'Not connected'],
  ])('has a word for %j', async (connection, word) => {
    const { connect, words } = await open();
    await connect(connection);
    expect(words()).toBe(word);
  });
});
