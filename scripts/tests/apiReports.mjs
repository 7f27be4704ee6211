/** How the API reports of the plugins are made and checked. */
export const API_REPORTS = [
  'backstage-repo-tools',
  'api-reports',
  '--omit-messages',
  'ae-wrong-input-file-type,ae-undocumented',
  '--validate-release-tags',
];
