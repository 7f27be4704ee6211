import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import {
  after,
  aPreview,
  failing,
  launched,
  moved,
  runAfter,
  succeeding,
} from '../__testUtils__/runs';
import { RunHeader } from './RunHeader';
import { RunProgress } from './RunProgress';

const running = [
  launched,
  moved('GENERATE:1', 'succeeded', { running: 1, ended: 6 }),
  moved('GENERATE:2', 'running', { running: 1 }),
  moved('GENERATE:3', 'running', { running: 1 }),
];

describe('RunHeader', () => {
  it('shows the phase as a word beside its shape, and who started what', async () => {
    renderWithApi(
      <RunHeader run={runAfter(5, running)} now={after(7)} />,
      createTestApi(),
    );
    expect(
      await screen.findByRole('heading', { name: 'Running' }),
    ).toBeInTheDocument();
    const header = screen.getByRole('banner');
    expect(header).toHaveTextContent('r4f2');
    expect(header).toHaveTextContent('5 batches');
    expect(header).toHaveTextContent('by guest');
    expect(header).toHaveTextContent('local engine');
  });

  it('does not say of a queued run that it has started', async () => {
    renderWithApi(
      <RunHeader run={runAfter(5)} now={after(7)} />,
      createTestApi(),
    );
    const header = await screen.findByRole('banner');
    expect(header).toHaveTextContent('queued for 0:07');
    expect(header).not.toHaveTextContent('started');
  });

  it('cancels after one question that says what will be stopped', async () => {
    const api = createTestApi();
    renderWithApi(<RunHeader run={runAfter(5, running)} now={after(7)} />, api);
    const open = await screen.findByRole('button', { name: 'Cancel run' });
    await waitFor(() => expect(open).toBeEnabled());
    await userEvent.click(open);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Cancel run r4f2?');
    expect(dialog).toHaveTextContent('2 tasks that are at work');
    expect(dialog).toHaveTextContent('8 tasks will not run');
    expect(api.asked.cancels).toEqual([]);

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel run' }),
    );
    await waitFor(() => expect(api.asked.cancels).toEqual(['r4f2']));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('leaves the dialog open when cancelling fails', async () => {
    const api = createTestApi({
      async cancelRun() {
        throw new Error('That run has ended');
      },
    });
    renderWithApi(<RunHeader run={runAfter(5, running)} now={after(7)} />, api);
    const open = await screen.findByRole('button', { name: 'Cancel run' });
    await waitFor(() => expect(open).toBeEnabled());
    await userEvent.click(open);
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel run' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The run was not cancelled: That run has ended',
    );
  });

  it('counts down what is left while cancelling', async () => {
    const run = runAfter(5, [
      ...running,
      { type: 'CancelAsked', at: after(7), by: 'user:default/guest' },
      { type: 'ObjectsLeft', at: after(8), objects: ['supervisor', 'task'] },
    ]);
    renderWithApi(<RunHeader run={run} now={after(8)} />, createTestApi());
    expect(
      await screen.findByRole('button', { name: 'Cancelling… 2 left' }),
    ).toBeDisabled();
    expect(screen.getByRole('banner')).toHaveTextContent(
      'cancel asked by guest',
    );
  });

  it('runs again with the same number', async () => {
    const api = createTestApi();
    renderWithApi(
      <RunHeader run={runAfter(3, succeeding(3))} now={after(10)} />,
      api,
    );
    const again = await screen.findByRole('button', {
      name: 'Run again with 3',
    });
    await waitFor(() => expect(again).toBeEnabled());
    await userEvent.click(again);
    await waitFor(() => expect(api.asked.starts[0]?.batchCount).toBe(3));
  });
});

describe('RunProgress', () => {
  const show = (...args: Parameters<typeof runAfter>) =>
    renderWithApi(
      <RunProgress
        run={runAfter(...args)}
        now={after(12)}
        forecast={aPreview(args[0])}
      />,
      createTestApi(),
    );

  it('counts finished tasks over 2N+1, in total and per process', async () => {
    show(5, running);
    const region = await screen.findByRole('region', { name: 'Progress' });
    expect(region).toHaveTextContent('1 of 11 tasks');
    expect(region).toHaveTextContent('9 %');
    expect(region).toHaveTextContent('1/5');
    expect(region).toHaveTextContent('0:12');
    expect(region).toHaveTextContent(/about \d:\d\d left/);
  });

  it('is at 100 % and compares with the forecast when it has succeeded', async () => {
    show(5, succeeding(5));
    const region = await screen.findByRole('region', { name: 'Progress' });
    expect(region).toHaveTextContent('11 of 11 tasks');
    expect(region).toHaveTextContent('100 %');
    expect(region).toHaveTextContent(/s under|s over|as forecast/);
  });

  it('names the task that failed, and tells stopped from not run', async () => {
    show(2, [
      launched,
      moved('GENERATE:2', 'running', { running: 1 }),
      ...failing('GENERATE:1').slice(1),
    ]);
    const region = await screen.findByRole('region', { name: 'Progress' });
    expect(region).toHaveTextContent('GENERATE:1 failed');
    expect(region).toHaveTextContent('1 stopped, 3 not run');
  });

  it('counts as not run what was stopped before it ran', async () => {
    show(2, [
      launched,
      moved('GENERATE:2', 'waiting'),
      ...failing('GENERATE:1').slice(1),
    ]);
    const region = await screen.findByRole('region', { name: 'Progress' });
    expect(region).toHaveTextContent('0 stopped, 4 not run');
  });

  it('says what became of the tasks of a cancelled run', async () => {
    show(2, [
      launched,
      moved('GENERATE:1', 'running', { running: 1 }),
      { type: 'CancelAsked', at: after(3), by: 'user:default/guest' },
      moved('GENERATE:1', 'cancelled', { running: 1, ended: 4 }),
      { type: 'NothingLeft', at: after(5) },
    ]);
    const region = await screen.findByRole('region', { name: 'Progress' });
    expect(region).toHaveTextContent('1 stopped4 not run');
  });

  it('says instead of a time that tasks cannot begin, and why', async () => {
    const event = moved('GENERATE:1', 'starting');
    if (event.type !== 'TaskMoved') {
      throw new Error('It moves a task');
    }
    const reason = { code: 'ImagePullBackOff', message: 'not found' };
    show(2, [
      launched,
      { ...event, attempt: { ...event.attempt, reason } },
      moved('GENERATE:2', 'running', { running: 1 }),
    ]);
    const region = await screen.findByRole('region', { name: 'Progress' });
    expect(region).toHaveTextContent('1 task is stuck');
    expect(region).toHaveTextContent(
      'The image of GENERATE:1 cannot be pulled.',
    );
    expect(region).not.toHaveTextContent('left');
  });

  it('shows what goes out while cancelling', async () => {
    const run = (objects: string[]) =>
      runAfter(5, [
        ...running,
        { type: 'CancelAsked', at: after(7), by: 'user:default/guest' },
        { type: 'ObjectsLeft', at: after(8), objects },
      ]);
    show(5, [
      ...running,
      { type: 'CancelAsked', at: after(7), by: 'user:default/guest' },
      {
        type: 'ObjectsLeft',
        at: after(8),
        objects: ['supervisor', 'process GENERATE:2'],
      },
    ]);
    const region = await screen.findByRole('region', { name: 'Progress' });
    expect(region).toHaveTextContent('2 of 2 objects left');
    expect(
      within(region)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['supervisorstopping', 'process GENERATE:2stopping']);
    expect(run(['supervisor']).objectsLeft).toEqual(['supervisor']);
  });
});
