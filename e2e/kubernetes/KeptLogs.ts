import {
  existsSync,
  globSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PodLogs, SeenPod } from './PodLogs.ts';

/** In this order they run. */
const CONTAINERS = ['prepare', 'driver'];

/**
 * What containers have written, in the kubelet's own files. A second link
 * keeps each after its pod was deleted.
 */
export class KeptLogs implements PodLogs {
  readonly #podLogs: string;
  readonly #namespace: string;
  readonly #folder: string;

  private constructor(podLogs: string, namespace: string) {
    this.#podLogs = podLogs;
    this.#namespace = namespace;
    // On the same file system, as links must be.
    this.#folder = join(dirname(podLogs), 'kept', namespace);
    mkdirSync(this.#folder, { recursive: true });
  }

  /** @param podLogs - the kubelet's folder on this machine */
  static create(podLogs: string, namespace: string): KeptLogs {
    return new KeptLogs(podLogs, namespace);
  }

  /** Links what there is of a pod now. */
  keep({ uid, name }: SeenPod): void {
    const folder = join(this.#podLogs, `${this.#namespace}_${name}_${uid}`);
    for (const file of globSync(join(folder, '*', '0.log'))) {
      const container = basename(dirname(file));
      const kept = join(this.#folder, `${uid}_${container}`);
      if (!existsSync(kept)) {
        linkUnlessGone(file, kept);
      }
    }
  }

  async bytesOf({ uid }: SeenPod): Promise<Buffer> {
    const rank = (file: string) =>
      CONTAINERS.indexOf(basename(file).slice(uid.length + 1));
    const files = globSync(join(this.#folder, `${uid}_*`));
    return Buffer.concat(files.sort((a, b) => rank(a) - rank(b)).map(linesOf));
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A pod that is deleted takes its files along: what was seen may be gone since. */
function linkUnlessGone(file: string, kept: string): void {
  try {
    linkSync(file, kept);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
}

/**
 * The kubelet's format: time, stream, F for a whole line or P for a part of
 * one, and the text.
 */
function linesOf(file: string): Buffer {
  const parts: Buffer[] = [];
  const bytes = readFileSync(file);
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf('\n', from);
    const time = bytes.indexOf(' ', from);
    const stream = bytes.indexOf(' ', time + 1);
    const mark = bytes.indexOf(' ', stream + 1);
    const isWhole = bytes.toString('latin1', stream + 1, mark) === 'F';
    parts.push(bytes.subarray(mark + 1, isWhole ? to + 1 : to));
    from = to + 1;
  }
  return Buffer.concat(parts);
}
