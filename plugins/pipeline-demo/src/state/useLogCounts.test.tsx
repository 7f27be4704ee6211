import { act, renderHook } from '@testing-library/react';
import { LogBuffer } from './LogBuffer';
import { useLogCounts } from './useLogCounts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const FRAME_MS = 20;

function counted() {
  const buffer = new LogBuffer();
  let renders = 0;
  const { result, unmount } = renderHook(() => {
    renders += 1;
    return useLogCounts(buffer);
  });
  const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
  const append = async (tasks: readonly string[]) => {
    buffer.append(
      buffer.lastLine + 1,
      tasks.map(task => ({ task, at: 0, text: '' })),
    );
    await wait(FRAME_MS);
  };
  return { buffer, result, unmount, wait, append, renders: () => renders };
}

describe('useLogCounts', () => {
  it('counts at once after a while without lines', async () => {
    const { result, wait, append } = counted();
    await wait(1_000);
    await append(['A', 'B', 'A']);
    expect(result.current.total).toBe(3);
    expect([...result.current.ofTask]).toEqual([
      ['A', 2],
      ['B', 1],
    ]);
  });

  it('counts a few times a second while lines come with each frame', async () => {
    const { result, wait, append, renders } = counted();
    await wait(1_000);
    const before = renders();
    for (let frame = 0; frame < 50; frame += 1) {
      await append(['A']);
    }
    expect(renders() - before).toBeLessThanOrEqual(5);
    await wait(500);
    expect(result.current.total).toBe(50);
  });

  it('stops counting with its component', async () => {
    const { buffer, result, unmount, append } = counted();
    unmount();
    await append(['A']);
    expect(result.current.total).toBe(0);
    buffer.close();
  });
});
