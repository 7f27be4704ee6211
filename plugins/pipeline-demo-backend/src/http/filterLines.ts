import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../ports/Clock';
import type { LinePattern } from './linePattern';

/** After this long others have their turn: a dear pattern takes milliseconds for a line. */
const TURN_MS = 20;

/** @returns the lines that match; those so far once nobody wants them any more */
export async function filterLines(
  lines: readonly LogLine[],
  pattern: LinePattern,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly LogLine[]> {
  const matches: LogLine[] = [];
  let turnEnds = clock.now() + TURN_MS;
  for (const line of lines) {
    if (clock.now() >= turnEnds) {
      await setImmediate();
      turnEnds = clock.now() + TURN_MS;
    }
    if (signal.aborted) {
      break;
    }
    if (pattern(line.text)) {
      matches.push(line);
    }
  }
  return matches;
}
