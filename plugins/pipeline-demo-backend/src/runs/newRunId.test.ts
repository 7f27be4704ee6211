import { randomInt } from 'node:crypto';
import { newRunId } from './newRunId';

describe('newRunId', () => {
  it('is fit for names in Kubernetes', () => {
    expect(newRunId(randomInt)).toMatch(/^r[a-z0-9]{7}$/);
    expect(newRunId(max => max - 1)).toBe('r9999999');
    expect(newRunId(() => 0)).toBe('raaaaaaa');
  });
});
