import type { HistoryView } from 'backstage-plugin-pipeline-demo-common';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  createTestApi,
  type TestAnswers,
} from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import { failing, runAfter, succeeding, viewOf } from '../__testUtils__/runs';
import { useLocation } from 'react-router-dom';
import { useHistory } from '../state/useHistory';
import { useHistoryFilter } from '../state/useHistoryFilter';
import { RunHistory } from './RunHistory';

function History() {
  const filters = useHistoryFilter();
  const history = useHistory({ limit: 2, filter: filters.filter });
  return (
    <>
      <RunHistory title="Runs" history={history} filters={filters} />
      <p>{`at ${useLocation().search}`}</p>
    </>
  );
}

const show = (answers: TestAnswers, path: string = '/') => {
  const api = createTestApi(answers);
  renderWithApi(<History />, api, { path });
  return api;
};

const good = { ...viewOf(runAfter(5, succeeding(5)), 12904), id: 'good' };
const bad = { ...viewOf(runAfter(3, failing('ANALYZE:3')), 17), id: 'bad1' };

describe('RunHistory', () => {
  it('lists phase, run, batches, who, duration and lines', async () => {
    show({ history: async () => ({ items: [good, bad] }) });
    const rows = (await screen.findAllByRole('row')).slice(1);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toHaveTextContent(
      /Succeeded.*good.*5.*guest.*0:09.*12,904/,
    );
    expect(rows[1]).toHaveTextContent(/Failed.*bad1.*3.*guest/);
    expect(rows[1]).toHaveTextContent('ANALYZE:3 ended with exit code 3');
    expect(screen.getByRole('link', { name: 'good' })).toHaveAttribute(
      'href',
      '/pipeline-demo/runs/good',
    );
    expect(
      screen.queryByRole('button', { name: 'Show more' }),
    ).not.toBeInTheDocument();
  });

  it('says that there are none', async () => {
    show({ history: async () => ({ items: [] }) });
    expect(
      await screen.findByText('No runs yet. They will be listed here.'),
    ).toBeInTheDocument();
  });

  it('keeps the place while it loads', async () => {
    let answer: (page: HistoryView) => void = () => {};
    show({ history: () => new Promise(resolve => (answer = resolve)) });
    expect(
      await screen.findByRole('status', { name: 'Loading the runs' }),
    ).toBeInTheDocument();
    answer({ items: [good] });
    expect(await screen.findByText('good')).toBeInTheDocument();
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
  });

  it('offers another try after an error', async () => {
    let fails = true;
    show({
      async history() {
        if (fails) {
          throw new Error('The database is away');
        }
        return { items: [good] };
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('good')).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole('alert')).not.toBeInTheDocument(),
    );
  });

  it('shows more from where it stopped', async () => {
    const api = show({
      history: async ({ cursor }) =>
        cursor === 'next'
          ? { items: [bad] }
          : { items: [good], nextCursor: 'next' },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show more' }),
    );
    expect(await screen.findByText('bad1')).toBeInTheDocument();
    expect(screen.getByText('good')).toBeInTheDocument();
    expect(api.asked.histories.map(({ cursor }) => cursor)).toEqual([
      undefined,
      'next',
    ]);
    expect(
      screen.queryByRole('button', { name: 'Show more' }),
    ).not.toBeInTheDocument();
  });

  it('narrows by phase, engine and who, with the keyboard, into the URL', async () => {
    const hers = { ...bad, createdBy: 'user:default/anna' };
    const api = show({ history: async () => ({ items: [good, hers] }) });
    const choose = async (label: string, keys: string) => {
      const button = { name: new RegExp(label) };
      const select = await screen.findByRole('button', button);
      act(() => select.focus());
      await userEvent.keyboard('{Enter}');
      await screen.findByRole('listbox');
      await userEvent.keyboard(`${keys}{Enter}`);
    };
    await choose('Phase', '{ArrowDown}{ArrowDown}');
    await choose('Engine', '{ArrowDown}');
    await choose('Started by', '{ArrowDown}{ArrowDown}');
    expect(
      await screen.findByText(
        'at ?phase=failed&engine=local&by=user:default/anna',
      ),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(api.asked.histories.at(-1)).toMatchObject({
        phase: 'failed',
        engine: 'local',
        createdBy: 'user:default/anna',
        cursor: undefined,
      }),
    );
    await choose('Phase', '{Home}');
    expect(
      await screen.findByText('at ?engine=local&by=user:default/anna'),
    ).toBeInTheDocument();
  });

  it('knows those of the one who looks', async () => {
    const api = show({ history: async () => ({ items: [good] }) });
    await userEvent.click(
      await screen.findByRole('button', { name: /Started by/ }),
    );
    await userEvent.click(await screen.findByRole('option', { name: 'Me' }));
    await waitFor(() =>
      expect(api.asked.histories.at(-1)?.createdBy).toBe('user:default/guest'),
    );
  });

  it('says what does not match, and shows all again', async () => {
    const api = show(
      {
        history: async ({ phase }) => ({ items: phase ? [] : [good, bad] }),
      },
      '/?phase=failed&engine=nonsense&by=user:default/anna&task=REPORT',
    );
    expect(
      await screen.findByText('No run matches: failed, started by anna.'),
    ).toBeInTheDocument();
    expect(api.asked.histories).toMatchObject([
      { phase: 'failed', engine: undefined, createdBy: 'user:default/anna' },
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all runs' }),
    );
    expect(await screen.findByText('good')).toBeInTheDocument();
    expect(screen.getByText('at ?task=REPORT')).toBeVisible();
  });
});
