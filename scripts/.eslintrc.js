module.exports =
  require('@backstage/cli/config/eslint-factory').createConfigForRole(
    __dirname,
    'cli',
    {
      rules: {
        '@typescript-eslint/no-use-before-define': [
          'error',
          { functions: false, classes: false, variables: false },
        ],
        // The tests here are node:test's, whose functions jest's rules misread.
        'jest/expect-expect': 'off',
        'jest/valid-title': 'off',
      },
    },
  );
