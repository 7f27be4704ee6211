import { stripVTControlCharacters } from 'node:util';

/** 256-colour numbers that are told apart on black and on white. */
const COLOURS = [33, 166, 35, 127, 136, 31, 161, 64, 98, 172, 37, 162];
const NAME_WIDTH = 'GENERATE:12'.length;
const BAR_WIDTH = 24;
const ENDED = ['succeeded', 'failed', 'cancelled'];

/**
 * Shows a run in a terminal: its lines as they come and, below them, one line
 * of progress. Without a terminal progress is a plain line when it changes.
 */
export class DemoScreen {
  #out;
  #isTerminal;
  #colours;
  #began;
  #tasks = new Map();
  #finished = 0;

  /**
   * @param out a stream to write to, which may be a terminal
   * @param env NO_COLOR and TERM are honoured
   */
  constructor(out, env) {
    this.#out = out;
    this.#isTerminal = Boolean(out.isTTY) && env.TERM !== 'dumb';
    this.#colours = this.#isTerminal && !env.NO_COLOR;
  }

  /** A sentence of ours. */
  say(text) {
    this.#print(text);
  }

  /** A task's phase, as it is now. */
  task(id, phase) {
    this.#began ??= Date.now();
    this.#tasks.set(id, phase);
    const finished = [...this.#tasks.values()].filter(value =>
      ENDED.includes(value),
    ).length;
    if (finished === this.#finished) {
      return;
    }
    this.#finished = finished;
    if (this.#isTerminal) {
      this.#print();
    } else {
      this.#print(`progress: ${this.#progress()}`);
    }
  }

  /** A line of the run's log: `{ task, at, text }`. */
  line({ task, text }) {
    const seconds = ((Date.now() - this.#began) / 1000).toFixed(1).padStart(5);
    const name = this.#paint(task, task.padEnd(NAME_WIDTH));
    this.#print(`${seconds} s  ${name}  ${stripVTControlCharacters(text)}`);
  }

  /** The report, as a table of its batches. */
  report({ batches, totals }) {
    const columns = ['batch', 'rows', 'sum', 'mean', 'min', 'max', 'stdDev'];
    const row = values =>
      columns.map(name => format(values[name]).padStart(10)).join('');
    this.#print(columns.map(name => name.padStart(10)).join(''));
    batches.forEach(batch => this.#print(row(batch)));
    this.#print(row({ ...totals, batch: 'all' }));
  }

  /** Takes the line of progress away. */
  end() {
    if (this.#isTerminal) {
      this.#out.write('\r\x1b[K');
    }
    this.#isTerminal = false;
  }

  #print(text) {
    const clear = this.#isTerminal ? '\r\x1b[K' : '';
    this.#out.write(text === undefined ? clear : `${clear}${text}\n`);
    if (this.#isTerminal && this.#tasks.size > 0) {
      this.#out.write(`${this.#bar()} ${this.#progress()}`);
    }
  }

  #progress() {
    const total = this.#tasks.size;
    const percent = Math.floor((100 * this.#finished) / total);
    return `${this.#finished} of ${total} tasks, ${percent} %`;
  }

  #bar() {
    const full = Math.floor((BAR_WIDTH * this.#finished) / this.#tasks.size);
    return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
  }

  #paint(task, text) {
    if (!this.#colours) {
      return text;
    }
    const [process, batch] = task.split(':');
    const shift = process === 'ANALYZE' ? COLOURS.length / 2 : 0;
    const colour = COLOURS[(Number(batch) - 1 + shift) % COLOURS.length];
    return colour === undefined
      ? `\x1b[1m${text}\x1b[0m`
      : `\x1b[38;5;${colour}m${text}\x1b[0m`;
  }
}

function format(value) {
  if (value === undefined) {
    return '';
  }
  return Number.isInteger(value) || typeof value === 'string'
    ? String(value)
    : value.toFixed(2);
}
