import { rmSync } from 'node:fs';

/** How the API reports of the plugins are made and checked, after `tsc`. */
export const API_REPORTS = [
  'backstage-repo-tools',
  'api-reports',
  '--omit-messages',
  'ae-wrong-input-file-type,ae-undocumented',
  '--validate-release-tags',
];

/**
 * Makes the next `tsc` write every declaration anew: in those that it keeps
 * from an earlier run, the keys of inferred types may stand in another order,
 * and the reports with them.
 */
export function forgetDeclarations() {
  rmSync('dist-types', { recursive: true, force: true });
}
