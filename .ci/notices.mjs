// Lists every package that reaches a user, with its licence, in THIRD_PARTY_NOTICES.md.
//
//   node .ci/notices.mjs            writes the file
//   node .ci/notices.mjs --check    fails where the file is out of date
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);
const NOTICES = new URL('THIRD_PARTY_NOTICES.md', ROOT);

const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BlueOak-1.0.0',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'OFL-1.1',
  'EPL-2.0',
  'MPL-2.0',
  'EPL-2.0 OR GPL-3.0-or-later',
  'MIT AND OFL-1.1',
]);

/** Packages that name no licence in their description; read off the licence text that they carry. */
const READ_FROM_TEXT = new Map([['png-js', 'MIT']]);

const LICENCE_FILE = /^(licen[cs]e|copying)([.-].*)?$/i;

function shipped() {
  const lock = JSON.parse(readFileSync(new URL('package-lock.json', ROOT), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.dev && !entry.devOptional)
    .filter(([, entry]) => !entry.optional) // native parts for one platform each, which are not in the bundle
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const licence = entry.license ?? READ_FROM_TEXT.get(name) ?? 'unknown';
      return { name, version: entry.version, licence, directory: new URL(`${path}/`, ROOT) };
    })
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function textOf({ directory }) {
  if (!existsSync(directory)) throw new Error(`${directory.pathname} is missing: run \`npm ci\` first`);
  const file = readdirSync(directory)
    .sort()
    .find((name) => LICENCE_FILE.test(name));
  if (file === undefined) return 'The package carries no licence text of its own.';
  const text = readFileSync(new URL(file, directory), 'utf8');
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

function page(packages) {
  const lines = [
    '# Third-party notices',
    '',
    'Pathway is under the Apache License 2.0. What follows are the packages it uses when it runs, each under its own',
    'licence. Tools that only build and test Pathway are not listed. Made by `npm run notices`; do not edit.',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
  ];
  const byText = new Map();
  for (const one of packages) {
    const text = textOf(one);
    byText.set(text, [...(byText.get(text) ?? []), one]);
  }
  for (const [text, users] of byText) {
    lines.push(
      '',
      `## ${users.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
      '',
      '```text',
      text,
      '```',
    );
  }
  return `${lines.join('\n')}\n`;
}

const packages = shipped();
const refused = packages.filter(({ licence }) => !ALLOWED.has(licence));
for (const { name, licence } of refused)
  console.error(`${name} is under ${licence}, which .ci/notices.mjs does not allow`);
const wanted = page(packages);
if (process.argv.includes('--check')) {
  const found = existsSync(NOTICES) ? readFileSync(NOTICES, 'utf8').replace(/\r\n/g, '\n') : '';
  if (found !== wanted) console.error('THIRD_PARTY_NOTICES.md is out of date: run `npm run notices`');
  if (found !== wanted || refused.length > 0) process.exitCode = 1;
} else {
  writeFileSync(NOTICES, wanted);
  if (refused.length > 0) process.exitCode = 1;
}
