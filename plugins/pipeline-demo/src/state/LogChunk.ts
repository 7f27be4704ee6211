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
  texts: (string | undefined)[];
  /** Milliseconds since the epoch. */
  readonly times: Float64Array;
  /** Index into the buffer's table of tasks; UNSEEN where no line was yet. */
  readonly tasks: Uint8Array;
  /** Bytes cut from over-long lines, by place; rare. */
  readonly cuts: Map<number, number>;
}

/** Stands for no task: there are 26 at most. */
export const UNSEEN = 255;

export function newChunk(): LogChunk {
  return {
    texts: emptyTexts(),
    times: new Float64Array(CHUNK_LINES),
    tasks: new Uint8Array(CHUNK_LINES).fill(UNSEEN),
    cuts: new Map(),
  };
}

function emptyTexts(): (string | undefined)[] {
  return new Array<string | undefined>(CHUNK_LINES).fill(undefined);
}

/**
 * Lets go of the texts: they are most of the memory. Whose a line is and when
 * it was written stays known.
 *
 * @returns how many lines are here no more
 */
export function forgetTexts(chunk: LogChunk): number {
  const count = chunk.texts.reduce<number>(
    (sum, text) => (text === undefined ? sum : sum + 1),
    0,
  );
  chunk.texts = emptyTexts();
  chunk.cuts.clear();
  return count;
}

/** Of the first lines of chunks, the one furthest from a line. */
export function furthestFrom(starts: Iterable<number>, line: number): number {
  return [...starts].reduce((a, b) =>
    Math.abs(a - line) >= Math.abs(b - line) ? a : b,
  );
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
 * Appends to `into` the numbers of the lines in the range that were here and
 * are of a wanted task.
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
  const { tasks } = chunk;
  for (let line = range.from; line <= range.to; line += 1) {
    if (wanted[tasks[line - start]]) {
      into.push(line);
    }
  }
}

/**
 * The last lines of a range that are not here, at most one chunk's worth; they
 * may begin before the range.
 */
export function lastMissing(
  range: LineRange,
  has: (line: number) => boolean,
): LineRange | undefined {
  let { to } = range;
  while (to >= range.from && has(to)) {
    to -= 1;
  }
  if (to < range.from) {
    return undefined;
  }
  let from = to;
  while (from > 1 && to - from + 1 < CHUNK_LINES && !has(from - 1)) {
    from -= 1;
  }
  return { from, to };
}
