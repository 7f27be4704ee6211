import {
  closeSync,
  openSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { DRIVER_SOURCE, writeWhole } from './runFolder.ts';
import type { RunExit, RunFiles, TaskFact } from './runFolder.ts';

/**
 * What a supervisor leaves for its readers. Only appended to, but for the
 * exit. After a write that failed nothing more is appended, since a reader
 * could not tell a torn line from the next one.
 */
export class Journal {
  readonly #files: RunFiles;
  readonly #facts: number;
  readonly #stamps: number;
  readonly #driverLog: number;
  #driverLogSize = 0;
  #now = 0;
  #torn = false;

  private constructor(files: RunFiles) {
    this.#files = files;
    this.#facts = openSync(files.facts, 'a', 0o600);
    this.#stamps = openSync(files.stamps, 'a', 0o600);
    this.#driverLog = openSync(files.driverLog, 'a', 0o600);
  }

  static open(files: RunFiles): Journal {
    writeFileSync(files.heartbeat, '');
    return new Journal(files);
  }

  /** Epoch milliseconds that never go back, though the machine's clock may. */
  now(): number {
    this.#now = Math.max(this.#now, Date.now());
    return this.#now;
  }

  fact(fact: TaskFact): void {
    this.#append(this.#facts, `${JSON.stringify(fact)}\n`);
  }

  /** A line of the driver's log. */
  say(text: string): void {
    const line = `${text}\n`;
    this.#append(this.#driverLog, line);
    this.#driverLogSize += Buffer.byteLength(line);
    this.stamp(DRIVER_SOURCE, this.#driverLogSize, 'more');
  }

  /** The source's log has this many bytes now; `end` when no more is to come. */
  stamp(source: string, bytes: number, then: 'more' | 'end'): void {
    const mark = then === 'end' ? ' end' : '';
    this.#append(this.#stamps, `${this.now()} ${bytes} ${source}${mark}\n`);
  }

  /** @throws when the run's folder is gone */
  beat(): void {
    const now = new Date();
    utimesSync(this.#files.heartbeat, now, now);
  }

  /** The last word. After an error it may be said again, and needs less room then. */
  close(exit: RunExit): void {
    rmSync(this.#files.reserve, { force: true });
    this.stamp(DRIVER_SOURCE, this.#driverLogSize, 'end');
    writeWhole(this.#files.exit, exit);
    [this.#facts, this.#stamps, this.#driverLog].forEach(fd => closeSync(fd));
  }

  #append(fd: number, text: string): void {
    if (this.#torn) {
      return;
    }
    this.#torn = true;
    for (let rest = Buffer.from(text); rest.length > 0; ) {
      rest = rest.subarray(writeSync(fd, rest));
    }
    this.#torn = false;
  }
}
