import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { START_TIME, snapshot } from '../api/__testUtils__/messages';
import { pipelineDemoApiRef } from '../api/PipelineDemoApi';
import { FakePipelineDemoApi } from './__testUtils__/FakePipelineDemoApi';
import { useCalmRunState } from './useCalmRunState';
import { RunSessionProvider } from './useRunSession';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const FRAME_MS = 20;

async function shown() {
  const api = new FakePipelineDemoApi();
  let renders = 0;
  const { result } = renderHook(
    () => {
      renders += 1;
      return useCalmRunState();
    },
    {
      wrapper: (props: { readonly children: ReactNode }) => (
        <TestApiProvider apis={[[pipelineDemoApiRef, api]]}>
          <RunSessionProvider runId="r1">{props.children}</RunSessionProvider>
        </TestApiProvider>
      ),
    },
  );
  const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
  act(() => api.send(snapshot({})));
  await wait(1_000);
  const line = async (first: number) => {
    act(() =>
      api.send({
        type: 'lines',
        run: 'r1',
        first,
        lines: [{ task: 'driver', at: START_TIME, text: 'x' }],
      }),
    );
    await wait(FRAME_MS);
  };
  return { api, result, wait, line, renders: () => renders };
}

describe('useCalmRunState', () => {
  it('shows lines a few times a second, and the last ones in the end', async () => {
    const { result, wait, line, renders } = await shown();
    await line(1);
    expect(result.current.lastLine).toBe(1);
    const before = renders();
    for (let number = 2; number <= 51; number += 1) {
      await line(number);
    }
    expect(renders() - before).toBeLessThanOrEqual(5);
    await wait(500);
    expect(result.current.lastLine).toBe(51);
  });

  it('shows at once that the connection is lost', async () => {
    const { api, result, wait, line } = await shown();
    await line(1);
    act(() => api.connection({ type: 'reconnecting', since: 1, retryAt: 2 }));
    await wait(FRAME_MS);
    expect(result.current.connection.type).toBe('reconnecting');
  });
});
