/**
 * When a token expires, in epoch milliseconds; it has been verified before.
 *
 * @returns undefined for one that does not say: a static token, say
 */
export function tokenExpiry(token: string | undefined): number | undefined {
  const payload = token?.split('.').at(1);
  if (!payload) {
    return undefined;
  }
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    // Not a JWT: tokens of other kinds are the portal's business.
    return undefined;
  }
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.match(/^Bearer[ ]+(\S+)$/i)?.[1];
}
