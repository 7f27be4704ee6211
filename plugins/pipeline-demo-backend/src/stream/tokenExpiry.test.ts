import { bearerToken, tokenExpiry } from './tokenExpiry';

const jwt = (payload: unknown) =>
  ['e30', Buffer.from(JSON.stringify(payload)).toString('base64url'), 'x'].join(
    '.',
  );

describe('tokenExpiry', () => {
  it('reads when a token expires', () => {
    expect(tokenExpiry(jwt({ exp: 1_795_528_961 }))).toBe(1_795_528_961_000);
  });

  it.each([
    undefined,
    '',
    'a-static-token',
    'a.b.c',
    jwt({}),
    jwt({ exp: 'soon' }),
    jwt(null),
  ])('knows nothing of %p', token => {
    expect(tokenExpiry(token)).toBeUndefined();
  });
});

describe('bearerToken', () => {
  it('reads the header', () => {
    expect(bearerToken('Bearer abc')).toBe('abc');
    expect(bearerToken('bearer  abc')).toBe('abc');
    expect(bearerToken('Basic abc')).toBeUndefined();
    expect(bearerToken(undefined)).toBeUndefined();
  });
});
