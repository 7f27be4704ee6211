import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { ENTITY_REF, onEntity } from '../__testUtils__/onEntity';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import { after, launched, runAfter, viewOf } from '../__testUtils__/runs';
import { EntityRuns } from './EntityRuns';

const tab = onEntity(<EntityRuns />);

describe('EntityRuns', () => {
  it('starts a run for this entity', async () => {
    const api = createTestApi();
    renderWithApi(tab, api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run 5 batches' }),
    );
    await waitFor(() =>
      expect(api.asked.starts).toMatchObject([
        { batchCount: 5, entityRef: ENTITY_REF },
      ]),
    );
    expect(
      api.asked.histories.every(({ entityRef }) => entityRef === ENTITY_REF),
    ).toBe(true);
  });

  it('shows its live run in place of the form, and its history', async () => {
    const run = runAfter(3, [launched]);
    const api = createTestApi({
      history: async () => ({ items: [viewOf(run)] }),
    });
    renderWithApi(tab, api);
    await waitFor(() => expect(api.streams).not.toHaveLength(0));
    await act(async () =>
      api.send({
        type: 'snapshot',
        run,
        firstLine: 1,
        lastLine: 0,
        presence: { viewers: 1, now: after(1) },
      }),
    );
    expect(await screen.findAllByRole('gridcell')).not.toHaveLength(0);
    expect(screen.getByRole('link', { name: 'Open run' })).toHaveAttribute(
      'href',
      '/pipeline-demo/runs/r4f2',
    );
    expect(
      screen.queryByRole('button', { name: 'Run 5 batches' }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Runs of this component' }),
    ).toHaveTextContent('r4f2');
  });
});
