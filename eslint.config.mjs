import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Which room may import which: the one-way rule of src/README.md. Keys are rooms, values are what they must not import. */
const rooms = ['core', 'protocol', 'providers', 'interop', 'host', 'webview', 'cli'];
const mayUse = {
  core: [],
  protocol: ['core'],
  providers: ['core'],
  interop: ['core'],
  host: ['core', 'protocol', 'providers', 'interop'],
  webview: ['core', 'protocol'],
  cli: ['core', 'providers', 'interop'],
};
/** The only homes of packages that shape a room. */
const homes = { vscode: ['host'], openai: ['providers'], marked: ['webview', 'core'], preact: ['webview'] };

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', '.vscode-test', 'media', 'test/fixtures/**', 'test/vscode/model-extension'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // the DOM and wire data are narrowed where they enter; beyond that the type checker decides
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a thing has one name everywhere.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from where the thing lives.' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  ...rooms.map((room) => ({
    files: [`src/${room}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: Object.entries(homes)
            .filter(([, where]) => !where.includes(room))
            .map(([name]) => ({ name, message: `${name} lives in ${homes[name].join(', ')} only.` })),
          patterns: [
            {
              group: rooms.filter((other) => other !== room && !mayUse[room].includes(other)).map((other) => `**/${other}/**`),
              message: 'Against the one-way rule (src/README.md).',
            },
            ...Object.entries(homes)
              .filter(([, where]) => !where.includes(room))
              .map(([name]) => ({ group: [`${name}/*`], message: `${name} lives in ${homes[name].join(', ')} only.` })),
          ],
        },
      ],
    },
  })),
  {
    files: ['test/**'],
    rules: {
      // node:test returns promises that nobody needs to await; tests look into what they know to be there
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        setImmediate: 'readonly',
      },
    },
  },
);
