import {
  errorApiRef,
  storageApiRef,
  translationApiRef,
} from '@backstage/frontend-plugin-api';
import { TestApiProvider, mockApis } from '@backstage/frontend-test-utils';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ServerMessage } from 'backstage-plugin-pipeline-demo-common';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { START_TIME } from '../../api/__testUtils__/messages';
import { pipelineDemoApiRef } from '../../api/PipelineDemoApi';
import { FakePipelineDemoApi } from '../../state/__testUtils__/FakePipelineDemoApi';
import { RunSessionProvider } from '../../state/useRunSession';
import { LogPane } from '../LogPane';
import { VIEW_PX } from './layout';

export const ROW_PX = 20;

/**
 * What is called or reads so. Queries by role compute styles of each of many
 * rows, which takes seconds in jsdom.
 */
export function find(name: string): HTMLElement | undefined {
  return Array.from(
    document.querySelectorAll<HTMLElement>('button, [role], a, input'),
  ).find(
    element =>
      element.getAttribute('aria-label') === name ||
      (element.textContent ?? '').trim() === name,
  );
}

export function get(name: string): HTMLElement {
  const element = find(name);
  if (!element) {
    throw new Error(`There is no "${name}"`);
  }
  return element;
}

export const isFollowing = () =>
  find('Following')?.getAttribute('aria-pressed') === 'true';
export const isPaused = () =>
  find('Follow')?.getAttribute('aria-pressed') === 'false';

function Where() {
  const { search, hash } = useLocation();
  return <output data-testid="where">{search + hash}</output>;
}

/** A log whose server is the test. Needs fake timers and `mockLayout`. */
export async function openLog(
  options: {
    readonly url?: string;
    /** Else an error that is shown fails the test. */
    readonly errors?: 'expected';
  } = {},
) {
  const errorApi = mockApis.error({ collect: options.errors === 'expected' });
  const api = new FakePipelineDemoApi();
  const user = userEvent.setup({
    advanceTimers: jest.advanceTimersByTime,
    pointerEventsCheck: 0,
  });
  render(
    <MemoryRouter initialEntries={[options.url ?? '/']}>
      <TestApiProvider
        apis={[
          [pipelineDemoApiRef, api],
          [errorApiRef, errorApi],
          [storageApiRef, mockApis.storage()],
          [translationApiRef, mockApis.translation()],
        ]}
      >
        <RunSessionProvider runId="r1">
          <LogPane />
        </RunSessionProvider>
        <Where />
      </TestApiProvider>
    </MemoryRouter>,
  );
  const settle = (ms: number = 20) =>
    act(async () => {
      await jest.advanceTimersByTimeAsync(ms);
    });
  const log = () => get('Log lines');
  const rows = () =>
    Array.from(log().querySelectorAll<HTMLElement>('[role="listitem"]'));
  return {
    api,
    user,
    errors: () => errorApi.getErrors().map(({ error }) => error.message),
    settle,
    log,
    rows,
    send: async (...messages: ServerMessage[]) => {
      act(() => api.send(...messages));
      await settle();
    },
    /** Numbers of the lines inside the view. */
    visible() {
      const top = log().scrollTop;
      const first = Number(rows()[0].dataset.index) * ROW_PX;
      return rows()
        .map((row, index) => ({
          top: first + index * ROW_PX,
          line: row.querySelector<HTMLElement>('[data-line]')?.dataset.line,
        }))
        .filter(row => row.top >= top && row.top < top + VIEW_PX)
        .map(row => Number(row.line));
    },
    text: (line: number) =>
      document.querySelector(`[data-line="${line}"]`)?.textContent,
    where: () => screen.getByTestId('where').textContent,
  };
}

/** Lines `from` to `to`; every tenth is the driver's, the others GENERATE:1's. */
export function numbered(from: number, to: number): ServerMessage {
  return {
    type: 'lines',
    run: 'r1',
    first: from,
    lines: Array.from({ length: to - from + 1 }, (_, index) => ({
      task: (from + index) % 10 === 0 ? 'driver' : 'GENERATE:1',
      at: START_TIME,
      text: `text ${from + index}`,
    })),
  };
}

/** GENERATE:1 has ended after five seconds. */
export const FIRST_TASK_ENDED: ServerMessage = {
  type: 'event',
  run: 'r1',
  event: {
    event: 1,
    type: 'TaskMoved',
    at: START_TIME,
    task: 'GENERATE:1',
    attempt: {
      uid: 'a',
      createdAt: START_TIME,
      runningAt: START_TIME,
      endedAt: START_TIME + 5_000,
      phase: 'succeeded',
      exitCode: 0,
    },
  },
};
