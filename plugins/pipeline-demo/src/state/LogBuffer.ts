import type {
  LogLine,
  LogTask,
  WireLine,
} from 'backstage-plugin-pipeline-demo-common';
import {
  CHUNK_LINES,
  collectFrom,
  UNSEEN,
  forgetTexts,
  furthestFrom,
  lastMissing,
  newChunk,
  placeOf,
  startOf,
} from './LogChunk';
import type { LineRange, LogChunk } from './LogChunk';
import { FLOOD_FRAME_MS, FloodGauge } from './FloodGauge';
import { perFrame } from './perFrame';
import type { PerFrame } from './perFrame';

export type { LineRange } from './LogChunk';

/** More lines than this are not kept: those far from the reader go. */
export const MOST_HELD = 200_000;

/**
 * The log lines that the page holds, by number. New ones are appended in O(1);
 * older ones may be missing and are filled in when somebody scrolls to them,
 * so row `n` is line `n` whether it is here or not. Beyond `MOST_HELD` lines the
 * texts furthest from the reader are dropped, and read again like any others.
 * Listeners are told at most once per animation frame.
 */
export class LogBuffer {
  #chunks = new Map<number, LogChunk>();
  #tasks: LogTask[] = [];
  #taskIndex = new Map<LogTask, number>();
  #counts: number[] = [];
  #lastOfTask: number[] = [];
  #lastLine = 0;
  #held = 0;
  /** First lines of the chunks that have texts. */
  #loaded = new Set<number>();
  /** Where the reader is; undefined: at the end. */
  #reader: number | undefined;
  #version = 0;
  #generation = 0;
  #fills = 0;
  #listeners = new Set<() => void>();
  #flood = new FloodGauge();
  #frame: PerFrame = perFrame(
    () => this.#notify(),
    () => (this.#flood.isFlood ? FLOOD_FRAME_MS : 0),
  );

  /** Grows with every notification. */
  get version(): number {
    return this.#version;
  }

  /** Grows when everything before is void: another run. */
  get generation(): number {
    return this.#generation;
  }

  /** Grows when older lines have come, whose numbers were known. */
  get fills(): number {
    return this.#fills;
  }

  /** The highest number known; lines below it may not be held. */
  get lastLine(): number {
    return this.#lastLine;
  }

  /** Lines come so fast that listeners are told less often. */
  get isFlood(): boolean {
    return this.#flood.isFlood;
  }

  /** How many lines are here. */
  get held(): number {
    return this.#held;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Adds the lines `first`, `first + 1`, ... at the end.
   *
   * @throws RangeError when they do not follow the last line
   */
  append(first: number, lines: readonly WireLine[]): void {
    if (first !== this.#lastLine + 1) {
      throw new RangeError(
        `Line ${first} does not follow line ${this.#lastLine}`,
      );
    }
    lines.forEach((line, index) => this.#put(first + index, line));
    this.#lastLine += lines.length;
    this.#flood.add(performance.now(), lines.length);
    this.#forgetFarLines();
    this.touch();
  }

  /** Puts older lines in their places; what is held already stays. */
  fill(lines: readonly LogLine[]): void {
    lines
      .filter(({ line }) => line >= 1 && line <= this.#lastLine)
      .forEach(line => this.#put(line.line, line));
    this.#fills += 1;
    this.#forgetFarLines();
    this.touch();
  }

  /** The reader looks at this line: those around it stay. Undefined: at the end. */
  readAt(line: number | undefined): void {
    this.#reader = line;
  }

  /** Lines up to this one exist, but are not here: appending goes on after it. */
  skipTo(line: number): void {
    if (line > this.#lastLine) {
      this.#lastLine = line;
      this.touch();
    }
  }

  /** Forgets everything: another run begins. */
  clear(): void {
    this.#chunks = new Map();
    this.#loaded.clear();
    this.#tasks = [];
    this.#taskIndex = new Map();
    this.#counts = [];
    this.#lastOfTask = [];
    this.#lastLine = 0;
    this.#held = 0;
    this.#generation += 1;
    this.touch();
  }

  has(line: number): boolean {
    return this.#chunkOf(line)?.texts[placeOf(line)] !== undefined;
  }

  text(line: number): string | undefined {
    return this.#chunkOf(line)?.texts[placeOf(line)];
  }

  /** Undefined when the line is not here. */
  line(line: number): LogLine | undefined {
    const chunk = this.#chunkOf(line);
    const place = placeOf(line);
    const text = chunk?.texts[place];
    if (!chunk || text === undefined) {
      return undefined;
    }
    const cut = chunk.cuts.get(place);
    return {
      line,
      task: this.#tasks[chunk.tasks[place]],
      at: chunk.times[place],
      text,
      ...(cut === undefined ? {} : { cut }),
    };
  }

  /** Lines seen per task, in the order in which the tasks first spoke. */
  counts(): ReadonlyMap<LogTask, number> {
    return new Map(
      this.#tasks.map((task, index) => [task, this.#counts[index]]),
    );
  }

  /** The last line seen of a task; undefined when there is none. */
  lastLineOf(task: LogTask): number | undefined {
    const index = this.#taskIndex.get(task);
    return index === undefined ? undefined : this.#lastOfTask[index];
  }

  /** Epoch milliseconds; undefined when the line was never here. */
  timeOf(line: number): number | undefined {
    const chunk = this.#chunkOf(line);
    const place = placeOf(line);
    return chunk && chunk.tasks[place] !== UNSEEN
      ? chunk.times[place]
      : undefined;
  }

  /** The last line that was written by then, as far as lines are known. */
  lastLineBy(at: number): number {
    let low = 0;
    let high = this.#lastLine;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const time = this.#chunkOf(middle)?.times[placeOf(middle)] ?? 0;
      if (time <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Appends to `into` the numbers of the lines of these tasks that were seen in the range. */
  collect(tasks: ReadonlySet<LogTask>, range: LineRange, into: number[]): void {
    const wanted = this.#tasks.map(task => tasks.has(task));
    const to = Math.min(range.to, this.#lastLine);
    for (let from = range.from; from <= to; ) {
      const start = startOf(from);
      const end = Math.min(to, start + CHUNK_LINES - 1);
      const chunk = this.#chunks.get(start);
      if (chunk) {
        collectFrom(chunk, wanted, start, { from, to: end }, into);
      }
      from = end + 1;
    }
  }

  /** The lines of the range that are not here, at most one chunk's worth at its end. */
  missingIn(range: LineRange): LineRange | undefined {
    const from = Math.max(1, range.from);
    const to = Math.min(range.to, this.#lastLine);
    return lastMissing({ from, to }, line => this.has(line));
  }

  /** Tells listeners at the next frame, as after a change. */
  touch(): void {
    this.#frame.request();
  }

  /** Stops telling listeners. */
  close(): void {
    this.#frame.cancel();
  }

  #put(line: number, wire: WireLine): void {
    const chunk = this.#chunkFor(line);
    const place = placeOf(line);
    if (chunk.texts[place] !== undefined) {
      return;
    }
    const task = this.#indexOf(wire.task);
    const isNew = chunk.tasks[place] === UNSEEN;
    chunk.texts[place] = wire.text;
    chunk.times[place] = wire.at;
    chunk.tasks[place] = task;
    if (wire.cut !== undefined) {
      chunk.cuts.set(place, wire.cut);
    }
    this.#counts[task] += isNew ? 1 : 0;
    this.#lastOfTask[task] = Math.max(this.#lastOfTask[task], line);
    this.#held += 1;
  }

  #indexOf(task: LogTask): number {
    const known = this.#taskIndex.get(task);
    if (known !== undefined) {
      return known;
    }
    const index = this.#tasks.push(task) - 1;
    this.#taskIndex.set(task, index);
    this.#counts.push(0);
    this.#lastOfTask.push(0);
    return index;
  }

  #chunkOf(line: number): LogChunk | undefined {
    return this.#chunks.get(startOf(line));
  }

  #chunkFor(line: number): LogChunk {
    const start = startOf(line);
    const chunk = this.#chunks.get(start) ?? newChunk();
    this.#chunks.set(start, chunk);
    this.#loaded.add(start);
    return chunk;
  }

  #forgetFarLines(): void {
    while (this.#held > MOST_HELD) {
      const reader = this.#reader ?? this.#lastLine;
      const furthest = furthestFrom(this.#loaded, reader);
      const chunk = this.#chunks.get(furthest);
      this.#loaded.delete(furthest);
      this.#held -= chunk ? forgetTexts(chunk) : 0;
    }
  }

  #notify(): void {
    this.#version += 1;
    this.#listeners.forEach(listener => listener());
  }
}
