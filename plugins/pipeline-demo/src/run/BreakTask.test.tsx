import type { Task } from 'backstage-plugin-pipeline-demo-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  createTestApi,
  IDLE,
  type TestAnswers,
} from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import { launched, moved, runAfter } from '../__testUtils__/runs';
import { BreakTask } from './BreakTask';

const run = runAfter(2, [launched, moved('GENERATE:1', 'running')]);
const [running, planned] = run.tasks as readonly [Task, Task];

function show(task: Task, answers: TestAnswers = {}, breakIt: boolean = true) {
  const api = createTestApi({
    status: async () => ({ ...IDLE, breakIt }),
    ...answers,
  });
  renderWithApi(
    <>
      <p>here</p>
      <BreakTask runId="r4f2" task={task} />
    </>,
    api,
  );
  return api;
}

const question = async () => {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Break it' }),
  );
  return within(await screen.findByRole('dialog'));
};

describe('BreakTask', () => {
  it('kills the task after a question', async () => {
    const api = show(running);
    const dialog = await question();
    expect(dialog.getByRole('heading')).toHaveTextContent('Kill GENERATE:1?');
    expect(api.asked.breaks).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Kill it' }));
    await waitFor(() => expect(api.asked.breaks).toEqual(['r4f2 GENERATE:1']));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('says why it was not killed', async () => {
    show(running, {
      async breakTask() {
        throw new Error('GENERATE:1 does not run');
      },
    });
    const dialog = await question();
    await userEvent.click(dialog.getByRole('button', { name: 'Kill it' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'GENERATE:1 was not killed: GENERATE:1 does not run',
    );
  });

  it.each([
    ['the task does not run', planned, true],
    ['the portal does not offer it', running, false],
  ])('is not there when %s', async (_, task, offered) => {
    const api = show(task, {}, offered);
    expect(await screen.findByText('here')).toBeInTheDocument();
    await waitFor(() => expect(api.streams).not.toHaveLength(0));
    expect(
      screen.queryByRole('button', { name: 'Break it' }),
    ).not.toBeInTheDocument();
  });
});
