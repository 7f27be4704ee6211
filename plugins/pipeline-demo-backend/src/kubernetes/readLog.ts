import type { RawLine } from 'backstage-plugin-pipeline-demo-common';
import type { LogMode } from './Cluster';
import { areOfRemovedContainer, splitKubeletWords } from './kubeletWords';
import { StampedLines, isAfter, stampMs } from './logStamps';
import type { Stamp, StampedLine } from './logStamps';
import { afterLine, beginOf, linesTaken } from './resumePoint';
import type { LogPosition } from './resumePoint';

/** What one request for a log gives. */
export type Reading =
  | {
      readonly type: 'lines';
      readonly lines: readonly RawLine[];
      readonly position: LogPosition;
    }
  /**
   * What stands after the last line's end. It is a line if the container has
   * ended; if not, it comes again.
   */
  | {
      readonly type: 'rest';
      readonly lines: readonly RawLine[];
      readonly position: LogPosition;
    }
  /** Lines between two times are not there any more: epoch milliseconds. */
  | {
      readonly type: 'lost';
      readonly from: number;
      readonly to: number;
      readonly position: LogPosition;
    };

/**
 * The node has not the log, or not all of it. The message is what the kubelet
 * says instead.
 */
export class LogUnreadableError extends Error {
  readonly name = 'LogUnreadableError';

  /** What was followed until then is the whole log: see `areOfRemovedContainer`. */
  get isOfRemovedContainer(): boolean {
    return areOfRemovedContainer(this.message);
  }
}

/**
 * The lines of a container's log after a position, from the bytes of one
 * request for it (`sinceTime`) in this mode. Ends when they do.
 *
 * @throws LogUnreadableError when what comes is not the log; whatever the
 *   bytes throw. A line that had begun then is read again the next time.
 */
export async function* readLog(
  bytes: AsyncIterable<Uint8Array>,
  from: LogPosition,
  mode: LogMode,
): AsyncGenerator<Reading, void> {
  const lines = new StampedLines();
  const taken = new TakenLines(from);
  for await (const part of bytes) {
    yield* taken.skip(lines.push(part));
  }
  const [last, words] = withoutWords(lines.flush(), mode);
  for (const reading of taken.skip(last)) {
    yield reading.type === 'lines' ? { ...reading, type: 'rest' } : reading;
  }
  if (words !== undefined) {
    throw new LogUnreadableError(words);
  }
  taken.end();
}

/** Only who follows asks the kubelet for more than to read a file. */
function withoutWords(
  lines: readonly StampedLine[],
  mode: LogMode,
): readonly [readonly StampedLine[], string?] {
  const last = lines.at(-1);
  if (mode === 'read' || !last?.stamp) {
    return [lines];
  }
  const { text, words } = splitKubeletWords(last.text);
  return [[...lines.slice(0, -1), { ...last, text }], words];
}

/** Leaves out of a stream what was taken from an earlier one. */
class TakenLines {
  readonly #from: LogPosition;
  /** Counted from this stream alone, since the next one is cut like it. */
  #position: LogPosition;
  #toSkip: number;

  constructor(from: LogPosition) {
    this.#from = from;
    this.#position = beginOf(from.task);
    this.#toSkip = linesTaken(from);
  }

  *skip(lines: readonly StampedLine[]): Generator<Reading> {
    const fresh: RawLine[] = [];
    for (const { stamp, text, cut } of lines) {
      if (stamp) {
        this.#position = afterLine(this.#position, stamp);
        if (!this.#wasTaken(stamp)) {
          const at = stampMs(stamp);
          yield* this.#lost(at);
          fresh.push(cut === undefined ? { at, text } : { at, text, cut });
        }
      } else if (!this.#isRestOfLine()) {
        yield* this.#chunk(fresh);
        throw new LogUnreadableError(text);
      }
    }
    yield* this.#chunk(fresh);
  }

  /** @throws LogUnreadableError when nothing is there of what was taken before */
  end(): void {
    if (!this.#position.newest && this.#from.newest) {
      throw new LogUnreadableError('The log is empty, and was not before');
    }
  }

  #wasTaken(stamp: Stamp): boolean {
    const { newest } = this.#from;
    if (this.#toSkip === 0 || !newest || isAfter(stamp, newest)) {
      return false;
    }
    this.#toSkip -= 1;
    return true;
  }

  /** A newer line where an old one should be: the node has thrown older ones away. */
  *#lost(to: number): Generator<Reading> {
    const { newest } = this.#from;
    if (this.#toSkip > 0 && newest) {
      const inSecond = linesTaken(this.#from) - this.#toSkip;
      const position = { ...this.#from, inSecond, inSecondBefore: 0 };
      this.#toSkip = 0;
      yield { type: 'lost', from: stampMs(newest), to, position };
    }
  }

  /** Of a line whose first part is older than what was asked for, and was taken. */
  #isRestOfLine(): boolean {
    return this.#from.newest !== undefined && !this.#position.newest;
  }

  *#chunk(lines: readonly RawLine[]): Generator<Reading> {
    if (lines.length > 0) {
      yield { type: 'lines', lines, position: this.#position };
    }
  }
}
