import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  existsSync,
  globSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogTask, RunSpec } from 'backstage-plugin-pipeline-demo-common';

/** Where the kubelet keeps the output of containers, and whose it is. */
export interface PodLogsOptions {
  readonly kubeconfig: string;
  readonly namespace: string;
  /** The kubelet's folder, on this machine. */
  readonly folder: string;
}

interface SeenPod {
  readonly uid: string;
  readonly name: string;
  readonly run: string;
  readonly task: LogTask;
}

const COLUMNS = [
  'UID:.metadata.uid',
  'NAME:.metadata.name',
  String.raw`RUN:.metadata.labels.pipeline-demo/run-id`,
  String.raw`TASK:.metadata.labels.nextflow\.io/taskName`,
].join(',');

const NONE = '<none>';

/** In this order the containers of a driver's pod run; a worker has one. */
const CONTAINERS = ['prepare', 'driver'];

/**
 * What containers have written, from the kubelet's own files. A second link
 * keeps each after its pod was deleted. kubectl tells of pods: nothing here is
 * the product's.
 */
export class PodLogs {
  readonly #options: PodLogsOptions;
  readonly #kept: string;
  readonly #pods = new Map<string, SeenPod>();
  readonly #kubectl: ChildProcess;

  static watch(options: PodLogsOptions): PodLogs {
    return new PodLogs(options);
  }

  private constructor(options: PodLogsOptions) {
    const { kubeconfig, namespace, folder } = options;
    this.#options = options;
    // On the same file system, as links must be.
    this.#kept = join(dirname(folder), `kept-${namespace}-${process.pid}`);
    mkdirSync(this.#kept, { recursive: true });
    this.#kubectl = spawn(
      'kubectl',
      [
        ...['--kubeconfig', kubeconfig, '--namespace', namespace],
        ...['get', 'pods', '--watch', '--no-headers'],
        ...['--output', `custom-columns=${COLUMNS}`],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    createInterface({ input: this.#kubectl.stdout! }).on('line', line =>
      this.#see(line),
    );
  }

  /** The lines of a task of a run, of all its pods. */
  written(run: Pick<RunSpec, 'id'>, task: LogTask): readonly string[] {
    return [...this.#pods.values()]
      .filter(pod => pod.run === run.id && pod.task === task)
      .flatMap(pod => this.#filesOf(pod))
      .flatMap(file => linesOf(readFileSync(file, 'utf8')));
  }

  close(): void {
    this.#kubectl.kill();
    rmSync(this.#kept, { recursive: true });
  }

  #see(line: string): void {
    const [uid, name, run, label] = line.trim().split(/\s+/);
    const task = label === NONE ? 'driver' : label.replace('_', ':');
    const { namespace, folder } = this.#options;
    this.#pods.set(uid, { uid, name, run, task });
    const pattern = join(folder, `${namespace}_${name}_${uid}`, '*', '0.log');
    for (const file of globSync(pattern)) {
      const kept = join(this.#kept, `${uid}_${basename(dirname(file))}`);
      if (!existsSync(kept)) {
        linkUnlessGone(file, kept);
      }
    }
  }

  #filesOf({ uid }: SeenPod): readonly string[] {
    const rank = (file: string) =>
      CONTAINERS.indexOf(basename(file).slice(uid.length + 1));
    return globSync(join(this.#kept, `${uid}_*`)).sort(
      (a, b) => rank(a) - rank(b),
    );
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

/** The kubelet's format: time, stream, F for a whole line or P for a part of one, and the text. */
function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  let open = '';
  for (const line of text.split('\n').filter(one => one !== '')) {
    const [, , mark] = line.split(' ', 3);
    const start = line.split(' ', 3).join(' ').length + 1;
    open += line.slice(start);
    if (mark === 'F') {
      lines.push(open);
      open = '';
    }
  }
  return open === '' ? lines : [...lines, open];
}
