import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import {
  after,
  failing,
  launched,
  moved,
  runAfter,
} from '../__testUtils__/runs';
import { useHoveredTime, useSetHoveredTime } from '../state/useHoveredTime';
import { useLogMoves } from '../state/useLogMoves';
import { ResultPanel } from './ResultPanel';

const running = runAfter(2, [
  launched,
  moved('GENERATE:1', 'succeeded', { running: 1, ended: 8 }),
  moved('GENERATE:2', 'running', { running: 2 }),
]);

/** The parts of the page that timeline and log share. */
function Log(props: { readonly onMove: (at: number) => void }) {
  const setHovered = useSetHoveredTime();
  useLogMoves({
    async lineAt(at) {
      props.onMove(at);
      return 1;
    },
    open: () => {},
    toEnd: () => {},
  });
  return (
    <>
      <output>{useHoveredTime()}</output>
      <button onMouseEnter={() => setHovered(after(5))}>row</button>
    </>
  );
}

const render = (
  props: Partial<Parameters<typeof ResultPanel>[0]> = {},
  onMove: (at: number) => void = () => {},
) =>
  renderWithApi(
    <>
      <ResultPanel run={running} now={after(9)} {...props} />
      <Log onMove={onMove} />
    </>,
    createTestApi(),
  );

const frame = () =>
  document.querySelector('[class*="plot"]')?.parentElement as HTMLElement;
const hairLine = () => document.querySelector('[class*="hair"]');
const pan = () => screen.queryByRole('group', { name: /arrow keys/ });

describe('Timeline', () => {
  it('zooms by buttons and keys, and can be moved only then', async () => {
    render();
    const zoom = await screen.findByRole('group', { name: /^Zoom/ });
    const fit = within(zoom).getByRole('button', { name: 'Fit' });
    expect(fit).toHaveAttribute('aria-pressed', 'true');
    expect(pan()).toBeNull();

    await userEvent.click(
      within(zoom).getByRole('button', { name: 'Zoom in' }),
    );
    expect(fit).toHaveAttribute('aria-pressed', 'false');
    expect(pan()).toHaveAttribute('tabindex', '0');
    await userEvent.keyboard('0');
    expect(fit).toHaveAttribute('aria-pressed', 'true');

    await userEvent.keyboard('++-');
    expect(pan()).toBeInTheDocument();
    await userEvent.keyboard('-');
    expect(fit).toHaveAttribute('aria-pressed', 'true');
  });

  it('goes no nearer than two seconds', async () => {
    render();
    const nearer = await screen.findByRole('button', { name: 'Zoom in' });
    await userEvent.keyboard('+++++++++');
    expect(nearer).toHaveAttribute('aria-disabled', 'true');
    const out = screen.getByRole('button', { name: 'Zoom out' });
    expect(out).toHaveAttribute('aria-disabled', 'false');
  });

  it('moves the log to the time on the axis', async () => {
    const moves: number[] = [];
    render({}, at => moves.push(at));
    await screen.findByRole('button', { name: 'Fit' });
    // The drawing is 640 by 280 in jsdom; the plot begins at 0 there.
    await act(async () => {
      fireEvent.click(frame(), { clientX: 12, clientY: 275 });
    });
    expect(moves).toEqual([after(0)]);
    fireEvent.click(frame(), { clientX: 300, clientY: 10 });
    expect(moves).toHaveLength(1);
  });

  it('draws a hair line at the time of what is pointed at in the log', async () => {
    render();
    await screen.findByRole('button', { name: 'Fit' });
    expect(hairLine()).toBeNull();
    await userEvent.hover(screen.getByRole('button', { name: 'row' }));
    expect(hairLine()).toHaveTextContent('0:05');
    fireEvent.mouseMove(frame(), { clientX: 12, clientY: 275 });
    expect(hairLine()).toHaveTextContent('0:00');
    fireEvent.mouseLeave(frame());
    expect(hairLine()).toBeNull();
  });

  it('says in picture, legend and table what was not seen', async () => {
    render({ unseenTo: after(21) });
    const table = await screen.findByRole('table');
    expect(screen.getByRole('list')).toHaveTextContent('not seen yet');
    expect(document.querySelector('svg [class*="unseen"]')).toHaveTextContent(
      'not seen yet',
    );
    const rowOf = (task: string) =>
      within(table).getByRole('row', { name: new RegExp(`^${task} `) });
    expect(rowOf('GENERATE:2')).toHaveTextContent(
      /Running at .*not seen since/,
    );
    expect(rowOf('GENERATE:1')).not.toHaveTextContent('not seen');
  });

  it('says nothing of it while all is seen, or the run is over', async () => {
    render({ run: runAfter(2, failing('GENERATE:1')), unseenTo: after(21) });
    await userEvent.click(await screen.findByRole('tab', { name: 'Timeline' }));
    expect(screen.getByRole('table')).toBeInTheDocument();
    expect(screen.queryByText(/not seen/)).toBeNull();
  });

  it('lets the line of now run on between two renders', async () => {
    const frames: FrameRequestCallback[] = [];
    const raf = jest
      .spyOn(window, 'requestAnimationFrame')
      .mockImplementation(draw => frames.push(draw));
    const clock = jest.spyOn(performance, 'now');
    try {
      render();
      await screen.findByRole('button', { name: 'Fit' });
      const line = document.querySelector('[class*="now"]') as Element;
      const before = line.getAttribute('transform');
      const drawn = performance.now();
      clock.mockReturnValue(drawn + 3_000);
      act(() => frames.splice(0).forEach(draw => draw(0)));
      expect(line).toHaveTextContent('0:12');
      expect(line.getAttribute('transform')).not.toBe(before);
    } finally {
      raf.mockRestore();
      clock.mockRestore();
    }
  });
});
