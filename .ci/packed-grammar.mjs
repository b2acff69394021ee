// The parser's grammar is 250 kB of JSON that says the same over and over. In a bundle it is deflated to an eighth of that,
// and inflated in a few milliseconds when the parser is built.
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';

const CALL = /loadGrammarFromJson\(('(?:[^'\\]|\\.)*')\)/;

/** Packs the grammar where a bundle takes it in. */
export const packedGrammar = {
  name: 'packed-grammar',
  setup(build) {
    build.onLoad({ filter: /language[\\/]dist[\\/]generated[\\/]grammar\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const [call, literal] = CALL.exec(text) ?? [];
      if (call === undefined) throw new Error(`${path} does not load a grammar in the way that is packed`);
      // A string literal of our own generated code.
      const json = new Function(`return ${literal}`)();
      const packed = deflateRawSync(json, { level: 9 }).toString('base64');
      const unpacked = `strFromU8(inflateSync(Uint8Array.from(atob('${packed}'), (each) => each.charCodeAt(0))))`;
      return {
        contents: `import { inflateSync, strFromU8 } from 'fflate';\n${text.replace(call, () => `loadGrammarFromJson(${unpacked})`)}`,
        loader: 'js',
      };
    });
  },
};
