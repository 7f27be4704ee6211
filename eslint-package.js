const createConfig = require('@backstage/cli/config/eslint-factory');

/** Pure code is handed its time; the root's configuration bans the other ways. */
const NO_CLOCK = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Time is handed in.',
};

/**
 * The lint configuration of one package: Backstage's for its role, and what
 * the root's .eslintrc.js cannot say because a package's own rules win there.
 *
 * @param {string} dir the package's folder
 * @param {string[]} pureFiles files that may not read a clock
 */
module.exports = (dir, pureFiles = []) =>
  createConfig(dir, {
    rules: {
      // The reader meets the caller first. What would fail at load time, a use
      // in the same scope, stays an error.
      '@typescript-eslint/no-use-before-define': [
        'error',
        { functions: false, classes: false, variables: false },
      ],
    },
    overrides: [
      ...pureFiles.map(files => ({
        files,
        excludedFiles: ['**/*.test.*'],
        rules: { 'no-restricted-syntax': ['error', NO_CLOCK] },
      })),
      {
        // Contracts and fakes: tests that several test files share. Nothing
        // that is published imports them.
        files: ['src/testing/**'],
        rules: {
          'jest/no-export': 'off',
          '@backstage/no-undeclared-imports': 'off',
        },
      },
    ],
  });
