import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

/** Bash for the tasks of a run; `tell.bash` says what it can use. */
export interface Scripts {
  readonly generate: string;
  readonly analyze: string;
  readonly report: string;
}

/** The workflow's own. */
export const REAL: Scripts = {
  generate: 'real generate "$@"',
  analyze: 'real analyze "$@"',
  report: 'real report "$@"',
};

/**
 * Stands in for the scripts of the workflow, and keeps the oracle: what each
 * task has written, in files of its own outside of every run's folder.
 *
 * The product is not told: it finds our `bash` first on its PATH.
 */
export class Tasks {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static create(folder: string): Tasks {
    const tasks = new Tasks(folder);
    mkdirSync(join(folder, 'tasks'));
    mkdirSync(tasks.path);
    writeFileSync(
      join(tasks.path, 'bash'),
      `#!/bin/bash
case \${1##*/} in
  generate | analyze | report) set -- '${folder}'/tasks/"\${1##*/}" "\${@:2}" ;;
esac
exec /bin/bash "$@"
`,
    );
    chmodSync(join(tasks.path, 'bash'), 0o755);
    tasks.perform(REAL);
    return tasks;
  }

  /** Goes to the front of a PATH. */
  get path(): string {
    return join(this.#folder, 'bin');
  }

  /** From the next task on. */
  perform(scripts: Partial<Scripts>): void {
    for (const [name, script] of Object.entries({ ...REAL, ...scripts })) {
      writeFileSync(
        join(this.#folder, 'tasks', name),
        `world='${this.#folder}' workflows='${resolve('workflows')}'
. '${resolve('e2e/faults/tell.bash')}'
${script}
`,
      );
    }
  }

  /** Those that `talk` go on to what comes after. */
  enough(): void {
    writeFileSync(join(this.#folder, 'enough'), '');
  }

  /** The bytes that each task of a run has written. */
  written(runId: string): ReadonlyMap<string, Buffer> {
    const folder = join(this.#folder, 'oracle', runId);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return new Map(
      names
        .filter(name => name !== 'nonces')
        .map(name => [name, readFileSync(join(folder, name))]),
    );
  }

  /** The nonces that tasks of a run have found in their environment. */
  nonces(runId: string): ReadonlySet<string> {
    const file = join(this.#folder, 'oracle', runId, 'nonces');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return new Set(text.split('\n').filter(nonce => nonce !== ''));
  }
}
