import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import {
  aPreview,
  launched,
  moved,
  runAfter,
  succeeding,
  viewOf,
} from '../__testUtils__/runs';
import { ForecastCheck } from './ForecastCheck';

const taking = (generate: number) => [
  launched,
  moved('GENERATE:1', 'succeeded', { running: 1, ended: 1 + generate }),
  moved('ANALYZE:1', 'succeeded', { running: 10, ended: 13 }),
  moved('REPORT', 'succeeded', { running: 14, ended: 15 }),
  ...succeeding(1).slice(1),
];

it('sets what was predicted beside what was, and compares with another run', async () => {
  const other = { ...viewOf(runAfter(1, taking(8))), id: 'r0aa' };
  renderWithApi(
    <ForecastCheck run={runAfter(1, taking(6))} forecast={aPreview(1)} />,
    createTestApi({ history: async () => ({ items: [other] }) }),
  );
  // GENERATE is predicted to take 5 s.
  expect(await screen.findByText('5.0 → 6.0 s')).toBeInTheDocument();
  expect(screen.getByText('+20 %')).toBeInTheDocument();
  await userEvent.selectOptions(
    await screen.findByRole('combobox', { name: 'Compare with' }),
    'run r0aa, 1 batch',
  );
  expect(await screen.findByText('−2.0 s')).toBeInTheDocument();
});

it('knows what the tasks took while the run is still cleaned up', async () => {
  const events = taking(6).filter(({ type }) => type !== 'NothingLeft');
  const run = runAfter(1, events);
  expect(run.phase).toBe('finishing');
  renderWithApi(
    <ForecastCheck run={run} forecast={aPreview(1)} />,
    createTestApi(),
  );
  expect(await screen.findByText('5.0 → 6.0 s')).toBeInTheDocument();
});
