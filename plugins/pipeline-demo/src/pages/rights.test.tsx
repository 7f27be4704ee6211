import { screen } from '@testing-library/react';
import { createTestApi, IDLE } from '../__testUtils__/createTestApi';
import { renderPage, renderWithApi } from '../__testUtils__/renderWithApi';
import { after, launched, moved, runAfter } from '../__testUtils__/runs';
import { BreakTask } from '../run/BreakTask';
import { RunHeader } from '../run/RunHeader';
import { StartRun } from '../run/StartRun';
import { PipelineDemoPage } from './PipelineDemoPage';

describe('without a right', () => {
  it('to see runs, the page says which one it is', async () => {
    const api = createTestApi();
    renderPage(<PipelineDemoPage />, api, {
      denied: ['pipelineDemo.run.view'],
      path: '/pipeline-demo/runs/r4f2',
    });
    expect(
      await screen.findByText(
        'It takes the permission pipelineDemo.run.view. Ask the administrators of this portal for it.',
      ),
    ).toBeInTheDocument();
  });

  it('to start, the button is off and says which one it is', async () => {
    renderWithApi(<StartRun focus="none" />, createTestApi(), {
      denied: ['pipelineDemo.run.start'],
    });
    const button = screen.getByRole('button', { name: 'Run 5 batches' });
    expect(
      await screen.findByRole('note', {
        name: 'You need the permission pipelineDemo.run.start for this.',
      }),
    ).toContainElement(button);
    expect(button).toBeDisabled();
  });

  it('to cancel, the button is off and says which one it is', async () => {
    renderWithApi(
      <RunHeader run={runAfter(5, [launched])} now={after(7)} />,
      createTestApi(),
      { denied: ['pipelineDemo.run.cancel'] },
    );
    const button = screen.getByRole('button', { name: 'Cancel run' });
    expect(
      await screen.findByRole('note', {
        name: 'You need the permission pipelineDemo.run.cancel for this.',
      }),
    ).toContainElement(button);
    expect(button).toBeDisabled();
  });

  it('to cancel, a task cannot be broken either', async () => {
    const run = runAfter(2, [launched, moved('GENERATE:1', 'running')]);
    const api = createTestApi({
      status: async () => ({ ...IDLE, breakIt: true }),
    });
    renderWithApi(<BreakTask runId="r4f2" task={run.tasks[0]} />, api, {
      denied: ['pipelineDemo.run.cancel'],
    });
    expect(
      await screen.findByRole('note', {
        name: 'You need the permission pipelineDemo.run.cancel for this.',
      }),
    ).toContainElement(screen.getByRole('button', { name: 'Break it' }));
  });
});
