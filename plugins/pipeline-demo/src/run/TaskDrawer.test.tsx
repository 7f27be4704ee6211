import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import {
  aPreview,
  after,
  failing,
  launched,
  moved,
  runAfter,
} from '../__testUtils__/runs';
import { TaskDrawer } from './TaskDrawer';
import { Topology } from './Topology';

function show(run: Run, seconds: number) {
  const now = after(seconds);
  renderWithApi(
    <>
      <Topology run={run} now={now} />
      <TaskDrawer run={run} now={now} forecast={aPreview(run.batchCount)} />
    </>,
    createTestApi(),
  );
}

/** The first node; its name is an SVG title, which jsdom does not know. */
const firstNode = async () => (await screen.findAllByRole('gridcell'))[0];

const details = (task: string) =>
  screen.findByRole('complementary', { name: `Details of ${task}` });

describe('TaskDrawer', () => {
  it('opens at the second press on a task, and gives the focus back', async () => {
    show(runAfter(2, [launched, moved('GENERATE:1', 'running')]), 4);
    const node = await firstNode();
    node.focus();
    await userEvent.keyboard('{Enter}{Enter}');
    const drawer = await details('GENERATE:1');
    expect(drawer).toHaveFocus();
    expect(drawer).toHaveTextContent('pid 4711');
    expect(drawer).toHaveTextContent('runs 0:03');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(drawer).not.toBeInTheDocument());
    expect(node).toHaveFocus();
  });

  it('says why a task does not move, and what to do', async () => {
    const waits = moved('GENERATE:1', 'waiting');
    if (waits.type !== 'TaskMoved') {
      throw new Error('A task has to move');
    }
    const reason = { code: 'NoFreeSlot', message: 'All slots are taken' };
    show(
      runAfter(2, [
        launched,
        { ...waits, attempt: { ...waits.attempt, reason } },
      ]),
      14,
    );
    await userEvent.dblClick(await firstNode());
    const drawer = await details('GENERATE:1');
    expect(
      within(drawer).getByRole('heading', { name: 'Why isn’t it moving?' }),
    ).toBeInTheDocument();
    expect(drawer).toHaveTextContent('GENERATE:1 waits for a slot');
    expect(drawer).toHaveTextContent('Seen: All slots are taken');
    expect(drawer).toHaveTextContent('It starts by itself');
  });

  it('shows how a task failed', async () => {
    show(runAfter(1, failing('GENERATE:1')), 9);
    await userEvent.dblClick(await firstNode());
    const drawer = await details('GENERATE:1');
    expect(drawer).toHaveTextContent('What happened');
    expect(drawer).toHaveTextContent('failed with exit code 3');
    expect(drawer).toHaveTextContent('Exit code3');
  });
});
