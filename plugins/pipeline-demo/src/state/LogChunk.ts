/** Lines per chunk. */
export const CHUNK_LINES = 1024;

/** From a line to a line, both included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Lines `start` to `start + CHUNK_LINES - 1`, in columns: half the memory of objects. */
export interface LogChunk {
  /** Undefined where a line is not here. */
  readonly texts: (string | undefined)[];
  /** Milliseconds since the epoch. */
  readonly times: Float64Array;
  /** Index into the buffer's table of tasks. */
  readonly tasks: Uint8Array;
  /** Bytes cut from over-long lines, by place; rare. */
  readonly cuts: Map<number, number>;
}

export function newChunk(): LogChunk {
  return {
    texts: new Array<string | undefined>(CHUNK_LINES).fill(undefined),
    times: new Float64Array(CHUNK_LINES),
    tasks: new Uint8Array(CHUNK_LINES),
    cuts: new Map(),
  };
}

/** The first line of the chunk in which a line is. */
export function startOf(line: number): number {
  return line - placeOf(line);
}

/** The place of a line in its chunk. */
export function placeOf(line: number): number {
  return (line - 1) % CHUNK_LINES;
}

/**
 * Appends to `into` the numbers of the lines in the range that are here and of
 * a wanted task.
 *
 * @param start - the first line of the chunk; the range lies within it
 */
export function collectFrom(
  chunk: LogChunk,
  wanted: readonly boolean[],
  start: number,
  range: LineRange,
  into: number[],
): void {
  const { texts, tasks } = chunk;
  for (let line = range.from; line <= range.to; line += 1) {
    const place = line - start;
    if (wanted[tasks[place]] && texts[place] !== undefined) {
      into.push(line);
    }
  }
}
