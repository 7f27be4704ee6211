import { moveInTopology } from './topologyKeys';

describe('moveInTopology', () => {
  it.each([
    ['GENERATE:1', 'ArrowUp', undefined],
    ['GENERATE:2', 'ArrowUp', 'GENERATE:1'],
    ['ANALYZE:2', 'ArrowDown', 'ANALYZE:3'],
    ['ANALYZE:3', 'ArrowDown', undefined],
    ['GENERATE:2', 'ArrowRight', 'ANALYZE:2'],
    ['ANALYZE:2', 'ArrowRight', 'REPORT'],
    ['REPORT', 'ArrowRight', undefined],
    ['REPORT', 'ArrowLeft', 'ANALYZE:2'],
    ['ANALYZE:3', 'ArrowLeft', 'GENERATE:3'],
    ['GENERATE:3', 'ArrowLeft', undefined],
    ['REPORT', 'ArrowUp', undefined],
    ['REPORT', 'ArrowDown', undefined],
    ['ANALYZE:3', 'Home', 'GENERATE:3'],
    ['REPORT', 'Home', 'GENERATE:1'],
    ['GENERATE:1', 'Home', undefined],
    ['GENERATE:1', 'End', 'REPORT'],
    ['REPORT', 'End', undefined],
    ['GENERATE:1', 'x', undefined],
  ])('from %s by %s to %s, in a run of 3 batches', (from, key, to) => {
    expect(moveInTopology(from, key, 3)).toBe(to);
  });
});
