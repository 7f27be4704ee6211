import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import { aReport, runAfter, succeeding } from '../__testUtils__/runs';
import { ReportPanel } from './ReportPanel';
import { saveFile } from './saveFile';

jest.mock('./saveFile', () => ({ saveFile: jest.fn() }));

beforeEach(() => jest.mocked(saveFile).mockClear());

const show = () =>
  renderWithApi(
    <ReportPanel run={runAfter(3, succeeding(3))} report={aReport(3)} />,
    createTestApi(),
  );

const firstColumn = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getByRole('rowheader').textContent);

describe('ReportPanel', () => {
  it('shows totals, a bar and a row per batch', async () => {
    show();
    expect(await screen.findByText('rows in 3 batches')).toBeInTheDocument();
    expect(screen.getByText('60')).toBeInTheDocument();
    expect(
      screen
        .getByRole('img', { name: 'Sum per batch' })
        .querySelectorAll('rect'),
    ).toHaveLength(3);
    expect(firstColumn()).toEqual(['1', '2', '3']);
    expect(screen.getAllByRole('row')[2]).toHaveTextContent('2,000');
  });

  it('changes what the bars show', async () => {
    show();
    await userEvent.click(await screen.findByRole('radio', { name: 'Rows' }));
    const chart = screen.getByRole('img', { name: 'Rows per batch' });
    expect(chart).toHaveTextContent('30');
    await userEvent.click(screen.getByRole('radio', { name: 'Mean' }));
    expect(
      screen.getByRole('img', { name: 'Mean per batch' }),
    ).toHaveTextContent('100.00');
  });

  it('sorts by the column that is clicked, and back', async () => {
    show();
    const head = await screen.findByRole('columnheader', { name: 'Max' });
    await userEvent.click(head);
    expect(firstColumn()).toEqual(['3', '2', '1']);
    await userEvent.click(head);
    expect(firstColumn()).toEqual(['1', '2', '3']);
  });

  it('hands out report.json as it is', async () => {
    show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'report.json' }),
    );
    const [[blob, name]] = jest.mocked(saveFile).mock.calls;
    expect(name).toBe('r4f2.report.json');
    expect(JSON.parse(await blob.text())).toEqual(aReport(3));
  });

  it('hands out the table for a spreadsheet, without rounding', async () => {
    const report = aReport(2);
    const [first, second] = report.batches;
    const run = runAfter(2, succeeding(2));
    const batches = [{ ...first, mean: 100.123456789 }, second];
    renderWithApi(
      <ReportPanel run={run} report={{ ...report, batches }} />,
      createTestApi(),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'CSV' }));
    const [[blob, name]] = jest.mocked(saveFile).mock.calls;
    expect(name).toBe('r4f2.report.csv');
    expect(blob.type).toBe('text/csv;charset=utf-8');
    expect(await blob.text()).toBe(
      [
        'Batch,Rows,Sum,Mean,Min,Max,Std dev',
        '1,10,1000,100.123456789,1,200,20',
        '2,20,2000,100,1,199,20',
        '',
      ].join('\r\n'),
    );
  });
});
