import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CATALOGUES, MESSAGES } from '../../report/test/catalogues.js';
import { runCli, temporaryFolder } from './run-cli.js';

/**
 * A project whose every title begins with `EN` and has one in Italian and in Polish; what else is English in a product made
 * for readers of these languages is ours.
 */
const FOLDER = fileURLToPath(new URL('./languages/', import.meta.url));
const LANGUAGES = ['it', 'pl'] as const;
type Read = (typeof LANGUAGES)[number];
const NOUN: Readonly<Record<Read, string>> = { it: 'Voce', pl: 'Pozycja' };

function project(): Record<string, string> {
  const files = Object.fromEntries(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));
  const names = Object.values(files).flatMap((text) => [...text.matchAll(/(\w+) "EN /g)].map(([, name = '']) => name));
  const imports = Object.keys(files).map((name) => `import "./${name}"\n`);
  const titles = names
    .filter((name) => name !== 'do')
    .map((name) => `title ${name} { ${LANGUAGES.map((tag) => `${tag} "${NOUN[tag]} ${name}"`).join(' ')} }\n`);
  return { ...files, 'titles.pathway': [...imports, ...titles].join('') };
}

const ALERT = `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a1</identifier><sender>m@example.org</sender>
<sent>2026-04-01T10:00:00+01:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info>
<category>Met</category><event>heat</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
<expires>2026-04-01T20:00:00+01:00</expires><area><areaDesc>EN region</areaDesc></area></info></alert>
`;
const VALUES = `time,occupancy(Letto)\n2026-04-01 08:00,80%\n2026-04-01 11:00,85%\n2026-04-01 12:00,x\n`;

/** What readers see or hear of a product, on one line. */
function readable(text: string, ending: string): string {
  const plain = (found: string): string =>
    found
      .replace(/&quot;/g, '"')
      .replace(/&(?:#39|apos);/g, '’')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&#xa;|&#10;|\\n/g, ' ')
      .replace(/&amp;/g, '&')
      .replace(/[\s\u00a0]+/g, ' ');
  switch (ending) {
    case 'svg':
    case 'html': {
      const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text)?.[1];
      const shown: unknown = data === undefined ? [] : JSON.parse(data);
      const said = textsOf(shown);
      const page = text.replace(/<(script|style)\b.*?<\/\1>/gs, ' ');
      const attributes = [...page.matchAll(/ (?:aria-label|title|alt)="([^"]*)"/g)].map(([, value = '']) => value);
      return plain([page.replace(/<[^>]*>/g, ' '), ...attributes, ...said].join(' '));
    }
    case 'drawio':
      return plain([...text.matchAll(/ (?:value|name)="([^"]*)"/g)].map(([, value = '']) => value).join(' '));
    case 'excalidraw':
      return plain([...text.matchAll(/"text": "([^"]*)"/g)].map(([, value = '']) => value).join(' '));
    case 'mmd':
    case 'dot':
      return plain([...text.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value).join(' '));
    default:
      return plain(text);
  }
}

const SHOWN: readonly string[] = ['title', 'details', 'label', 'text'];

/** Strings that a page's data shows. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]): string[] => {
    if (typeof member === 'string') return SHOWN.includes(name) ? [member] : [];
    if (name === 'texts' && typeof member === 'object' && member !== null)
      return Object.values(member as Readonly<Record<string, string>>);
    return textsOf(member);
  });
}

/** Words that neither Italian nor Polish has. */
const ENGLISH =
  /(?<![\p{L}(])(?:the|of|and|with|from|for|when|where|which|are|nobody|each|until|than|they|is)(?!\p{L})/giu;

/** The longest part of each English message that its own language does not have too. */
function englishParts(language: Read): readonly string[] {
  const catalogue = CATALOGUES[language];
  const own = Object.values(catalogue).join('\n');
  return MESSAGES.flatMap((message) => {
    if (catalogue[message] === message) return [];
    const parts = message.split(/\{\d\}/).map((part) => part.replace(/^[\s,.;:()–]+|[\s,.;:()–]+$/g, ''));
    const [longest = ''] = parts.sort((a, b) => b.length - a.length);
    return longest.replace(/[^a-z]/gi, '').length < 6 || own.includes(longest) ? [] : [longest];
  });
}

const PARTS = { it: englishParts('it'), pl: englishParts('pl') };

/** Names of publications, and why analysis leaves something out: these stay as they are. */
const AS_THEY_ARE = [
  'SCIROCCO Exchange maturity model for integrated care',
  'Delphi use of SCIROCCO, International Journal of Integrated Care',
  'How many give up waiting does not follow from the text; all are counted as served.',
  'The mean of the longest of its branches has no closed form here.',
];

/** What is English in a product, with what stands around it. */
function englishIn(whole: string, language: Read): readonly string[] {
  const text = AS_THEY_ARE.reduce((left, known) => left.replaceAll(known, ''), whole);
  const around = (at: number, length: number): string => text.slice(Math.max(0, at - 40), at + length + 40);
  const isAlone = (at: number, length: number): boolean =>
    !/\p{L}/u.test(`${text[at - 1] ?? ''}${text[at + length] ?? ''}`);
  const parts = PARTS[language].flatMap((part) => {
    const at = text.indexOf(part);
    return at < 0 || !isAlone(at, part.length) ? [] : [`${part}: … ${around(at, part.length)} …`];
  });
  const words = [...text.matchAll(ENGLISH)].map((found) => around(found.index, found[0].length));
  const titles = [...text.matchAll(/\bEN \w+/g)].map((found) => `title: ${around(found.index, found[0].length)}`);
  return [...parts, ...words, ...titles].slice(0, 12);
}

const FORMATS = ['svg', 'mermaid', 'dot', 'drawio', 'excalidraw', 'html'] as const;
const ENDINGS: Readonly<Record<string, string>> = { mermaid: 'mmd' };

let simulated: string | undefined;

/** Results of the project's study, made once. */
async function results(): Promise<string> {
  if (simulated !== undefined) return simulated;
  const cwd = temporaryFolder(project());
  const { exitCode, err } = await runCli(['simulate', '-q', '--format', 'json', '--out', 'results.json'], { cwd });
  expect([exitCode, err]).toEqual([0, '']);
  simulated = readFileSync(join(cwd, 'results.json'), 'utf8');
  return simulated;
}

/** A file, or all files of a folder. */
function contentOf(path: string): string {
  if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8');
  const files = readdirSync(path).filter((name) => !name.startsWith('.'));
  return files.map((name) => readFileSync(join(path, name), 'utf8')).join('\n');
}

describe.each(LANGUAGES)('in %s', (language) => {
  /** The text of a product, made in a folder of its own. */
  async function made(args: readonly string[], out?: string): Promise<string> {
    const cwd = temporaryFolder({
      ...project(),
      ...(args.includes('--results') && { 'results.json': await results() }),
      'inbox/a.xml': ALERT,
      'inbox/b.xml': '<alert',
      'values.csv': VALUES,
    });
    const named = out === undefined ? [] : ['--out', out];
    const outcome = await runCli([...args, '--language', language, ...named], { cwd });
    // A watch ends with 1 where something cannot be read.
    expect(outcome.exitCode, outcome.err).toBe(args[0] === 'watch' ? 1 : 0);
    const text = out === undefined ? outcome.out : contentOf(join(cwd, out));
    expect(text).toContain(NOUN[language]);
    return text;
  }

  test.each(FORMATS)(
    'no view has an English word as %s',
    async (format) => {
      const ending = ENDINGS[format] ?? format;
      const everything = ['--view', 'all', ...(format === 'html' ? ['--patients', '2'] : [])];
      const others = [
        ['--view', 'breaks'],
        ['--for', 'rotta = alfa, anni < 60'],
        ['--results', 'results.json'],
      ];
      // What is written for other tools has the texts of the same graphs.
      for (const view of format === 'svg' || format === 'html' ? [everything, ...others] : [everything]) {
        const out = view === everything ? 'drawings' : `drawing.${ending}`;
        const text = await made(['diagram', ...view, '--format', format], out);
        expect(englishIn(readable(text, ending), language), view.join(' ')).toEqual([]);
      }
    },
    120_000,
  );

  test('no other picture has one: skills, what a response changes, posters', async () => {
    for (const args of [
      ['--view', 'skills'],
      ['--with', 'Piano'],
      ['--poster', '--date', '2026-04-01'],
    ])
      expect(englishIn(readable(await made(['diagram', ...args], 'p.svg'), 'svg'), language), args.join(' ')).toEqual(
        [],
      );
  });

  test.each([
    ['report', '--format', 'html'],
    ['report', '--format', 'markdown'],
    ['report', '--cards', '--format', 'html'],
    ['exercise', '--format', 'markdown'],
    ['exercise', '--format', 'html', '--for', 'participants'],
    ['readiness'],
    ['directory'],
    ['budget', '--format', 'markdown'],
    ['minutes', '--as-of', '2026-04-01'],
  ])('%s %s %s %s has none', async (...args) => {
    const ending = args.includes('html') ? 'html' : 'md';
    expect(englishIn(readable(await made(args), ending), language)).toEqual([]);
  });

  test('a watch tells nothing in English but what is wrong inside a file', async () => {
    const text = await made([
      'watch',
      '-q',
      '--alerts',
      'inbox',
      '--values',
      'values.csv',
      '--as-of',
      '2026-04-01T16:00',
    ]);
    expect(text).toContain(NOUN[language]);
    const lines = text.split('\n').filter((line) => !line.includes('inbox/b.xml'));
    expect(englishIn(readable(lines.join('\n'), 'txt'), language)).toEqual([]);
  });
});
