import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Between the backend and the supervisors that it starts: the backend runs
 * with a Node of its own, and starts supervisors with whatever has that name
 * when it does.
 */
export class Supervisors {
  /** For the backend. */
  readonly node: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.node = join(folder, 'node');
  }

  static create(folder: string): Supervisors {
    mkdirSync(folder);
    const supervisors = new Supervisors(folder);
    linkOrCopy(process.execPath, supervisors.#real);
    linkOrCopy(process.execPath, supervisors.node);
    return supervisors;
  }

  /** Those that are started from now on begin only when they are let go. */
  hold(): void {
    this.#standIn(`
      echo $$ >>'${this.#folder}/held'
      until [[ -e '${this.#folder}/go' ]]; do sleep 0.05; done`);
  }

  letGo(): void {
    writeFileSync(join(this.#folder, 'go'), '');
  }

  /** How many were started since `hold`. */
  held(): number {
    const file = join(this.#folder, 'held');
    return existsSync(file)
      ? readFileSync(file, 'utf8').split('\n').length - 1
      : 0;
  }

  /** Those that are started from now on get these variables too. */
  give(variables: Readonly<Record<string, string>>): void {
    this.#standIn(
      Object.entries(variables)
        .map(([name, value]) => `export ${name}='${value}'`)
        .join('\n'),
    );
  }

  get #real(): string {
    return join(this.#folder, 'real-node');
  }

  #standIn(before: string): void {
    const draft = join(this.#folder, 'draft');
    writeFileSync(
      draft,
      `#!/bin/bash\n${before}\nexec '${this.#real}' "$@"\n`,
      {
        mode: 0o755,
      },
    );
    renameSync(draft, this.node);
  }
}

/** A second name for 100 MB, where the file system allows it. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    // Another file system, or another owner's file.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EXDEV', 'EPERM'].includes(code)) {
      throw error;
    }
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}
