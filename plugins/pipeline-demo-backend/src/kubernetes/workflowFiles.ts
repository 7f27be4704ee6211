import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of scripts that Nextflow puts on each task's PATH. */
export const BIN = 'bin';

const SOURCES = ['demo.nf', 'nextflow.config'];

/** The files of the workflow by their path in its folder: "bin/generate". */
export async function readWorkflow(
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const scripts = await readdir(join(folder, BIN));
  const paths = [...SOURCES, ...scripts.map(name => `${BIN}/${name}`)];
  return new Map(
    await Promise.all(
      paths.map(
        async path =>
          [path, await readFile(join(folder, path), 'utf8')] as const,
      ),
    ),
  );
}
