import { posix } from 'node:path';

/**
 * Whether a page of this origin may open a stream.
 *
 * A browser lets any page open a WebSocket to anywhere, and says with `Origin`
 * who it is; CORS is not asked. Without `Origin` it is no browser, and so
 * nobody's session is being abused.
 *
 * @param allowed - origins, which may have `*` in them as in `backend.cors.origin`
 */
export function isAllowedOrigin(
  origin: string | undefined,
  allowed: readonly string[],
): boolean {
  return (
    origin === undefined ||
    allowed.some(pattern =>
      posix.matchesGlob(origin.toLowerCase(), pattern.toLowerCase()),
    )
  );
}
