// What keeps the bundles of the language server small: data that says the same over and over is deflated, and what is
// provably not used is left out. Nothing is renamed or rewritten that the rest of the code could see.
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { longNodes, shortNodes } from './lean/nodes.mjs';
import { longTypes, shortTypes } from './lean/types.mjs';
import { digits } from './lean/unpack.mjs';

/** Files that take the place of others, or are added. */
function own(name) {
  return fileURLToPath(new URL(`lean/${name}`, import.meta.url));
}

/** JavaScript that gives a text back, in an eighth of its size. */
function packed(text) {
  return `unpack('${digits(deflateRawSync(text, { level: 9 }))}')`;
}
const UNPACK = `import { unpack } from ${JSON.stringify(own('unpack.mjs'))};\n`;

/** A text that the bundle reads back as the same value, which is looked at here. */
function shortened(value, short, long) {
  const text = short(value);
  if (!isDeepStrictEqual(long(text), value)) throw new Error(`${short.name} loses something`);
  return text;
}

/** Replaces what must be there. */
function replaced(text, part, by, path) {
  if (!part.test(text)) throw new Error(`${path} is not written in the way that is packed`);
  return text.replace(part, by);
}

/** Changes files that match, each by a function from its text to the new one. */
function changing(name, filter, change) {
  return {
    name,
    setup(build) {
      build.onLoad({ filter }, async ({ path }) => {
        const contents = await change(await readFile(path, 'utf8'), path);
        return { contents, loader: 'js' };
      });
    },
  };
}

/** The parser's grammar: 300 kB of JSON. */
const grammar = changing('packed-grammar', /language[\\/]dist[\\/]generated[\\/]grammar\.js$/, (text, path) => {
  const linked = replaced(text, /import \{ loadGrammar \}/, 'import { linkGrammar }', path);
  const imported = `import { longNodes } from ${JSON.stringify(own('nodes.mjs'))};\n`;
  return replaced(
    UNPACK + imported + linked,
    /loadGrammar\(('(?:[^'\\]|\\.)*')\)/,
    // A string literal of our own generated code.
    (_, literal) => {
      const tree = JSON.parse(new Function(`return ${literal}`)());
      return `linkGrammar(longNodes(${packed(shortened(tree, shortNodes, longNodes))}))`;
    },
    path,
  );
});

/** What types of nodes there are, with their properties: a table, in which the names of types stand. */
const reflection = changing(
  'packed-reflection',
  /(language[\\/]dist|langium[\\/]lib[\\/]languages)[\\/]generated[\\/]ast\.js$/,
  async (text, path) => {
    const module = await import(pathToFileURL(path).href);
    const lines = packed(shortened(module.reflection.types, shortTypes, longTypes));
    const table = /((?:this\.)?types = )\{[\s\S]*?\n( {4}| {8})\};\n/;
    const imported = `import { longTypes } from ${JSON.stringify(own('types.mjs'))};\n`;
    const short = replaced(UNPACK + imported + text, table, (_, left) => `${left}longTypes(${lines});\n`, path);
    const guards = short.replace(
      /export function (is\w+)\(item\) \{\s*return reflection\.isInstance\(item, (\w+)\.\$type\);\s*\}/g,
      (_, name, type) => {
        if (module[type].$type !== type) throw new Error(`${type} has another name in ${path}`);
        return `export const ${name} = /* @__PURE__ */ isOf('${type}');`;
      },
    );
    return `${guards}\nfunction isOf(type) { return (item) => reflection.isInstance(item, type); }\n`;
  },
);

/** The protocol's types are namespaces of helpers, each made by a function that bundlers must take for one with effects. */
const namespaces = changing('pure-namespaces', /vscode-languageserver-types[\\/]lib[\\/]esm[\\/]main\.js$/, (text) =>
  text.replace(
    /^export var (\w+);\n((?:\/\*\*[\s\S]*?\*\/\n)?)\(function \(\1\) \{\n([\s\S]*?)\n\}\)\(\1 \|\| \(\1 = \{\}\)\);/gm,
    (_, name, comment, body) =>
      `${comment}export var ${name} = /* @__PURE__ */ (function (${name}) {\n${body}\nreturn ${name};\n})({});`,
  ),
);

/** An editor shows titles as they are declared: those of the library in other languages stand at the end of its texts. */
function withoutTitles(text) {
  return typeof text === 'string' ? text.replace(/^title [\w.]+ \{\n(?: {2}[a-z]{2} "[^"]*"\n)+\}\n+/gm, '') : text;
}

/** Texts that are made at build time and are read seldom. */
const texts = changing(
  'packed-texts',
  /language[\\/]dist[\\/](library|editor)[\\/]generated[\\/]\w+\.js$/,
  async (_, path) => {
    const module = await import(pathToFileURL(path).href);
    const [[name, value], ...others] = Object.entries(module);
    if (others.length > 0) throw new Error(`${path} exports more than one table`);
    const isMap = value instanceof Map;
    const entries = isMap ? [...value].map(([key, text]) => [key, withoutTitles(text)]) : value;
    const json = `JSON.parse(${packed(JSON.stringify(entries))})`;
    return `${UNPACK}export const ${name} = /* @__PURE__ */ ${isMap ? `new Map(${json})` : `(() => ${json})()`};`;
  },
);

/** Each function of lodash is a file of its own, which needs the rest of it for what nobody gives to it here. */
const lodash = {
  name: 'little-lodash',
  setup(build) {
    build.onResolve({ filter: /^lodash-es\/\w+\.js$/ }, ({ path }) => ({ path, namespace: 'little-lodash' }));
    build.onLoad({ filter: /.*/, namespace: 'little-lodash' }, ({ path }) => {
      const name = /(\w+)\.js$/.exec(path)[1];
      return {
        contents: `export { ${name} as default } from ${JSON.stringify(own('lodash.mjs'))};`,
        resolveDir: own(''),
      };
    });
  },
};

/** What the catalogue of diagnostics tells `pathway explain` and its pages. A bundle that asked for it could not be built. */
const catalogue = changing(
  'catalogue-of-messages',
  /model[\\/]dist[\\/]diagnostics[\\/]\w+(-\w+)?\.js$/,
  (text, path) => {
    if (path.endsWith('catalogue.js'))
      return replaced(text, /export function explainDiagnostic\(/, 'function explainDiagnostic(', path);
    const kept = text.replace(
      /^ {8}(explanation|hint):\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`),\n/gm,
      '',
    );
    if (/^ {8}explanation:/m.test(kept)) throw new Error(`${path} explains in a way that is not left out`);
    return kept;
  },
);

/**
 * What the parser's library looks over before it uses a grammar. The grammar and its tokens are checked when the parser is
 * generated, and the services ask for no checks (`skipValidations`).
 */
const unchecked = [
  changing('unchecked-grammar', /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]grammar[\\/]checks\.js$/, (text) =>
    withoutBodies(text, /.*/),
  ),
  changing('unchecked-tokens', /chevrotain[\\/]lib[\\/]src[\\/]scan[\\/]lexer\.js$/, (text) =>
    withoutBodies(text, /^(validatePatterns|perform\w*RuntimeChecks)$/),
  ),
  changing('no-visitors', /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]cst[\\/]cst_visitor\.js$/, (text) =>
    withoutBodies(text, /^create/),
  ),
  // Langium's parsers call rules by numbers that they give, and look ahead with a strategy of their own.
  changing(
    'numbered-rules',
    /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]parser[\\/]traits[\\/]recognizer_api\.js$/,
    (text) =>
      withoutMethods(
        text,
        /^((SUBRULE|OPTION|OR|MANY|MANY_SEP|AT_LEAST_ONE|AT_LEAST_ONE_SEP)\d?|CONSUME\d|OVERRIDE_RULE|BACKTRACK|getSerializedGastProductions)$/,
      ),
  ),
  changing(
    'numbered-records',
    /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]parser[\\/]traits[\\/]gast_recorder\.js$/,
    recordsByNumber,
  ),
  changing(
    'no-separators',
    /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]parser[\\/]traits[\\/]recognizer_engine\.js$/,
    (text) => withoutMethods(text, /^(manySep\w+|atLeastOneSep\w+|repetitionSepSecondInternal)$/),
  ),
  changing('one-lookahead', /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]grammar[\\/]llk_lookahead\.js$/, (text) =>
    withoutMethods(text, /^(validate\w*|buildLookahead\w+)$/),
  ),
  changing(
    'no-trees',
    /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]parser[\\/]traits[\\/]tree_builder\.js$/,
    withoutTrees,
  ),
  // What one token decides is found by our own sets of tokens (`parser/choices.ts`), which leave the rest to the strategy.
  changing('no-first-tokens', /chevrotain-allstar[\\/]lib[\\/]all-star-lookahead\.js$/, (text, path) =>
    replaced(
      text.replace(/^function (firstSet|optionalHasFollowConflict)\([\s\S]*?\n\}\n/gm, ''),
      /!optionalHasFollowConflict\([^()]*\)/,
      'false',
      path,
    ),
  ),
  // Tokens are taken from all rules, by our own builder of tokens.
  changing('own-tokens', /langium[\\/]lib[\\/]parser[\\/]token-builder\.js$/, (text) =>
    withoutMethods(text, /^(buildTokens|buildTerminalTokens|buildKeywordTokens|findLongerAlt)$/),
  ),
  changing('chosen-options', /csv-parse[\\/]lib[\\/]api[\\/]normalize_options\.js$/, chosenOptions),
  changing('no-words-on-grammars', /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]errors_public\.js$/, (text, path) =>
    replaced(text, /(defaultGrammarValidatorErrorProvider = )\{[\s\S]*?\n\};/, '$1{};', path),
  ),
  // The polyfill's own arithmetic is used wherever the server runs.
  changing(
    'one-calendar',
    /temporal-polyfill[\\/]chunks[\\/]root\.js$/,
    () => 'export const NativeTemporal = undefined;',
  ),
];

/**
 * The options of the reader of data files are written in our own code: what the reader makes of each set of them is worked
 * out here, by the reader itself.
 */
async function chosenOptions(_, path) {
  const { normalize_options: completed } = await import(pathToFileURL(path).href);
  const ours = await readFile(new URL('../packages/language/dist/workspace/csv.js', import.meta.url), 'utf8');
  // Literals of our own code.
  const sets = [...ours.matchAll(/\bparse\(text, (\{[^{}]*\})\)/g)].map(([, literal]) =>
    new Function(`return ${literal}`)(),
  );
  if (sets.length === 0) throw new Error('csv.ts asks for its tables in a way that is not known');
  const bytes = (_key, value) => (value?.type === 'Buffer' ? { bytes: String.fromCharCode(...value.data) } : value);
  const table = Object.fromEntries(sets.map((each) => [JSON.stringify(each), JSON.stringify(completed(each), bytes)]));
  return `const table = ${JSON.stringify(table)};
const bytes = (_key, value) => (typeof value?.bytes === 'string' ? Buffer.from(value.bytes) : value);
export function normalize_options(chosen) { return JSON.parse(table[JSON.stringify(chosen)], bytes); }
`;
}

/** What writes down the rules of a grammar, without the methods that nobody calls in them: those for each number, and two of their kinds. */
function recordsByNumber(text, path) {
  const calls = /^ {12}for \(let i = 0; i < 10; i\+\+\) \{\n[\s\S]*?\n {12}\}\n/gm;
  if (text.match(calls)?.length !== 2) throw new Error(`${path} names its methods in a way that is not known`);
  const short = replaced(text.replace(calls, ''), /^.* = this\.BACKTRACK_RECORD;\n/m, '', path);
  return withoutMethods(short, /^(manySep\w+|atLeastOneSep\w+|BACKTRACK_RECORD)$/);
}

/** Langium builds trees of its own (`EmbeddedActionsParser`): the parser's library builds none beside it, and says so if it were asked. */
function withoutTrees(text, path) {
  const asked = /^ {8}else \{\n {12}if \(\/full[\s\S]*?\n {8}\}\n/m;
  const short = replaced(text, asked, "        else throw Error('This parser builds no trees.');\n", path);
  return withoutMethods(short, /^(setInitialNodeLocation\w+|cst(Post|Invocation|Finally)\w+|getBaseCst\w+)$/);
}

/** What addresses are made of, without the functions on paths that nothing in the file calls and it does not give away. */
const addresses = changing('fewer-paths', /vscode-uri[\\/]lib[\\/]esm[\\/]index\.mjs$/, (text, path) => {
  let short = replaced(text, /isAbsolute:function\(t\)\{.*?\},(?=join:)/, '', path);
  short = replaced(short, /relative:function\(t,r\)\{.*?\},(?=dirname:)/, '', path);
  short = replaced(short, /format:function\(t\)\{.*?\},(?=sep:)/, '', path);
  if (/\.(isAbsolute|relative|_makeLong|format)\(|[Px]\.parse\(/.test(short))
    throw new Error(`${path} calls what is left out`);
  return short;
});

/** Functions that find nothing to say, in place of those whose names match. */
function withoutBodies(text, names) {
  let count = 0;
  const short = text.replace(/^export function (\w+)\([\s\S]*?\n\}\n/gm, (all, name) => {
    if (!names.test(name)) return all;
    count++;
    return `export function ${name}() { return []; }\n`;
  });
  if (count === 0) throw new Error('there are no functions to leave out');
  return short;
}

/** Classes without those of their methods whose names match, which nobody calls. */
function withoutMethods(text, names) {
  let count = 0;
  const short = text.replace(/^ {4}(\w+)\([^\n]*\) \{\n[\s\S]*?\n {4}\}\n/gm, (all, name) => {
    if (!names.test(name)) return all;
    count++;
    return '';
  });
  if (count === 0) throw new Error('there are no methods to leave out');
  return short;
}

/**
 * Options that the bundles of the server have in common. Langium takes the token of cancellation from the whole of the
 * protocol; the CSV reader for browsers brings a replica of Node's buffers.
 */
export const lean = {
  charset: 'utf8',
  alias: {
    'vscode-languageserver-protocol': own('protocol.mjs'),
    'csv-parse/browser/esm/sync': 'csv-parse/sync',
  },
  plugins: [grammar, reflection, namespaces, texts, lodash, catalogue, addresses, ...unchecked],
};

/** What a server on a machine loads when a project has such a thing: bundles of their own, beside its own. */
export const ON_DEMAND = [
  { file: 'csv.mjs', asked: /[\\/]csv\.js$/, entry: 'packages/language/dist/workspace/csv.js' },
  { file: 'globs.mjs', asked: /^tinyglobby$/, entry: 'node_modules/tinyglobby/dist/index.mjs' },
];

/** Loads those at run time. */
export const onDemand = {
  name: 'on-demand',
  setup(build) {
    for (const { file, asked } of ON_DEMAND)
      build.onResolve({ filter: asked }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: `./${file}`, external: true } : undefined,
      );
  },
};

/** What the bundle for a browser needs in addition. */
export const leanBrowser = { inject: [own('buffer.mjs')] };
