import { csv } from './csv';

describe('csv', () => {
  it('has a record per line, each with its end', () => {
    expect(
      csv([
        ['a', 'b c'],
        [1, ''],
      ]),
    ).toBe('a,b c\r\n1,\r\n');
    expect(csv([])).toBe('');
  });

  it('quotes what would end a field, and doubles quotes', () => {
    expect(csv([['a,b', 'say "no"', 'two\nlines', 'two\rmore']])).toBe(
      '"a,b","say ""no""","two\nlines","two\rmore"\r\n',
    );
  });

  it('does not round, and does not group digits', () => {
    expect(csv([[1_234_567, 484.123_456_789_012_3, -0.1]])).toBe(
      '1234567,484.1234567890123,-0.1\r\n',
    );
  });
});
