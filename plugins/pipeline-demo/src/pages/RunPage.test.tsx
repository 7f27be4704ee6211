import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  RunEventBody,
  ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import { createTestApi, type TestApi } from '../__testUtils__/createTestApi';
import { renderPage } from '../__testUtils__/renderWithApi';
import {
  after,
  failing,
  launched,
  moved,
  runAfter,
  succeeding,
  viewOf,
} from '../__testUtils__/runs';
import { PipelineDemoPage } from './PipelineDemoPage';

const RUN_PATH = '/pipeline-demo/runs/r4f2';
const presence = { viewers: 3, now: after(12) };

const show = (api: TestApi, path: string) =>
  renderPage(<PipelineDemoPage />, api, { path });

function snapshot(
  batchCount: number,
  events: readonly RunEventBody[] = [],
): ServerMessage {
  return {
    type: 'snapshot',
    run: runAfter(batchCount, events),
    firstLine: 1,
    lastLine: 0,
    presence,
  };
}

const send = (api: TestApi, ...messages: ServerMessage[]) =>
  act(async () => api.send(...messages));

describe('the page of a run', () => {
  it('keeps the frame while it loads, draws the plan, and follows the events', async () => {
    const api = createTestApi();
    show(api, RUN_PATH);
    expect(
      await screen.findByRole('status', { name: 'Loading the run' }),
    ).toBeInTheDocument();
    expect(api.streams[0].runId).toBe('r4f2');

    await send(api, snapshot(2));
    expect(
      await screen.findByRole('heading', { name: 'Queued' }),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('gridcell')).toHaveLength(5);

    await send(
      api,
      { type: 'event', run: 'r4f2', event: { ...launched, event: 1 } },
      {
        type: 'event',
        run: 'r4f2',
        event: {
          ...moved('GENERATE:1', 'succeeded', { running: 1, ended: 6 }),
          event: 2,
        },
      },
    );
    expect(
      await screen.findByRole('heading', { name: 'Running' }),
    ).toBeInTheDocument();
    const progress = screen.getByRole('region', { name: 'Progress' });
    expect(progress).toHaveTextContent('1 of 5 tasks');
    await waitFor(() =>
      expect(document.title).toBe('▶ 20 % · r4f2 · Pipeline demo'),
    );
    expect(
      screen.getByRole('region', { name: 'Timeline' }),
    ).toBeInTheDocument();
  });

  it('shows the report of a run that succeeded, and the timeline beside it', async () => {
    const api = createTestApi();
    show(api, RUN_PATH);
    await waitFor(() => expect(api.streams).toHaveLength(1));
    await send(api, snapshot(2, succeeding(2)));
    const region = await screen.findByRole('region', { name: 'Report' });
    expect(
      within(region).getByRole('grid', { name: 'By batch' }),
    ).toBeInTheDocument();
    await userEvent.click(
      within(region).getByRole('tab', { name: 'Timeline' }),
    );
    expect(
      within(region).getByRole('table', {
        name: 'Tasks of the run with their phase and duration',
      }),
    ).toBeInTheDocument();
  });

  it('says what happened to a run that failed, with the last lines of the task', async () => {
    const api = createTestApi();
    show(api, RUN_PATH);
    await waitFor(() => expect(api.streams).toHaveLength(1));
    await send(api, snapshot(2, failing('GENERATE:2')), {
      type: 'lines',
      run: 'r4f2',
      first: 1,
      lines: [
        { task: 'GENERATE:1', at: after(2), text: 'all is well' },
        { task: 'GENERATE:2', at: after(3), text: 'no space left on device' },
      ],
    });
    const region = await screen.findByRole('region', { name: 'What happened' });
    expect(within(region).getAllByRole('heading')[0]).toHaveTextContent(
      /GENERATE:2 .*3/,
    );
    expect(region).toHaveTextContent('Exit code3');
    const quote = await within(region).findByRole('list', {
      name: 'Last lines',
    });
    expect(quote).toHaveTextContent('no space left on device');
    expect(quote).not.toHaveTextContent('all is well');
  });

  it('says that a run is not there', async () => {
    const api = createTestApi();
    show(api, RUN_PATH);
    await waitFor(() => expect(api.streams).toHaveLength(1));
    await act(async () =>
      api.streams[0].onConnection({
        type: 'refused',
        name: 'NotFoundError',
        message: 'There is no run r4f2',
      }),
    );
    expect(
      await screen.findByRole('heading', { name: 'There is no run r4f2' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Show the runs' })).toHaveAttribute(
      'href',
      '/pipeline-demo',
    );
  });

  it('says of a run that cannot be read why, and tries again', async () => {
    const api = createTestApi();
    show(api, RUN_PATH);
    await waitFor(() => expect(api.streams).toHaveLength(1));
    await act(async () =>
      api.streams[0].onConnection({
        type: 'refused',
        name: 'Error',
        message: 'The database does not answer',
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Run r4f2 cannot be shown');
    expect(alert).toHaveTextContent('The database does not answer');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  it('clears nothing when the connection is lost', async () => {
    const api = createTestApi();
    show(api, RUN_PATH);
    await waitFor(() => expect(api.streams).toHaveLength(1));
    await send(api, snapshot(2, [launched]));
    await screen.findAllByRole('gridcell');
    const since = Date.now();
    await act(async () =>
      api.streams[0].onConnection({
        type: 'reconnecting',
        since,
        retryAt: since + 2000,
      }),
    );
    expect(screen.getAllByRole('gridcell')).toHaveLength(5);
    await waitFor(() =>
      expect(
        screen.getByRole('region', { name: 'Progress' }),
      ).toHaveTextContent(/as of \d\d:\d\d:\d\d/),
    );
    expect(
      screen.getByRole('heading', { name: 'Starting' }),
    ).toBeInTheDocument();
  });
});

describe('from start to run', () => {
  it('draws the plan at once, and says when one was attached to another run', async () => {
    const api = createTestApi({
      startRun: async () => ({
        run: viewOf(runAfter(5, [launched])),
        attached: true,
        streamUrl: '',
      }),
    });
    show(api, '/pipeline-demo');
    const slider = await screen.findByRole('slider', { name: 'Batches' });
    slider.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run 8 batches' }),
    );
    // The stream has brought nothing yet.
    expect(await screen.findAllByRole('gridcell')).toHaveLength(11);
    expect(
      screen.getByText(
        'It has 5 batches and was started by guest; your request for 8 was not started.',
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText(/was already active/)).not.toBeInTheDocument();
  });

  it('on a first visit, says what will happen and puts the focus on Run', async () => {
    show(createTestApi(), '/pipeline-demo');
    expect(await screen.findByText('What will happen')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Run 5 batches' }),
      ).toHaveFocus(),
    );
  });

  it('shows the active run calmly, with a way to it', async () => {
    const run = viewOf(
      runAfter(5, [
        launched,
        moved('GENERATE:1', 'succeeded', { running: 1, ended: 6 }),
      ]),
    );
    const api = createTestApi({
      status: async () => ({
        active: true,
        run,
        lastLines: [],
        viewers: 1,
        engine: 'local',
        breakIt: false,
        freshness: { engineSeenAt: null, ageSeconds: null },
      }),
      history: async () => ({ items: [run] }),
    });
    show(api, '/pipeline-demo');
    const card = await screen.findByRole('region', { name: 'Active run' });
    expect(card).toHaveTextContent('A run is active: r4f2, 9 %');
    expect(within(card).getByRole('link', { name: 'Watch' })).toHaveAttribute(
      'href',
      RUN_PATH,
    );
    expect(screen.queryByText('What will happen')).not.toBeInTheDocument();
  });
});
