import { useEffect, useReducer } from 'react';
import type { Connection } from '../api/PipelineDemoApi';

/** How far nobody has seen grows this often. */
const TICK_MS = 1_000;

/**
 * Up to when nothing was seen, since the connection was lost: now, on the
 * server's clock in epoch milliseconds. Undefined while there is a connection.
 *
 * @param clockOffsetMs - the server's clock minus this browser's
 */
export function useUnseenTo(
  connection: Connection,
  clockOffsetMs: number,
): number | undefined {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  const isLost = connection.type === 'reconnecting';
  useEffect(() => {
    if (!isLost) {
      return undefined;
    }
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [isLost]);
  return isLost ? Date.now() + clockOffsetMs : undefined;
}
