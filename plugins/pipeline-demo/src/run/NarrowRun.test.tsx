import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import {
  after,
  aPreview,
  launched,
  moved,
  numberedEvents,
  runAfter,
  SEEN_RUNNING,
  succeeding,
} from '../__testUtils__/runs';
import { NarrowRun } from './NarrowRun';

const tab = (name: string) => screen.getByRole('tab', { name });

describe('NarrowRun', () => {
  it('lists what moves first, and opens its details', async () => {
    const run = runAfter(2, [
      launched,
      moved('GENERATE:1', 'succeeded', { running: 1, ended: 6 }),
      moved('GENERATE:2', 'running', { running: 4 }),
    ]);
    renderWithApi(
      <NarrowRun run={run} now={after(8)} forecast={aPreview(2)} />,
      createTestApi(),
    );
    const first = await screen.findByRole('button', { name: /^GENERATE:2/ });
    expect(first).toHaveTextContent('about 0:01 left');
    const second = screen.getByRole('button', { name: /^GENERATE:1/ });
    expect(first.compareDocumentPosition(second)).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
    await userEvent.click(first);
    expect(
      await screen.findByRole('complementary', {
        name: 'Details of GENERATE:2',
      }),
    ).toBeInTheDocument();
  });

  it('says once what the driver waits for, on which all tasks wait', async () => {
    const reason = { code: 'Unschedulable', message: '0/1 nodes' };
    const at = after(1);
    const run = runAfter(2, [
      launched,
      {
        type: 'DriverMoved',
        at,
        driver: { phase: 'waiting', since: at, reason },
      },
    ]);
    renderWithApi(<NarrowRun run={run} now={after(8)} />, createTestApi());
    const first = await screen.findByRole('button', { name: /^GENERATE:1/ });
    expect(first).toHaveTextContent('No node has room for the driver.');
    expect(screen.getAllByText(/No node has room/)).toHaveLength(1);
  });

  it('begins with the report of a run that is over, and says when there is none yet', async () => {
    renderWithApi(
      <NarrowRun run={runAfter(2, succeeding(2))} now={after(12)} />,
      createTestApi(),
    );
    await screen.findByRole('tab', { name: 'Report' });
    expect(tab('Report')).toHaveAttribute('aria-selected', 'true');
  });

  it('goes back in time, but for the phase and the report', async () => {
    const events = numberedEvents(SEEN_RUNNING);
    const run = runAfter(2, SEEN_RUNNING);
    const api = createTestApi({
      readEvents: async (_run, from) => events.slice(from, from + 2),
    });
    renderWithApi(<NarrowRun run={run} now={after(20)} />, api);
    await waitFor(() => expect(api.streams).toHaveLength(1));
    const presence = { viewers: 1, now: after(20) };
    await act(async () =>
      api.send({ type: 'snapshot', run, firstLine: 0, lastLine: 0, presence }),
    );
    await userEvent.click(await screen.findByRole('tab', { name: 'Tasks' }));
    expect(screen.getByText('Latest lines')).toBeInTheDocument();
    await act(async () => {
      fireEvent.change(
        screen.getByRole('slider', { name: 'Moment that is shown' }),
        { target: { value: '3' } },
      );
    });
    expect(
      await screen.findByText('Looking at 0:03 of 0:09'),
    ).toBeInTheDocument();
    expect(screen.getByText(/of 5/)).toHaveTextContent('0 of 5');
    expect(
      screen.getByRole('button', { name: /^GENERATE:1/ }),
    ).toHaveTextContent('0:02');
    // They are of the end.
    expect(screen.queryByText('Latest lines')).toBeNull();
    expect(
      screen.getByRole('heading', { name: 'Succeeded' }),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Back to the end' }),
    );
    expect(screen.queryByText(/^Looking at/)).toBeNull();
    expect(screen.getByText(/of 5/)).toHaveTextContent('5 of 5');
  });

  it('never switches under the thumb', async () => {
    renderWithApi(
      <NarrowRun run={runAfter(2, [launched])} now={after(2)} />,
      createTestApi(),
    );
    await screen.findByRole('tab', { name: 'Tasks' });
    await userEvent.click(tab('Report'));
    expect(
      screen.getByText('The report comes when all tasks have finished.'),
    ).toBeInTheDocument();
  });
});
