import { Backoff } from './Backoff';

describe('Backoff', () => {
  it('doubles up to its limit, and begins anew after a success', () => {
    const backoff = Backoff.create({ minMs: 100, maxMs: 350 });
    const next = () => backoff.next();
    expect([next(), next(), next(), next()]).toEqual([100, 200, 350, 350]);
    backoff.reset();
    expect(next()).toBe(100);
  });
});
