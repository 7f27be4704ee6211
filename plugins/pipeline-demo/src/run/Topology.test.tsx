import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import { after, launched, moved, runAfter } from '../__testUtils__/runs';
import { useTaskSelection } from '../state/useTaskSelection';
import { Topology } from './Topology';

function Selection() {
  return <output>{useTaskSelection().selected.join(' ')}</output>;
}

const node = (task: string) =>
  document.querySelector(`[data-task="${task}"]`) as HTMLElement;

/** jsdom takes no name from an SVG's title, as browsers do. */
const nameOf = (task: string) => node(task).querySelector('title')?.textContent;

const render = (...args: Parameters<typeof runAfter>) =>
  renderWithApi(
    <>
      <Topology run={runAfter(...args)} now={after(3)} />
      <Selection />
    </>,
    createTestApi(),
  );

describe('Topology', () => {
  it.each([1, 5, 12])(
    'draws the 2N+1 tasks of %s batches before any has begun',
    async batchCount => {
      render(batchCount);
      const nodes = await screen.findAllByRole('gridcell');
      expect(nodes).toHaveLength(2 * batchCount + 1);
      expect(nodes[0]).toBe(node('GENERATE:1'));
      expect(nameOf('GENERATE:1')).toBe('GENERATE:1, Planned');
    },
  );

  it('says how each task is, and for how long', async () => {
    render(2, [
      launched,
      moved('GENERATE:1', 'succeeded', { running: 1, ended: 2.4 }),
      moved('GENERATE:2', 'running', { running: 1 }),
      moved('ANALYZE:1', 'waiting'),
    ]);
    await screen.findAllByRole('gridcell');
    expect(nameOf('GENERATE:1')).toBe('GENERATE:1, Succeeded, 0:01');
    expect(nameOf('GENERATE:2')).toBe('GENERATE:2, Running, 0:02');
    expect(nameOf('ANALYZE:1')).toBe('ANALYZE:1, Waiting');
    expect(within(node('ANALYZE:1')).getByText('waits')).toBeInTheDocument();
    expect(within(node('REPORT')).getByText('0 of 2 in')).toBeInTheDocument();
  });

  it('is one tab stop; arrow keys move, Enter chooses, Shift+Enter adds, Escape clears', async () => {
    render(3);
    await screen.findAllByRole('gridcell');
    await userEvent.tab();
    expect(node('GENERATE:1')).toHaveFocus();

    await userEvent.keyboard('{ArrowDown}{ArrowRight}{Enter}');
    const chosen = node('ANALYZE:2');
    expect(chosen).toHaveFocus();
    expect(chosen).toHaveAttribute('aria-selected', 'true');
    expect(screen.getByRole('status')).toHaveTextContent('ANALYZE:2');

    await userEvent.keyboard('{ArrowRight}{Shift>}{Enter}{/Shift}');
    expect(node('REPORT')).toHaveFocus();
    expect(screen.getByRole('status')).toHaveTextContent('ANALYZE:2 REPORT');

    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('status')).toHaveTextContent('');
    expect(
      screen
        .getAllByRole('gridcell')
        .filter(cell => cell.getAttribute('tabindex') === '0'),
    ).toHaveLength(1);
  });
});
