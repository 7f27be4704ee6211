import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Stands between a backend and the supervisors that it starts: a program that
 * takes the place of Node for them, and does what a test wants first.
 */
export class Supervisors {
  /** The program: see `backend.ts`. */
  readonly node: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.node = join(folder, 'node');
  }

  static create(folder: string): Supervisors {
    mkdirSync(folder);
    const supervisors = new Supervisors(folder);
    supervisors.#perform('');
    return supervisors;
  }

  /** Those that are started from now on begin only when they are let go. */
  hold(): void {
    this.#perform(`
      echo $$ >>'${this.#folder}/held'
      until [[ -e '${this.#folder}/go' ]]; do sleep 0.05; done`);
  }

  letGo(): void {
    writeFileSync(join(this.#folder, 'go'), '');
  }

  /** How many were started since `hold`. */
  held(): number {
    const file = join(this.#folder, 'held');
    const pids = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return pids.split('\n').length - 1;
  }

  /** Those that are started from now on get these variables too. */
  give(variables: Readonly<Record<string, string>>): void {
    this.#perform(
      Object.entries(variables)
        .map(([name, value]) => `export ${name}='${value}'`)
        .join('\n'),
    );
  }

  #perform(first: string): void {
    const draft = join(this.#folder, 'draft');
    const script = `#!/bin/bash\n${first}\nexec '${process.execPath}' "$@"\n`;
    writeFileSync(draft, script, { mode: 0o755 });
    renameSync(draft, this.node);
  }
}
