import { isAllowedOrigin } from './allowedOrigin';

const ALLOWED = ['http://localhost:3000', 'https://*.example.com'];

describe('isAllowedOrigin', () => {
  it.each([
    undefined,
    'http://localhost:3000',
    'HTTP://LOCALHOST:3000',
    'https://portal.example.com',
  ])('lets %p in', origin => {
    expect(isAllowedOrigin(origin, ALLOWED)).toBe(true);
  });

  it.each([
    'null',
    '',
    'http://localhost:3001',
    'https://localhost:3000',
    'http://localhost:3000.evil.example',
    'https://evil.example',
    'https://example.com',
    'http://portal.example.com',
    'https://evil.example/.example.com',
  ])('keeps %p out', origin => {
    expect(isAllowedOrigin(origin, ALLOWED)).toBe(false);
  });

  it('keeps every page out when none is named', () => {
    expect(isAllowedOrigin('http://localhost:3000', [])).toBe(false);
  });
});
