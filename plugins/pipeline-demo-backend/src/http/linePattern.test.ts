import { compilePattern } from './linePattern';
import type { SearchText } from './logQuery';

const LONG_LINE = `${'ab'.repeat(8_000)}!`;

/** Far more than any of these takes, far less than for ever. */
const PATIENCE_MS = 1_000;

function pattern(text: string, options: Partial<SearchText> = {}) {
  return compilePattern({
    text,
    syntax: 'plain',
    letterCase: 'insensitive',
    ...options,
  });
}

describe('compilePattern', () => {
  it('finds plain text in any case', () => {
    const matches = pattern('Rows (10');
    expect(matches('batch 1: rows (100)')).toBe(true);
    expect(matches('batch 1: rows 100')).toBe(false);
    expect(pattern('.*')('rows')).toBe(false);
  });

  it('minds the case when asked to', () => {
    const exact = { letterCase: 'sensitive' } as const;
    expect(pattern('Rows', exact)('rows')).toBe(false);
    expect(pattern('Rows', exact)('Rows')).toBe(true);
    expect(pattern('R.ws', { ...exact, syntax: 'regex' })('rows')).toBe(false);
  });

  it('finds regular expressions', () => {
    const matches = pattern('mean \\d+\\.\\d{2}$', { syntax: 'regex' });
    expect(matches('batch 1: Mean 477.60')).toBe(true);
    expect(matches('batch 1: mean 477.6')).toBe(false);
  });

  it('does not see colours', () => {
    const line = 'report: \u001b[32mwrote\u001b[0m report.json';
    expect(pattern('wrote report')(line)).toBe(true);
    expect(pattern('[32m')(line)).toBe(false);
    expect(pattern('t: wrote', { syntax: 'regex' })(line)).toBe(true);
  });

  it.each(['(', '[', 'a{2,1}', '(?=a)', '(?<!a)b', '(a)\\1', '*'])(
    'refuses %p with a sentence',
    text => {
      expect(() => pattern(text, { syntax: 'regex' })).toThrow(
        /^The regular expression cannot be used: [^()]+.*\.$/,
      );
    },
  );

  it.each([
    '(a+)+$',
    '(a|a)*b',
    '(.*a){25}c',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(\\w+\\s?)+$',
    '(a|b)*a(a|b){50}c',
  ])('no pattern takes for ever: %p', text => {
    const startedAt = performance.now();
    pattern(text, { syntax: 'regex' })(LONG_LINE);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  });

  it.each(['(a|b)*a(a|b){900}c', '(\\w{1,50}){20}'])(
    'refuses what is too large: %p',
    text => {
      expect(() => pattern(text, { syntax: 'regex' })).toThrow(
        'The regular expression is too large',
      );
    },
  );
});
