// What an editor waits for in a project of 100,000 lines, beside a check of everything from nothing: the ratios travel
// between machines, and are printed as a table with what may be. Needs a build; run it on a machine that does nothing else.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { completionAt, EditorProject } from '../packages/language/dist/editor/index.js';

const LINES = 100_000;
const [LEAF, SHARED] = ['ward-00300.pathway', 'shared.pathway'];
const BUNDLES = new URL('../packages/language-server/dist/bundle/', import.meta.url);
/** How often a figure is taken; the middle one counts. */
const TIMES = 9;

const { generateWorkspace, totalLines } = await workspaceModule();
const files = new Map(generateWorkspace(LINES));
const lines = totalLines(files);
const entries = [...files.keys()];
const reader = { read: (path) => Promise.resolve(files.get(path)) };
let edits = 0;

/** The generator of the other benchmarks, which is TypeScript. */
async function workspaceModule() {
  const source = readFileSync(new URL('../packages/language/bench/workspace.ts', import.meta.url), 'utf8');
  const { code } = await transform(source, { loader: 'ts' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** CPU milliseconds that something takes, those of the collector of garbage included. */
async function cost(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  // What is only kept for the turn is let go.
  await new Promise((resolve) => setTimeout(resolve, 5));
  return (user + system) / 1000;
}

function middle(figures) {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
}

async function usual(work, times = TIMES) {
  const costs = [];
  for (let count = 0; count < times; count++) costs.push(await cost(work));
  return middle(costs);
}

async function heap() {
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (let count = 0; count < 4; count++) globalThis.gc();
  return process.memoryUsage().heapUsed / 1e6;
}

async function checked(project) {
  const result = await project.check(entries, reader);
  if (result?.model === undefined) throw new Error('The generated project has errors.');
}

/** Changes one number of a file, to another one every time. */
function edit(project, file, before, after) {
  const text = files.get(file) ?? '';
  if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
  project.setText(file, text.replace(before, after(++edits)));
}

function complete(project) {
  const all = (project.file(LEAF)?.text ?? '').split('\n');
  const line = all.findIndex((each) => each.includes('by 1 Role'));
  const { items } = completionAt(project, LEAF, { line, character: all[line].indexOf('Role') });
  if (items.length === 0) throw new Error('nothing to complete');
}

/** Milliseconds from the start of the bundled server to the first findings of a file that is opened in a folder. */
async function startUp(folder) {
  const began = performance.now();
  const server = spawn(process.execPath, [fileURLToPath(new URL('server.mjs', BUNDLES)), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const send = (message) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const uri = pathToFileURL(folder).href;
  const workspaceFolders = [{ uri, name: 'project' }];
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: uri, capabilities: {}, workspaceFolders } });
  let told = '';
  for await (const chunk of server.stdout) {
    told += chunk;
    if (told.includes('"id":1,') && !told.includes('opened')) {
      told += 'opened';
      send({ method: 'initialized', params: {} });
      const text = `${files.get(LEAF)}\nstep\n`;
      const textDocument = { uri: `${uri}/${LEAF}`, languageId: 'pathway', version: 1, text };
      send({ method: 'textDocument/didOpen', params: { textDocument } });
    }
    if (told.includes('publishDiagnostics')) break;
  }
  server.kill();
  return performance.now() - began;
}

function written(folder, names) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'pathway.config.json'), '{}\n');
  for (const name of names) writeFileSync(join(folder, name), files.get(name));
  return folder;
}

const before = await heap();
let project = new EditorProject((file) => file);
await checked(project);
const megabytes = (await heap()) - before;

const wholes = [];
for (let count = 0; count < 3; count++) wholes.push(await cost(() => checked(new EditorProject((file) => file))));
const whole = Math.min(...wholes);
const first = await cost(() => {
  complete(project);
});
const rows = [];
const row = (what, value, limit) => rows.push([what, value, limit]);
const share = (milliseconds) => `${((100 * milliseconds) / whole).toFixed(1)} %`;
const afterEdit = (file, from, to) =>
  usual(async () => {
    edit(project, file, from, to);
    await checked(project);
  });
row('Check of everything from nothing', `${(whole / 1000).toFixed(1)} s of CPU time`, '');
row(
  'Edit in a file that nobody imports',
  share(await afterEdit(LEAF, 'mean 4.6 d', (n) => `mean ${4 + n / 100} d`)),
  '10 %',
);
row(
  'Edit of a role in the file that all import',
  share(await afterEdit(SHARED, 'cost 25 GBP/h', (n) => `cost ${25 + n} GBP/h`)),
  '10 %',
);
row('Edit of who is on duty there', share(await afterEdit(SHARED, 'on duty 3', (n) => `on duty ${3 + n}`)), '10 %');
row('Completion, the first of all', share(first), '3 %');
row(
  'Completion after an edit',
  share(
    await usual(() => {
      edit(project, LEAF, 'mean 4.6 d', (n) => `mean ${4 + n / 100} d`);
      complete(project);
    }),
  ),
  '3 %',
);
row('Completion, repeated', share(await usual(() => complete(project))), '3 %');
row(
  'First findings of an opened file, in a server that runs',
  share(
    await usual(async () => {
      const fresh = new EditorProject((file) => file);
      await fresh.open(LEAF, reader);
      fresh.checkFile(LEAF);
    }),
  ),
  '',
);
project = undefined;
const temporary = mkdtempSync(join(tmpdir(), 'editor-figures-'));
try {
  const large = written(join(temporary, 'large'), entries);
  const small = written(join(temporary, 'small'), [SHARED, LEAF]);
  const starts = { large: [], small: [] };
  for (let count = 0; count < 5; count++) {
    starts.large.push(await startUp(large));
    starts.small.push(await startUp(small));
  }
  const [inLarge, inSmall] = [middle(starts.large), middle(starts.small)];
  row('From the start of the server to the first findings of an opened file', `${(inLarge / 1000).toFixed(2)} s`, '');
  row('The same, beside that in a project of two files', `${(inLarge / inSmall).toFixed(2)} ×`, 'about 1');
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
row('Memory for 1,000 lines', `${(megabytes / (lines / 1000)).toFixed(2)} MB`, '2 MB');
for (const [what, bundle] of [
  ['Server on a machine', 'server.mjs'],
  ['Server in a browser', 'browser.js'],
])
  row(what, `${Math.round(statSync(new URL(bundle, BUNDLES)).size / 1000)} kB`, '900 kB');

console.log(`${lines.toLocaleString('en')} lines in ${entries.length} files\n`);
console.log('| | measured | at most |\n| --- | ---: | ---: |');
for (const [what, value, limit] of rows) console.log(`| ${what} | ${value} | ${limit} |`);
