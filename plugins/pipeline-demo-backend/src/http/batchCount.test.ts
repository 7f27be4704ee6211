import { batchCountOfBody, batchCountOfQuery } from './batchCount';

describe('batchCountOfBody', () => {
  it.each([1, 5, 12])('takes %p in either spelling', count => {
    expect(batchCountOfBody({ batchCount: count })).toBe(count);
    expect(batchCountOfBody({ batch_count: count })).toBe(count);
    expect(batchCountOfBody({ batchCount: count, batch_count: count })).toBe(
      count,
    );
  });

  it('finds none', () => {
    expect(batchCountOfBody({})).toBeUndefined();
  });

  it.each([
    [0, '0'],
    [13, '13'],
    [-1, '-1'],
    [2.5, '2.5'],
    [1e99, '1e+99'],
    [null, 'null'],
    [true, 'true'],
    ['x', '"x"'],
    [[5], '[5]'],
    [{}, '{}'],
  ])('refuses %p and says what would be right', (value, shown) => {
    expect(() => batchCountOfBody({ batchCount: value })).toThrow(
      `batchCount must be a whole number from 1 to 12, not ${shown}.`,
    );
  });

  it('refuses a number in quotes', () => {
    expect(() => batchCountOfBody({ batch_count: '5' })).toThrow(
      'batch_count must be a whole number from 1 to 12 (a number, without quotes), not "5".',
    );
  });

  it('shows a long value in short', () => {
    expect(() => batchCountOfBody({ batchCount: 'x'.repeat(1000) })).toThrow(
      /not "x{39}\.\.\.\.$/,
    );
  });

  it('refuses two spellings that do not agree', () => {
    expect(() => batchCountOfBody({ batchCount: 3, batch_count: 4 })).toThrow(
      'batchCount is 3 and batch_count is 4; they mean the same, so send one of them.',
    );
  });
});

describe('batchCountOfQuery', () => {
  it('takes text that is a whole number', () => {
    expect(batchCountOfQuery({ batchCount: '12' })).toBe(12);
    expect(batchCountOfQuery({ batch_count: '3' })).toBe(3);
    expect(batchCountOfQuery({})).toBeUndefined();
  });

  it('takes what the validation has converted', () => {
    expect(batchCountOfQuery({ batchCount: 12 })).toBe(12);
  });

  it.each(['', '0', '13', '-1', '2.5', '5e0', ' 5', 'x'])(
    'refuses %p',
    value => {
      expect(() => batchCountOfQuery({ batchCount: value })).toThrow(
        'must be a whole number from 1 to 12',
      );
    },
  );

  it('refuses two values', () => {
    expect(() => batchCountOfQuery({ batchCount: ['5', '6'] })).toThrow(
      'must be a whole number from 1 to 12, not ["5","6"].',
    );
  });
});
