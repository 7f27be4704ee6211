import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi, type TestApi } from '../__testUtils__/createTestApi';
import { renderPage } from '../__testUtils__/renderWithApi';
import {
  after,
  numberedEvents,
  runAfter,
  SEEN_RUNNING,
} from '../__testUtils__/runs';
import { PipelineDemoPage } from '../pages/PipelineDemoPage';

const events = numberedEvents(SEEN_RUNNING);

/** The page of a run that is over, with a line for each second. */
async function showEnded(
  readEvents: TestApi['readEvents'],
  run = runAfter(2, SEEN_RUNNING),
) {
  const api = createTestApi({ readEvents: jest.fn(readEvents) });
  renderPage(<PipelineDemoPage />, api, { path: '/pipeline-demo/runs/r4f2' });
  await waitFor(() => expect(api.streams).toHaveLength(1));
  const lines = Array.from({ length: 9 }, (_, index) => ({
    task: 'GENERATE:1',
    at: after(index),
    text: `second ${index}`,
  }));
  await act(async () =>
    api.send(
      {
        type: 'snapshot',
        run,
        firstLine: 1,
        lastLine: 9,
        presence: { viewers: 1, now: after(20) },
      },
      { type: 'lines', run: 'r4f2', first: 1, lines },
      { type: 'ended', run: 'r4f2', lastLine: 9 },
    ),
  );
  await screen.findByRole('heading', { name: 'Succeeded' });
  return api;
}

const allEvents = async (_run: string, from: number) =>
  events.slice(from, from + 2);
const slider = () =>
  screen.getByRole('slider', { name: 'Moment that is shown' });
const goTo = async (seconds: number) =>
  act(async () => {
    fireEvent.change(slider(), { target: { value: String(seconds) } });
  });
const progress = () => screen.getByRole('region', { name: 'Progress' });
const looking = () => screen.queryByText(/^Looking at/);

describe('TimeScrubber', () => {
  it('stands at the end, and reads no past before somebody looks back', async () => {
    const readEvents = jest.fn(allEvents);
    await showEnded(readEvents);
    expect(slider()).toHaveAttribute('aria-valuetext', '0:09 of 0:09');
    expect(looking()).toBeNull();
    expect(readEvents).not.toHaveBeenCalled();
  });

  it('ends with the duration of the run, to the second as everywhere', async () => {
    const run = { ...runAfter(2, SEEN_RUNNING), finishedAt: after(9.45) };
    await showEnded(allEvents, run);
    const scrubber = screen.getByRole('group', { name: 'Time of the run' });
    expect(within(scrubber).getAllByText('0:09')).toHaveLength(2);
  });

  it('folds the events up to the moment, and leaves the phase of now', async () => {
    await showEnded(allEvents);
    const title = document.title;
    expect(progress()).toHaveTextContent('5 of 5 tasks');
    await goTo(3);
    expect(await screen.findByText('Looking at 0:03 of 0:09')).toBeVisible();
    expect(slider()).toHaveAttribute('aria-valuetext', '0:03 of 0:09');
    expect(progress()).toHaveTextContent('0 of 5 tasks');
    expect(
      document.querySelector('[data-task="GENERATE:1"] title'),
    ).toHaveTextContent('GENERATE:1, Running, 0:02');

    await goTo(7);
    await waitFor(() => expect(progress()).toHaveTextContent('1 of 5 tasks'));
    expect(
      screen.getByRole('heading', { name: 'Succeeded' }),
    ).toBeInTheDocument();
    expect(document.title).toBe(title);
  });

  it('shows the timeline of then, since there was no report, and goes back to it', async () => {
    await showEnded(allEvents);
    const tab = (name: string) => screen.getByRole('tab', { name });
    expect(tab('Report')).toHaveAttribute('aria-selected', 'true');
    await goTo(3);
    await waitFor(() =>
      expect(tab('Timeline')).toHaveAttribute('aria-selected', 'true'),
    );
    const row = screen.getByRole('row', { name: /^GENERATE:1 / });
    expect(row).toHaveTextContent('Running');
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to the end' }),
    );
    expect(tab('Report')).toHaveAttribute('aria-selected', 'true');
    expect(slider()).toHaveFocus();
    expect(looking()).toBeNull();
    expect(progress()).toHaveTextContent('5 of 5 tasks');
  });

  it('is moved by keys, a second at a time, and is over at the end', async () => {
    await showEnded(allEvents);
    act(() => slider().focus());
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowDown}');
    expect(await screen.findByText('Looking at 0:06 of 0:09')).toBeVisible();
    await userEvent.keyboard('{ArrowRight}');
    expect(slider()).toHaveAttribute('aria-valuetext', '0:07 of 0:09');
    await userEvent.keyboard('{PageDown}');
    expect(slider()).toHaveAttribute('aria-valuetext', '0:00 of 0:09');
    await userEvent.keyboard('{PageUp}');
    expect(looking()).toBeNull();
  });

  it('plays with Space ten times as fast, and stops at the end', async () => {
    await showEnded(allEvents);
    act(() => slider().focus());
    const timer = jest.spyOn(window, 'setInterval');
    const clock = jest.spyOn(performance, 'now');
    try {
      let now = 1_000;
      clock.mockImplementation(() => now);
      await userEvent.keyboard(' ');
      const tick = timer.mock.calls.find(([, ms]) => ms === 50)?.[0];
      const pass = (ms: number) =>
        act(async () => {
          now += ms;
          (tick as () => void)();
        });
      await pass(0);
      expect(slider()).toHaveAttribute('aria-valuetext', '0:00 of 0:09');
      await pass(800);
      expect(slider()).toHaveAttribute('aria-valuetext', '0:08 of 0:09');
      const bar = screen.getByRole('group', { name: 'Time of the run' });
      expect(
        within(bar).getByRole('button', { name: 'Pause' }),
      ).toBeInTheDocument();
      await pass(200);
      expect(looking()).toBeNull();
      expect(
        within(bar).getByRole('button', { name: 'Play' }),
      ).toBeInTheDocument();
    } finally {
      timer.mockRestore();
      clock.mockRestore();
    }
  });

  it('pauses when somebody moves it', async () => {
    await showEnded(allEvents);
    await userEvent.click(screen.getByRole('button', { name: 'Play' }));
    expect(screen.getByRole('button', { name: 'Pause' })).toBeInTheDocument();
    await goTo(4);
    expect(screen.getByRole('button', { name: 'Play' })).toBeInTheDocument();
    expect(slider()).toHaveAttribute('aria-valuetext', '0:04 of 0:09');
  });

  it('stays where it is when more has happened than is here yet', async () => {
    const api = await showEnded(allEvents);
    await goTo(3);
    expect(await screen.findByText('Looking at 0:03 of 0:09')).toBeVisible();
    await act(async () =>
      api.send({
        type: 'snapshot',
        run: { ...runAfter(2, SEEN_RUNNING), event: 99 },
        firstLine: 10,
        lastLine: 9,
        presence: { viewers: 1, now: after(30) },
      }),
    );
    expect(looking()).toHaveTextContent('Looking at 0:03');
    expect(progress()).toHaveTextContent('0 of 5 tasks');
  });

  it('says that the past could not be read, and shows none', async () => {
    await showEnded(() => Promise.reject(new Error('no database')));
    await goTo(3);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The past could not be read: no database',
    );
    expect(progress()).toHaveTextContent('5 of 5 tasks');
  });
});
