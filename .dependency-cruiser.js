// The arrows of docs/architecture.md. What a package may import of ours is what stands here and nothing else.

const products = ['analysis', 'diagram', 'simulation', 'staffing', 'review', 'interchange'];
const beforeCompiler = ['model', 'language', 'report', ...products];
const faces = ['cli', 'language-server', 'vscode', 'playground'];

/** Package → the packages it may import at run time. */
const mayImport = {
  model: [],
  language: ['model', 'analysis'],
  ...Object.fromEntries(products.map((product) => [product, ['model']])),
  report: ['model'],
  compiler: beforeCompiler,
  ...Object.fromEntries(faces.map((face) => [face, [...beforeCompiler, 'compiler']])),
  // `pathway lsp` starts the server.
  cli: [...beforeCompiler, 'compiler', 'language-server'],
};

/** Package → what it may import besides, but types only. */
const mayImportTypesOf = {
  report: products,
  interchange: ['simulation'],
};

const oneOf = (names) => `(${names.join('|')})`;
const placeOf = (name) => `^packages/${name}/`;
const sourceOf = (name) => `^packages/${name}/(src|engine)/`;

const arrows = Object.entries(mayImport).map(([name, allowed]) => {
  const types = mayImportTypesOf[name] ?? [];
  return {
    name: `arrow-${name}`,
    comment: `${name} may import ${allowed.join(', ') || 'nothing of ours'}`,
    severity: 'error',
    from: { path: sourceOf(name) },
    to: { path: '^packages/', pathNot: `^packages/${oneOf([name, ...allowed, ...types])}/` },
  };
});

const typeArrows = Object.entries(mayImportTypesOf).map(([name, allowed]) => ({
  name: `types-only-${name}`,
  comment: `${name} may import only types of ${allowed.join(', ')}`,
  severity: 'error',
  from: { path: sourceOf(name) },
  to: { path: placeOf(oneOf(allowed)), dependencyTypesNot: ['type-only'] },
}));

const editorPackages = ['language', 'language-server', 'vscode'];
const withNode = ['cli', 'language-server', 'vscode'];

export default {
  forbidden: [
    ...arrows,
    ...typeArrows,
    {
      name: 'known-package',
      comment: 'A new package states in this file what it may import',
      severity: 'error',
      from: { path: '^packages/', pathNot: placeOf(oneOf(Object.keys(mayImport))) },
      to: {},
    },
    {
      name: 'through-the-front-door',
      comment: 'A package is imported by its name, never by a path into it',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: {
        path: '^packages/',
        pathNot: [
          '^packages/$1/',
          '^packages/[^/]+/src/index\\.ts$',
          '^packages/language/src/editor/index\\.ts$',
          '^packages/[^/]+/(test|bench)/',
        ],
      },
    },
    {
      name: 'builders-of-tests-for-tests',
      comment: 'What tests and benchmarks build is shared among them alone',
      severity: 'error',
      from: { path: '^packages/[^/]+/(src|engine)/' },
      to: { path: '^packages/[^/]+/(test|bench)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '/generated/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'langium-stays-in-the-language',
      comment: `Langium and vscode-* are imported by ${editorPackages.join(', ')} alone`,
      severity: 'error',
      from: { path: '^packages/', pathNot: placeOf(oneOf(editorPackages)) },
      to: { path: ['node_modules/langium', 'node_modules/vscode-', '^vscode'] },
    },
    {
      name: 'node-stays-in-the-host-and-the-faces',
      comment: 'Everything else runs in a browser as it is',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/(src|engine)/',
        pathNot: [sourceOf(oneOf(withNode)), '^packages/compiler/src/host/'],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'declared',
      comment: "An import stands in the package's own package.json",
      severity: 'error',
      from: { path: '^packages/[^/]+/(src|engine)/' },
      // The editor itself gives `vscode`; of it there are types alone.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], pathNot: 'node_modules/@types/vscode/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { pathNot: '/test/' },
      to: { couldNotResolve: true, pathNot: ['/generated/', '^vscode$'] },
    },
    {
      name: 'tests-stay-outside',
      comment: 'Sources do not import tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/(src|engine)/' },
      to: { path: '^packages/[^/]+/(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^packages/[^/]+/dist/', '^coverage/', '/fixtures/'] },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default', 'node'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts', '.json'],
    },
  },
};
