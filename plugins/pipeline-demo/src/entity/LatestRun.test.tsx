import type { Run, RunView } from 'backstage-plugin-pipeline-demo-common';
import { act, screen, waitFor } from '@testing-library/react';
import { createTestApi } from '../__testUtils__/createTestApi';
import { onEntity } from '../__testUtils__/onEntity';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import {
  aPreview,
  after,
  failing,
  launched,
  moved,
  runAfter,
  succeeding,
  viewOf,
} from '../__testUtils__/runs';
import { LatestRun } from './LatestRun';

const card = onEntity(<LatestRun />);

async function show(run: Run | undefined, older: readonly RunView[] = []) {
  const items = run ? [viewOf(run), ...older] : [];
  const api = createTestApi({ history: async () => ({ items }) });
  renderWithApi(card, api);
  if (run) {
    await waitFor(() => expect(api.streams).not.toHaveLength(0));
    await act(async () =>
      api.send({
        type: 'snapshot',
        run,
        firstLine: 1,
        lastLine: 0,
        presence: { viewers: 1, now: after(4) },
      }),
    );
  }
  return {
    api,
    region: await screen.findByRole('region', { name: 'Latest pipeline run' }),
  };
}

const past = (id: string, run: Run): RunView => ({ ...viewOf(run), id });

describe('LatestRun', () => {
  it('shows a live run with its progress, and how those before it went', async () => {
    const run = {
      ...runAfter(3, [
        launched,
        moved('GENERATE:1', 'succeeded', { running: 1, ended: 3 }),
        moved('GENERATE:2', 'running'),
      ]),
      predicted: aPreview(3),
    };
    const { api, region } = await show(run, [
      past('good', runAfter(2, succeeding(2))),
      past('bad', runAfter(2, failing('GENERATE:1'))),
    ]);
    expect(region).toHaveTextContent('Running');
    expect(region).toHaveTextContent('1 of 7tasks');
    expect(region).toHaveTextContent('1 of 2runs succeeded');
    expect(region).toHaveTextContent('0:09median duration');
    expect(region).toHaveTextContent('last 3 runs');
    expect(screen.getAllByRole('listitem').map(item => item.ariaLabel)).toEqual(
      [
        'bad: Failed, 0:04',
        'good: Succeeded, 0:09',
        expect.stringMatching(/^r4f2: Running/),
      ],
    );
    expect(screen.getByRole('link', { name: 'Open run' })).toHaveAttribute(
      'href',
      '/pipeline-demo/runs/r4f2',
    );
    expect(screen.getByRole('link', { name: 'All runs' })).toHaveAttribute(
      'href',
      '/pipeline-demo',
    );
    expect(
      screen.getByRole('button', { name: 'Cancel run' }),
    ).toBeInTheDocument();
    expect(api.asked.histories[0]).toMatchObject({
      limit: 10,
      entityRef: 'component:default/demo-pipeline',
    });
  });

  it('shows what came out of a run that has ended', async () => {
    const { region } = await show(runAfter(2, succeeding(2)));
    expect(region).toHaveTextContent('Succeeded');
    expect(region).toHaveTextContent('30 rows, sum 3,000, mean 100.00');
    expect(
      screen.queryByRole('button', { name: 'Cancel run' }),
    ).not.toBeInTheDocument();
  });

  it('says why a run failed', async () => {
    const { region } = await show(runAfter(3, failing('ANALYZE:3')));
    expect(region).toHaveTextContent('ANALYZE:3 ended with exit code 3');
  });

  it('says that there is none', async () => {
    const { region } = await show(undefined);
    await waitFor(() =>
      expect(region).toHaveTextContent('No run was started from here yet.'),
    );
  });
});
