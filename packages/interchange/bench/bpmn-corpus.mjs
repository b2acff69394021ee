// Imports every file of BPMN in a folder, and prints for each how many of its elements became part of the text, how many were
// left out, how many lines tell what could not be represented, what `pathway check` finds, and whether the pathways come back
// with the same flow when they are exported and imported again.
//
//   npm run build && node packages/interchange/bench/bpmn-corpus.mjs FOLDER
//
// The reference models of the BPMN Model Interchange Working Group (CC BY 3.0) are a good folder: `Reference` of
// https://github.com/bpmn-miwg/bpmn-miwg-test-suite. Ends with status 1 where a file is not imported, its text has an error, the
// count of elements is not that of the file, or a pathway does not come back.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { transform } from 'esbuild';
import { bpmnFile } from '../../compiler/dist/index.js';
import { compile, formatText } from '../../language/dist/index.js';
import { bpmnDocument, FileError, importBpmn } from '../dist/index.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { faults: { type: 'boolean' } } });
const [folder] = positionals;
if (folder === undefined) throw new Error('Name a folder with files of BPMN.');

/** What the same flow is, as the tests have it. */
const shape = fileURLToPath(new URL('../../compiler/test/bpmn/flow-shape.ts', import.meta.url));
const { code } = await transform(readFileSync(shape, 'utf8'), { loader: 'ts', format: 'esm' });
const { flowShape } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const files = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.bpmn'))
  .sort();

/** Elements of BPMN as tags say it, counted without the reader that is on trial. */
function tagsIn(text) {
  const bare = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  const prefixes = [
    ...bare.matchAll(/xmlns(?::([\w.-]+))?\s*=\s*["']http:\/\/www\.omg\.org\/spec\/BPMN\/20100524\/MODEL["']/g),
  ].map(([, prefix]) => (prefix === undefined ? '' : `${prefix}:`));
  const tags = [...bare.matchAll(/<((?:[\w.-]+:)?)([\w.-]+)/g)];
  return tags.filter(([, prefix]) => prefixes.includes(prefix)).length - 1;
}

async function compiled(text) {
  const { model, diagnostics } = await compile(['imported.pathway'], {
    read: (path) => Promise.resolve(path === 'imported.pathway' ? text : undefined),
  });
  return { model, errors: diagnostics.filter(({ severity }) => severity === 'error'), diagnostics };
}

const shapeOf = (model, id) =>
  JSON.stringify(bpmnDocument(model, id).processes.map(({ process }) => flowShape(process)));

/** Pathways that come back with the same flow. */
async function roundTrip(model) {
  let same = 0;
  for (const { id } of model.pathways) {
    const { xml } = await bpmnFile(model, id);
    const result = formatText(importBpmn(xml).text);
    const again = 'formatted' in result ? await compiled(result.formatted) : {};
    if (again.model !== undefined && shapeOf(again.model, id) === shapeOf(model, id)) same++;
    else if (values.faults) console.error(`${id} does not come back:\n${result.formatted ?? ''}`);
  }
  return same;
}

console.log('| file | elements | in the text | left out | lines | errors | findings | round trip | ms |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const sums = { files: 0, refused: 0, elements: 0, leftOut: 0, errors: 0, pathways: 0, same: 0, wrongCounts: 0 };
for (const file of files) {
  const bytes = readFileSync(join(folder, file));
  sums.files++;
  const begin = performance.now();
  try {
    const { text, notSaid, elements, leftOut } = importBpmn(bytes);
    const took = performance.now() - begin;
    const result = formatText(text);
    const { model, errors, diagnostics } =
      'formatted' in result
        ? await compiled(result.formatted)
        : { model: undefined, errors: result.errors, diagnostics: [] };
    const pathways = model?.pathways.length ?? 0;
    const same = model === undefined ? 0 : await roundTrip(model);
    if (!/encoding=["'](?!utf-8)/i.test(bytes.subarray(0, 200)) && tagsIn(bytes.toString('utf8')) !== elements) {
      sums.wrongCounts++;
      console.error(`${file}: ${elements} elements were read of ${tagsIn(bytes.toString('utf8'))}`);
    }
    sums.elements += elements;
    sums.leftOut += leftOut;
    sums.errors += errors.length;
    sums.pathways += pathways;
    sums.same += same;
    console.log(
      `| ${file} | ${elements} | ${elements - leftOut} | ${leftOut} | ${notSaid.length} | ${errors.length} | ${diagnostics.length - errors.length} | ${same} of ${pathways} | ${took.toFixed(0)} |`,
    );
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    sums.refused++;
    console.log(`| ${error.describe(file)} | | | | | | | | |`);
  }
}
console.log(
  `\n${sums.files} files, ${sums.refused} refused; ${sums.elements} elements, ${sums.leftOut} left out and told; ${sums.errors} errors; ${sums.same} of ${sums.pathways} pathways come back; ${sums.wrongCounts} counts are wrong`,
);
if (sums.refused + sums.errors + sums.wrongCounts > 0 || sums.same < sums.pathways) process.exitCode = 1;
