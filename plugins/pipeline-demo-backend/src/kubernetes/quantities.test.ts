import fc from 'fast-check';
import { formatCpu, formatMemory, parseQuantity } from './quantities';

describe('parseQuantity', () => {
  it.each([
    ['2', 2],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['500m', 0.5],
    ['150m', 0.15],
    ['100000u', 0.1],
    ['1n', 1e-9],
    ['3800M', 3_800_000_000],
    ['4Gi', 4 * 2 ** 30],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['65842120Ki', 65_842_120 * 1024],
    ['1e3', 1000],
    ['1E3', 1000],
    ['12e-1', 1.2],
    ['2E', 2e18],
    ['1Ei', 2 ** 60],
    [' 4Gi ', 4 * 2 ** 30],
    ['0', 0],
  ])('reads %s', (text, amount) => {
    expect(parseQuantity(text)).toBe(amount);
  });

  it.each(['', '4 Gi', '4GB', 'Gi', '-1', '1e', '0x10', '4gi', 'NaN', '1.2.3'])(
    'finds no quantity in "%s"',
    text => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );
});

describe('formatting', () => {
  it.each([
    [2, '2'],
    [0.5, '500m'],
    [0.15, '150m'],
    [0.1 + 0.2, '300m'],
    [0.0001, '1m'],
    [0, '0'],
  ])('writes %d cores as %s', (cores, text) => {
    expect(formatCpu(cores)).toBe(text);
  });

  it.each([
    [4 * 2 ** 30, '4Gi'],
    [3_800_000_000, '3800M'],
    [4_000_000_000, '4G'],
    [1_234_567, '1234567'],
    [2 ** 20 * 3814, '3814Mi'],
    [0, '0'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatMemory(bytes)).toBe(text);
  });

  it('is read again as what was written', () => {
    const millicores = fc.integer({ min: 0, max: 1_000_000 });
    const bytes = fc.oneof(
      fc.integer({ min: 0, max: 2 ** 45 }),
      fc.integer({ min: 0, max: 2 ** 20 }).map(mebi => mebi * 2 ** 20),
      fc.integer({ min: 0, max: 1e6 }).map(mega => mega * 1e6),
    );
    fc.assert(
      fc.property(millicores, bytes, (some, memory) => {
        expect(parseQuantity(formatCpu(some / 1000))).toBe(some / 1000);
        expect(parseQuantity(formatMemory(memory))).toBe(memory);
      }),
    );
  });
});
