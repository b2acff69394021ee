// What keeps the bundles of the language server small: data that says the same over and over is deflated, and what is
// provably not used is left out. Nothing is renamed or rewritten that the rest of the code could see.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';

/** JavaScript that gives a text back in a few milliseconds, to an eighth of its size. */
function packed(text) {
  const base64 = deflateRawSync(text, { level: 9 }).toString('base64');
  return `strFromU8(inflateSync(Uint8Array.from(atob('${base64}'), (each) => each.charCodeAt(0))))`;
}
const UNPACK = "import { inflateSync, strFromU8 } from 'fflate';\n";

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

/** The parser's grammar: 250 kB of JSON. */
const grammar = changing('packed-grammar', /language[\\/]dist[\\/]generated[\\/]grammar\.js$/, (text, path) =>
  replaced(
    UNPACK + text,
    /loadGrammar\(('(?:[^'\\]|\\.)*')\)/,
    // A string literal of our own generated code.
    (_, literal) => `loadGrammar(${packed(new Function(`return ${literal}`)())})`,
    path,
  ),
);

/** What types of nodes there are, with their properties: the table is JSON, and the names of types stand in it. */
const reflection = changing(
  'packed-reflection',
  /(language[\\/]dist|langium[\\/]lib[\\/]languages)[\\/]generated[\\/]ast\.js$/,
  async (text, path) => {
    const module = await import(pathToFileURL(path).href);
    const json = JSON.stringify(module.reflection.types);
    const table = /((?:this\.)?types = )\{[\s\S]*?\n( {4}| {8})\};\n/;
    const short = replaced(UNPACK + text, table, (_, left) => `${left}JSON.parse(${packed(json)});\n`, path);
    return short.replace(/reflection\.isInstance\(item, (\w+)\.\$type\)/g, (_, type) => {
      if (module[type].$type !== type) throw new Error(`${type} has another name in ${path}`);
      return `reflection.isInstance(item, '${type}')`;
    });
  },
);

/** The protocol's types are namespaces of helpers, each made by a function that bundlers must take for one with effects. */
const namespaces = changing('pure-namespaces', /vscode-languageserver-types[\\/]lib[\\/]esm[\\/]main\.js$/, (text) =>
  text.replace(
    /^export var (\w+);\n((?:\/\*\*[\s\S]*?\*\/\n)?)\(function \(\1\) \{\n([\s\S]*?)\n\}\)\(\1 \|\| \(\1 = \{\}\)\);/gm,
    (_, name, comment, body) => `${comment}export var ${name} = /* @__PURE__ */ (function (${name}) {\n${body}\nreturn ${name};\n})({});`,
  ),
);

/**
 * Options that the bundles of the server have in common. Langium takes the token of cancellation from the whole of the
 * protocol, which has it from JSON-RPC.
 */
export const lean = {
  alias: { 'vscode-languageserver-protocol': 'vscode-jsonrpc' },
  plugins: [grammar, reflection, namespaces],
};
