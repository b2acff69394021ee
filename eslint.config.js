import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const wholeZod = {
  selector: "ImportDeclaration[source.value='zod'] ImportSpecifier",
  message:
    "Write `import * as z from 'zod'`: the object `z` brings zod's messages in fifty languages into every bundle.",
};
const noDefaultExport = {
  selector: ":matches(ExportDefaultDeclaration, ExportSpecifier[exported.name='default'])",
  message: 'Export by name, so that a thing is called the same everywhere.',
};

export default defineConfig(
  {
    ignores: [
      '**/dist/',
      '**/generated/',
      '**/node_modules/',
      'out/',
      'coverage/',
      '**/fixtures/',
      'examples/',
      'language/',
      // AssemblyScript
      '**/*.wasm.ts',
    ],
  },
  {
    files: ['packages/*/{src,test,bench,engine}/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.test.json'], tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', noDefaultExport, wholeZod],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A string is spread on purpose: by code points.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // Interfaces and type aliases both have their place; a one-line callback may return what its call returns.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A namespace of pure functions is a module here, but Langium's services are classes without state.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/class-methods-use-this': 'off',
    },
  },
  {
    // What a parser recovers from lacks what its type promises, so a check for it is not idle.
    files: ['packages/language/src/**/*.ts'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    // Indices into typed arrays are right by construction, and a check for each would cost what the arrays save.
    files: ['packages/{simulation,staffing,interchange}/{src,engine}/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // Also read by AssemblyScript, which has no `import type`, no `??` and no `?.`, and wants types where it cannot guess them.
    files: ['packages/simulation/engine/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-confusing-non-null-assertion': 'off',
      '@typescript-eslint/no-inferrable-types': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      '@typescript-eslint/prefer-optional-chain': 'off',
    },
  },
  {
    files: ['packages/*/{test,bench}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
);
