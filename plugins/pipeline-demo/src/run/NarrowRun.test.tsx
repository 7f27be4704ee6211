import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import {
  after,
  aPreview,
  launched,
  moved,
  runAfter,
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
