/**
 * semantic-release: the version comes from the Conventional Commits since the
 * last tag, and is the same for the three packages and the image. It writes
 * CHANGELOG.md and the versions, commits and tags them, and makes the release
 * on GitHub; .github/workflows/release.yml builds and publishes that tag.
 */
export default {
  branches: ['main'],
  tagFormat: 'v${version}',
  plugins: [
    ['@semantic-release/commit-analyzer', { preset: 'conventionalcommits' }],
    [
      '@semantic-release/release-notes-generator',
      { preset: 'conventionalcommits' },
    ],
    [
      '@semantic-release/changelog',
      { changelogFile: 'CHANGELOG.md', changelogTitle: '# Changelog' },
    ],
    [
      '@semantic-release/exec',
      {
        prepareCmd:
          'npm pkg set "version=${nextRelease.version}" --workspaces --include-workspace-root',
        // Read by the jobs that publish.
        publishCmd: 'echo "version=${nextRelease.version}" >>"$GITHUB_OUTPUT"',
      },
    ],
    [
      '@semantic-release/git',
      {
        assets: [
          'CHANGELOG.md',
          'package.json',
          '{packages,plugins}/*/package.json',
        ],
        message: 'chore: release ${nextRelease.version}',
      },
    ],
    // The log of the workflow says more than comments on every issue would.
    [
      '@semantic-release/github',
      { successComment: false, failComment: false, releasedLabels: false },
    ],
  ],
};
