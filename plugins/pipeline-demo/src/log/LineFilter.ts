import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import type { LogBuffer } from '../state/LogBuffer';
import type { ShownLines } from './rows';

/**
 * The numbers of the lines of the selected tasks, kept up to date at the cost
 * of the new lines alone.
 */
export class LineFilter {
  #numbers: number[] = [];
  #scannedTo = 0;
  #key = '';

  /** The lines to show now; everything when no task is selected. */
  update(buffer: LogBuffer, selected: ReadonlySet<LogTask>): ShownLines {
    if (selected.size === 0) {
      return { type: 'all', last: buffer.lastLine };
    }
    const key = [buffer.generation, buffer.fills, ...selected].join(' ');
    if (key !== this.#key) {
      this.#key = key;
      this.#numbers = [];
      this.#scannedTo = 0;
    }
    const range = { from: this.#scannedTo + 1, to: buffer.lastLine };
    buffer.collect(selected, range, this.#numbers);
    this.#scannedTo = buffer.lastLine;
    return { type: 'some', numbers: this.#numbers };
  }
}
