// Imports every file of BPMN in a folder, and prints for each how many of its elements became part of the text, how many were
// left out, how many lines tell what could not be represented, what `pathway check` finds, whether the pathways come back
// with the same flow when they are exported and imported again, and how many go the ways of the file and no others: as it is
// (`same ways`), as it is when what the list tells is done to it (`as told`), or not even so, where the list tells of a way that it
// cannot say (`elsewhere`). Ways without a reason are shown; with `--faults`, those with one, too.
//
//   npm run build && node packages/interchange/bench/bpmn-corpus.mjs FOLDER
//
// The reference models of the BPMN Model Interchange Working Group (CC BY 3.0) are a good folder: `Reference` of
// https://github.com/bpmn-miwg/bpmn-miwg-test-suite. Ends with status 1 where a file is not imported, its text has an error, the
// count of elements is not that of the file, a pathway does not come back, or goes other ways without a reason.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { bpmnFile } from '../../compiler/dist/index.js';
import { compile, formatText } from '../../language/dist/index.js';
import { bpmnDocument, FileError, importBpmn } from '../dist/index.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { faults: { type: 'boolean' } } });
const [folder] = positionals;
if (folder === undefined) throw new Error('Name a folder with files of BPMN.');

/** What the same flow and the same ways are, as the tests have it. */
const cache = fileURLToPath(new URL('../../../node_modules/.cache/pathway/', import.meta.url));
mkdirSync(cache, { recursive: true });
const ofTests = async (name) => {
  const outfile = join(cache, `${name}.mjs`);
  const source = fileURLToPath(new URL(`../../compiler/test/bpmn/${name}.ts`, import.meta.url));
  await build({ entryPoints: [source], outfile, bundle: true, format: 'esm', packages: 'external' });
  return import(pathToFileURL(outfile).href);
};
const { flowShape } = await ofTests('flow-shape');
const { compareWays } = await ofTests('ways');

const files = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.bpmn'))
  .sort();

/** Elements of BPMN as tags say it, each in the namespace that its prefix has there, counted without the reader that is on trial. */
function tagsIn(text) {
  const bare = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, '');
  const scopes = [new Map()];
  let count = 0;
  for (const [, closes, prefix, attributes, isEmpty] of bare.matchAll(
    /<(\/?)(?:([\w.-]+):)?[\w.-]+((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g,
  )) {
    if (closes === '/') {
      scopes.pop();
      continue;
    }
    const scope = new Map(scopes.at(-1));
    for (const [, declared = '', one, other] of attributes.matchAll(
      /\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
    ))
      scope.set(declared, one ?? other);
    if (scope.get(prefix ?? '') === 'http://www.omg.org/spec/BPMN/20100524/MODEL') count++;
    if (isEmpty !== '/') scopes.push(scope);
  }
  return count - 1;
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

/** What the import says where a way cannot be said at all, so that the text goes on elsewhere. */
const ELSEWHERE =
  /it leaves one of several ways|it leads into a loop or a branch|goes on where others end|that may end before it|a way that nobody goes|ways lead to it, which is an event at/;

/** The lines of the file on which each process and sub-process stands, by its id: what is told of other lines is told of others. */
function linesOfProcesses(text) {
  const blank = (part) => part.replace(/[^\n]/g, ' ');
  const bare = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, blank);
  const found = new Map();
  const open = [];
  let at = 0;
  let line = 1;
  for (const { index, 1: closes, 2: attributes, 3: isEmpty } of bare.matchAll(
    /<(\/?)(?:[\w.-]+:)?(?:process|subProcess|transaction|adHocSubProcess)\b((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g,
  )) {
    line += bare.slice(at, index).split('\n').length - 1;
    at = index;
    if (closes === '/') found.set(open.at(-1).id, { from: open.pop().line, to: line });
    else if (isEmpty !== '/') open.push({ id: /\sid\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? '', line });
  }
  return found;
}

/**
 * How many pathways go the ways of the file and no others, how many those that the import says it has given them, and how many
 * have a way that it says it cannot say; what is left has no reason.
 */
async function sameWays(file, model, xml, notSaid) {
  const found = { same: 0, asTold: 0, elsewhere: 0, without: 0, notCompared: 0 };
  const compare = (told) => compareWays(xml, () => Promise.resolve(model), 12, told);
  try {
    const plain = await compare(false);
    const differs = plain.some(({ lost, added }) => lost !== undefined || added !== undefined);
    const told = differs ? await compare(true) : plain;
    const places = linesOfProcesses(xml);
    const isSaidOf = (id) => {
      const { from, to } = places.get(id) ?? { from: 0, to: 0 };
      return notSaid.some((said) => {
        const line = Number(/^Line (\d+)/.exec(said)?.[1] ?? -1);
        return from <= line && line <= to && ELSEWHERE.test(said);
      });
    };
    plain.forEach(({ id, title, lost, added }, index) => {
      const isSame = lost === undefined && added === undefined;
      const { lost: missing, added: more } = told[index];
      const isTold = missing === undefined && more === undefined;
      const kind = isSame ? 'same' : isTold ? 'asTold' : isSaidOf(id) ? 'elsewhere' : 'without';
      found[kind]++;
      if (kind !== 'without' && !(values.faults && kind === 'elsewhere')) return;
      if (missing !== undefined)
        console.error(`${file}: ${title}: the file alone has ${missing.join(' > ')} (${kind})`);
      if (more !== undefined) console.error(`${file}: ${title}: the text alone has ${more.join(' > ')} (${kind})`);
    });
  } catch (error) {
    // A file that the other reader takes for other processes has nothing to compare.
    console.error(`${file}: its ways cannot be compared: ${error.message}`);
    found.notCompared = model.pathways.length;
  }
  return found;
}

console.log(
  '| file | elements | in the text | left out | lines | errors | findings | round trip | same ways | as told | elsewhere | without reason | ms |',
);
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const sums = {
  files: 0,
  refused: 0,
  elements: 0,
  leftOut: 0,
  errors: 0,
  pathways: 0,
  same: 0,
  ways: 0,
  asTold: 0,
  elsewhere: 0,
  without: 0,
  notCompared: 0,
  wrongCounts: 0,
};
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
    const ways =
      model === undefined
        ? { same: 0, asTold: 0, elsewhere: 0, without: 0, notCompared: 0 }
        : await sameWays(file, model, bytes.toString('utf8'), notSaid);
    if (!/encoding=["'](?!utf-8)/i.test(bytes.subarray(0, 200)) && tagsIn(bytes.toString('utf8')) !== elements) {
      sums.wrongCounts++;
      console.error(`${file}: ${elements} elements were read of ${tagsIn(bytes.toString('utf8'))}`);
    }
    sums.elements += elements;
    sums.leftOut += leftOut;
    sums.errors += errors.length;
    sums.pathways += pathways;
    sums.same += same;
    sums.ways += ways.same;
    for (const kind of ['asTold', 'elsewhere', 'without', 'notCompared']) sums[kind] += ways[kind];
    console.log(
      `| ${file} | ${elements} | ${elements - leftOut} | ${leftOut} | ${notSaid.length} | ${errors.length} | ${diagnostics.length - errors.length} | ${same} of ${pathways} | ${ways.same} of ${pathways} | ${ways.asTold} | ${ways.elsewhere} | ${ways.without} | ${took.toFixed(0)} |`,
    );
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    sums.refused++;
    console.log(`| ${error.describe(file)} | | | | | | | | | |`);
  }
}
console.log(
  `\n${sums.files} files, ${sums.refused} refused; ${sums.elements} elements, ${sums.leftOut} left out and told; ${sums.errors} errors; ${sums.same} of ${sums.pathways} pathways come back, ${sums.ways} go the same ways, ${sums.asTold} those that are told, ${sums.elsewhere} have a way that is told to be lost, ${sums.without} differ without a reason, ${sums.notCompared} are not compared; ${sums.wrongCounts} counts are wrong`,
);
if (sums.refused + sums.errors + sums.wrongCounts + sums.without > 0 || sums.same < sums.pathways) process.exitCode = 1;
