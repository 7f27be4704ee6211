import { encodeMessage } from 'backstage-plugin-pipeline-demo-common';
import type { LogLine, RunEvent } from 'backstage-plugin-pipeline-demo-common';

/** One serialised message, made once for all viewers, with the numbers it carries. */
export interface Frame {
  readonly part: 'event' | 'line';
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** A frame of lines is closed when its text has grown to this. */
const FRAME_CHARACTERS = 256 * 1024;

/** A frame of one event. */
export function eventFrame(runId: string, event: RunEvent): Frame {
  return {
    part: 'event',
    first: event.event,
    last: event.event,
    text: encodeMessage({ type: 'event', run: runId, event }),
  };
}

/** Lines with dense numbers in as few frames as their size allows; no line, no frame. */
export function linesFrames(
  runId: string,
  lines: readonly LogLine[],
): readonly Frame[] {
  const frames: Frame[] = [];
  let begin = 0;
  let characters = 0;
  lines.forEach(({ text }, index) => {
    characters += text.length;
    const last = index === lines.length - 1;
    if (last || characters >= FRAME_CHARACTERS) {
      frames.push(linesFrame(runId, lines.slice(begin, index + 1)));
      begin = index + 1;
      characters = 0;
    }
  });
  return frames;
}

function linesFrame(runId: string, lines: readonly LogLine[]): Frame {
  const first = lines[0].line;
  return {
    part: 'line',
    first,
    last: first + lines.length - 1,
    text: encodeMessage({
      type: 'lines',
      run: runId,
      first,
      lines: lines.map(({ line, ...wire }) => wire),
    }),
  };
}
