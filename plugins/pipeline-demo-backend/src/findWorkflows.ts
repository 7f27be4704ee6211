import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = 'backstage-plugin-pipeline-demo-backend';

/**
 * The folder of the workflow and its scripts: in the published package beside
 * the code, in the repository at its root.
 *
 * @throws Error when it is in neither place
 */
export function findWorkflows(): string {
  const candidates = [['workflows'], ['..', '..', 'workflows']].map(path =>
    resolvePackagePath(PACKAGE, ...path),
  );
  const found = candidates.find(folder => existsSync(join(folder, 'bin')));
  if (!found) {
    throw new Error(
      `The scripts of the workflow are missing: neither ${candidates.join(
        ' nor ',
      )} has them.`,
    );
  }
  return found;
}
