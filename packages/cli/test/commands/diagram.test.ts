import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VIEW_NAMES } from '@pathway/diagram';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { DIAGRAM_VIEWS } from '../../src/program/drawing.js';
import { runCli, temporaryFolder } from '../run-cli.js';

const TWO = `organisation Hospital
pathway Admission { owner Hospital step Admit { takes 20 min } }
pathway Discharge { owner Hospital step Leave { takes 5 min } }
`;

test('draws one pathway to standard output', async () => {
  const { exitCode, out } = await runCli(['diagram', '--pathway', 'Admission'], {
    cwd: temporaryFolder({ 'a.pathway': TWO }),
  });
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  expect(out).toContain('Admit');
});

test('asks which one is meant when there are several', async () => {
  const cwd = temporaryFolder({ 'a.pathway': TWO });
  const { exitCode, err } = await runCli(['diagram'], { cwd });
  expect(exitCode).toBe(2);
  expect(err).toContain('There are 2 pathways: Admission, Discharge.');
  expect((await runCli(['diagram', '--pathway', 'Admision'], { cwd })).err).toContain('did you mean Admission?');
});

test('draws all into a folder, or one into a file', async () => {
  const cwd = temporaryFolder({ 'a.pathway': TWO });
  await runCli(['diagram', '--out', 'drawings'], { cwd });
  expect(
    readdirSync(join(cwd, 'drawings'))
      .filter((name) => name.endsWith('.svg'))
      .sort(),
  ).toEqual(['Admission.svg', 'Discharge.svg']);
  await runCli(['diagram', '--pathway', 'Admission', '--direction', 'right', '--theme', 'dark', '--out', 'one.svg'], {
    cwd,
  });
  const drawn = readFileSync(join(cwd, 'one.svg'), 'utf8');
  expect(drawn).not.toBe(readFileSync(join(cwd, 'drawings/Admission.svg'), 'utf8'));
});

test('draws nothing of pathways with errors', async () => {
  const cwd = temporaryFolder({ 'a.pathway': 'pathway A { step B { takes 3 mins } }\n' });
  const { exitCode, out, err } = await runCli(['diagram', '--out', 'a.svg'], { cwd });
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  expect(err).toContain('error PW4001');
  expect(err).toContain('Nothing was made.');
  expect(readdirSync(cwd)).toEqual(['a.pathway']);
});

test('draws for print and for slides by what the name of the file ends in', async () => {
  const cwd = temporaryFolder({ 'a.pathway': TWO });
  const one = ['diagram', '--pathway', 'Admission'];
  expect((await runCli([...one, '--paper', 'a3', '--out', 'wall.pdf'], { cwd })).exitCode).toBe(0);
  expect((await runCli([...one, '--out', 'slide.png'], { cwd })).exitCode).toBe(0);
  const pdf = readFileSync(join(cwd, 'wall.pdf'), 'latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  // A3 in points, upright or on its side.
  expect(pdf).toMatch(/\/MediaBox \[0 0 (841\.89 1190\.55|1190\.55 841\.89)\]/);
  expect(readFileSync(join(cwd, 'slide.png')).subarray(1, 4).toString('latin1')).toBe('PNG');
  await runCli(['diagram', '--format', 'pdf', '--out', 'all'], { cwd });
  expect(readdirSync(join(cwd, 'all')).filter((name) => name.endsWith('.pdf'))).toHaveLength(2);
});

test('prints on several sheets what cannot be read on one, unless told not to', async () => {
  const steps = Array.from({ length: 40 }, (_, place) => `step S${place} "Step number ${place}" { takes 20 min }`);
  const cwd = temporaryFolder({ 'a.pathway': `organisation H\npathway P { owner H ${steps.join(' ')} }\n` });
  const long = await runCli(['diagram', '--out', 'long.pdf'], { cwd });
  expect(long.exitCode).toBe(0);
  expect(long.err).toMatch(/P is too large to be read on one sheet of A4: it has \d+ /);
  expect(long.err).not.toContain('warning');
  const pages = (file: string): number =>
    (readFileSync(join(cwd, file), 'latin1').match(/\/Type \/Page\b/g) ?? []).length;
  expect(pages('long.pdf')).toBeGreaterThan(3);
  const one = await runCli(['diagram', '--one-page', '--out', 'one.pdf'], { cwd });
  expect(one.err).toMatch(/The smallest text of P has \d\.\d points on one sheet of A4, and is read from 6 on/);
  expect(pages('one.pdf')).toBe(1);
  const slides = await runCli(['diagram', '--paper', 'slide', '--direction', 'right', '--out', 'slides.pdf'], { cwd });
  expect(slides.err).toMatch(/one slide: it has \d+/);
  expect(readFileSync(join(cwd, 'slides.pdf'), 'latin1')).toContain('/MediaBox [0 0 960 540]');
  const odd = await runCli(['diagram', '--one-page', '--out', 'one.svg'], { cwd });
  expect(odd.exitCode).toBe(2);
  expect(odd.err).toContain('--one-page is about PDF documents.');
});

test('offers every view that there is', () => {
  expect([...DIAGRAM_VIEWS].sort()).toEqual([...VIEW_NAMES, 'all', 'skills'].sort());
});

test('prints no bytes to a terminal, and takes no two answers for the form', async () => {
  const cwd = temporaryFolder({ 'a.pathway': TWO });
  const one = ['diagram', '--pathway', 'Admission', '--format', 'png'];
  const bytes = await runCli(one, { cwd });
  expect({ exitCode: bytes.exitCode, out: bytes.out }).toEqual({ exitCode: 2, out: '' });
  expect(bytes.err).toContain('--out drawing.png');
  expect((await runCli([...one, '--out', 'a.svg'], { cwd })).err).toContain('a.svg ends in .svg, but --format is png.');
});

test('makes a poster with the date that is given, and refuses one that is none', async () => {
  const cwd = temporaryFolder({ 'a.pathway': TWO });
  const poster = await runCli(['diagram', '-p', 'Admission', '--poster', '--date', '2026-01-31', '--language', 'fr'], {
    cwd,
  });
  expect(poster.exitCode).toBe(0);
  expect(poster.out).toContain('État au 31 janvier 2026');
  expect((await runCli(['diagram', '-p', 'Admission', '--poster', '--date', '2026-02-30'], { cwd })).err).toContain(
    '2026-02-30 is no date',
  );
  expect((await runCli(['diagram', '-p', 'Admission', '--date', '2026-01-31'], { cwd })).err).toContain('Add --poster');
});

test('draws what responses change, and says so where they change nothing', async () => {
  const plans = `${TWO}response Quick adapts Admission { replace Admit with { step Wave { takes 1 min } } }
response Slow { card Clerk { do "Call" } }
role Clerk
`;
  const cwd = temporaryFolder({ 'a.pathway': plans });
  const { exitCode, out } = await runCli(['diagram', '--with', 'Quick'], { cwd });
  expect(exitCode).toBe(0);
  expect(out).toContain('Admit → Wave');
  expect(out).not.toContain('Leave');
  expect((await runCli(['diagram', '--with', 'Quik'], { cwd })).err).toContain('did you mean Quick?');
  expect((await runCli(['diagram', '--with', 'Slow'], { cwd })).err).toContain('Slow changes no pathway.');
});

test('draws maps of the whole model, and says so where there is nothing on them', async () => {
  const plans = `${TWO}resource Network "Hospital network" { kind system }
crisis Outage "Network down" { lose Network for 3 h at day 2 }
`;
  const cwd = temporaryFolder({ 'a.pathway': plans });
  const { exitCode, out } = await runCli(['diagram', '--view', 'crisis'], { cwd });
  expect(exitCode).toBe(0);
  expect(out).toContain('Network down');
  expect(out).toContain('Hospital network');
  const { out: polish } = await runCli(['diagram', '--view', 'crisis', '--language', 'pl'], { cwd });
  for (const said of ['Mapa kryzysowa: ', 'Kryzysy', 'Co się zmienia', 'utrata od: dzień'])
    expect(polish).toContain(said);
  await runCli(['diagram', '--out', 'drawings'], { cwd });
  await runCli(['diagram', '--view', 'crisis', '--direction', 'down', '--out', 'drawings'], { cwd });
  const drawn = readdirSync(join(cwd, 'drawings')).filter((name) => name.endsWith('.svg'));
  expect(drawn.sort()).toEqual(['Admission.svg', 'Discharge.svg', 'crisis.svg']);
  const none = await runCli(['diagram', '--view', 'dependencies'], { cwd });
  expect(none.exitCode).toBe(2);
  expect(none.err).toContain('Nothing depends on anything here.');
  const both = await runCli(['diagram', '--view', 'crisis', '--pathway', 'Admission'], { cwd });
  expect(both.exitCode).toBe(2);
  expect(both.err).toContain('--pathway is about pathways');
});

test('makes maps as products of a build where there is something on them', async () => {
  const text = `${TWO}resource Network "Hospital network" { kind system  depends on Power }
resource Power "Mains power" { kind system }
`;
  const cwd = temporaryFolder({ 'a.pathway': text });
  const { exitCode } = await runCli(['build', '--only', 'diagram', '--out', 'out'], { cwd });
  expect(exitCode).toBe(0);
  expect(readdirSync(join(cwd, 'out/maps')).sort()).toEqual(['dependencies.svg', 'resources.svg']);
  expect(readFileSync(join(cwd, 'out/maps/dependencies.svg'), 'utf8')).toContain('Mains power');
  const german = temporaryFolder({ 'a.pathway': text, 'pathway.config.json': '{ "language": "de" }' });
  await runCli(['build', '--only', 'diagram', '--out', 'out'], { cwd: german });
  expect(readFileSync(join(german, 'out/maps/dependencies.svg'), 'utf8')).toContain('Systeme und Dinge');
});

test('writes text for other tools by what the name of the file ends in, of pathways as they are alone', async () => {
  const cwd = temporaryFolder({ 'a.pathway': TWO });
  for (const [name, beginning] of [
    ['care.mmd', 'flowchart TD\n'],
    ['care.dot', 'digraph '],
    ['care.drawio', '<mxfile '],
  ] as const) {
    expect((await runCli(['diagram', '--pathway', 'Admission', '--out', name], { cwd })).exitCode).toBe(0);
    expect(readFileSync(join(cwd, name), 'utf8').startsWith(beginning)).toBe(true);
  }
  expect((await runCli(['diagram', '--pathway', 'Admission', '--format', 'mermaid'], { cwd })).out).toMatch(
    /^flowchart TD/u,
  );
  const refused = await runCli(['diagram', '--pathway', 'Admission', '--format', 'dot', '--poster'], { cwd });
  expect(refused.exitCode).toBe(2);
  expect(refused.err).toContain('--poster does not go with --format dot');
});

const ROUTED = `organisation Hospital
organisation Home { sector home }
cohort Stroke "Stroke" { arrives every exponential(6 h) attribute route one of ward 25%, home 75% }
resource Bed "Bed" { at Hospital kind space count 2 }
pathway Care "Care" for Stroke {
  owner Hospital
  choose by route {
    ward { hold 1 Bed { step Treat { takes exponential(1 d) } } }
    otherwise { step Visit { at Home takes 20 min } }
  }
}
scenario Today { }
study Beds { compare Today from 2026-01-05 00:00 run 60 d after 5 d warm-up replicate 3 times seed 1 }
`;

test('puts the typeface into SVG of every view on request', async () => {
  const cwd = temporaryFolder({ 'a.pathway': ROUTED.replace('step Visit', 'step Visit "Wizyta Łódź"') });
  const WARD = fileURLToPath(new URL('../../../../examples/ward-roster', import.meta.url));
  const faces = async (view: string, path = '.'): Promise<number | undefined> => {
    const { exitCode, out, err } = await runCli(['diagram', path, '--view', view, '--embed-font'], { cwd });
    expect(exitCode, err).toBe(0);
    return out.match(
      /@font-face\{font-family:Inter;font-weight:(400|600);src:url\("data:font\/woff2;base64,[\w+/=]{1000,}"\)/g,
    )?.length;
  };
  // The Polish letters are in another file than the Latin ones, each in two weights.
  expect(await faces('pathways')).toBe(4);
  expect(await faces('overview')).toBe(4);
  expect(await faces('resources')).toBe(2);
  expect(await faces('skills', WARD)).toBe(2);
  const refused = await runCli(['diagram', '--embed-font', '--out', 'a.png'], { cwd });
  expect(refused.exitCode).toBe(2);
  expect(refused.err).toContain('has its typeface anyway');
});

test('draws the journey of a group, and tells what is no group', async () => {
  const cwd = temporaryFolder({ 'a.pathway': ROUTED });
  const { exitCode, out } = await runCli(['diagram', '--for', 'route = ward'], { cwd });
  expect(exitCode).toBe(0);
  expect(out).toContain('Treat');
  expect(out).not.toContain('Visit');
  expect(out).toContain('Stroke: 25% are in this group.');
  expect((await runCli(['diagram', '--for', 'rout = ward'], { cwd })).err).toContain('did you mean route?');
  expect((await runCli(['diagram', '--view', 'journey'], { cwd })).err).toContain('Whose journey?');
  const both = await runCli(['diagram', '--for', 'route = ward', '--view', 'crisis'], { cwd });
  expect({ exitCode: both.exitCode, told: both.err.includes('--for does not go with --view crisis') }).toEqual({
    exitCode: 2,
    told: true,
  });
});

test('draws census and load of results, and refuses those of another text', async () => {
  const cwd = temporaryFolder({ 'a.pathway': ROUTED });
  await runCli(['simulate', '--format', 'json', '--out', 'results.json'], { cwd });
  const drawn = await runCli(['diagram', '--results', 'results.json'], { cwd });
  expect(drawn.exitCode).toBe(0);
  expect(drawn.out).toMatch(/wait, each|nobody waits/);
  expect(drawn.out).toContain('Bed ');
  expect(drawn.out).toContain('means over 3 replications');
  expect((await runCli(['diagram', '--results', 'result.json'], { cwd })).err).toContain(
    'There is no file result.json',
  );
  expect((await runCli(['diagram', '--results', 'a.pathway'], { cwd })).err).toContain('a.pathway is no JSON.');
  expect((await runCli(['diagram', '--results', 'results.json', '--scenario', 'Toda'], { cwd })).err).toContain(
    'did you mean Today?',
  );
  writeFileSync(join(cwd, 'a.pathway'), ROUTED.replace('takes 20 min', 'takes 25 min'));
  const other = await runCli(['diagram', '--results', 'results.json'], { cwd });
  expect({ exitCode: other.exitCode, out: other.out }).toEqual({ exitCode: 2, out: '' });
  expect(other.err).toContain('results.json was made from another text');
  writeFileSync(join(cwd, 'other.json'), '{"format":"something else"}');
  expect((await runCli(['diagram', '--results', 'other.json'], { cwd })).err).toContain(
    'has no results of simulations',
  );
  expect((await runCli(['diagram', '--view', 'load'], { cwd })).err).toContain('Census and load come from results');
});

test('draws maps of organisations and resources in every form', async () => {
  const cwd = temporaryFolder({ 'a.pathway': ROUTED });
  const { out } = await runCli(['diagram', '--view', 'territory'], { cwd });
  expect(out).toContain('Hospital');
  for (const ending of ['svg', 'pdf', 'png', 'html', 'mmd', 'dot', 'drawio', 'excalidraw']) {
    const file = `resources.${ending}`;
    expect((await runCli(['diagram', '--view', 'resources', '--out', file], { cwd })).err).toContain(`Wrote ${file}.`);
    expect(readFileSync(join(cwd, file)).length).toBeGreaterThan(200);
  }
});

test('draws who can do what, and says which forms a matrix does not have', async () => {
  const skilled = `${ROUTED}skill Lysis "Thrombolysis"
role Nurse { has Lysis }
staff 3 Nurse at Hospital { on duty 1 }
`;
  const cwd = temporaryFolder({ 'a.pathway': skilled });
  const { exitCode, out } = await runCli(['diagram', '--view', 'skills'], { cwd });
  expect(exitCode).toBe(0);
  expect(out).toContain('Thrombolysis');
  const refused = await runCli(['diagram', '--view', 'skills', '--format', 'mermaid'], { cwd });
  expect({ exitCode: refused.exitCode, told: refused.err.includes('has no form as mermaid') }).toEqual({
    exitCode: 2,
    told: true,
  });
  const nobody = temporaryFolder({ 'a.pathway': ROUTED });
  expect((await runCli(['diagram', '--view', 'skills'], { cwd: nobody })).err).toContain('nobody has a skill');
});

test('draws a long pathway in stages: as linked files, one document or one page', async () => {
  const steps = Array.from({ length: 40 }, (_, i) => `  step S${i} "Step ${i}" { takes ${i + 1} min }`).join('\n');
  const cwd = temporaryFolder({ 'a.pathway': `pathway Long "Long care" {\n${steps}\n}\n` });
  await runCli(['diagram', '--view', 'overview', '--out', 'stages'], { cwd });
  const files = readdirSync(join(cwd, 'stages')).filter((name) => name.endsWith('.svg'));
  expect(files.length).toBeGreaterThan(3);
  const first = readFileSync(join(cwd, 'stages/Long-stages.svg'), 'utf8');
  const links = [...first.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);
  expect(links.length).toBeGreaterThan(2);
  expect(links.filter((href) => !files.includes(href ?? ''))).toEqual([]);
  const alone = await runCli(['diagram', '--view', 'overview', '--out', 'overview.svg'], { cwd });
  expect(alone.err).toMatch(/\d+ sheets of stages left out/);
  expect((await runCli(['diagram', '--view', 'overview', '--out', 'stages.pdf'], { cwd })).exitCode).toBe(0);
  const pdf = readFileSync(join(cwd, 'stages.pdf'), 'latin1');
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(files.length);
  expect(pdf).toContain('/GoTo');
  await runCli(['diagram', '--view', 'overview', '--out', 'stages.html'], { cwd });
  expect(readFileSync(join(cwd, 'stages.html'), 'utf8').match(/<section class="sheet"/g)).toHaveLength(files.length);
});

test('prints the stages of a pathway once, also where it and its overview are asked for', async () => {
  const urgentCare = fileURLToPath(new URL('../../../../examples/urgent-care', import.meta.url));
  const cwd = temporaryFolder({});
  const pagesOf = async (view: string): Promise<number> => {
    const out = join(cwd, `${view}.pdf`);
    const { exitCode, err } = await runCli(['diagram', urgentCare, '--view', view, '--out', out], { cwd });
    expect(exitCode, err).toBe(0);
    return readFileSync(out, 'latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  };
  const [stages, map, all] = [await pagesOf('overview'), await pagesOf('resources'), await pagesOf('all')];
  expect(stages).toBeGreaterThan(5);
  expect(all).toBe(stages + map);
});

test('calls patients to follow and their ends by title, and knows where they come in and leave', async () => {
  const text = ROUTED.replace('"Stroke"', '"Acute stroke"').replace(
    'takes 20 min }',
    'takes 20 min } finish Well "At home again"',
  );
  const cwd = temporaryFolder({ 'a.pathway': text });
  await runCli(['diagram', '--patients', '9', '--out', 'care.html'], { cwd });
  const page = readFileSync(join(cwd, 'care.html'), 'utf8');
  const data = z
    .object({
      sheets: z.array(z.object({ nodes: z.array(z.object({ id: z.string(), title: z.string() })) })),
      patients: z.array(
        z.object({ name: z.string(), events: z.array(z.object({ text: z.string(), node: z.string().optional() })) }),
      ),
    })
    .parse(JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? ''));
  const titleOf = (node: string | undefined): string | undefined =>
    data.sheets.flatMap(({ nodes }) => nodes).find(({ id }) => id === node)?.title;
  const home = data.patients.filter(({ events }) => events.at(-1)?.text === 'leaves: At home again');
  expect(home.length).toBeGreaterThan(0);
  for (const { name, events } of home) {
    expect(name).toMatch(/^Acute stroke \d+$/);
    expect(titleOf(events[0]?.node)).toBe('Acute stroke');
    expect(titleOf(events.at(-1)?.node)).toBe('At home again');
  }
});

test('makes a page of all views, with patients of a run to follow, the same each time', async () => {
  const cwd = temporaryFolder({ 'a.pathway': ROUTED });
  expect((await runCli(['diagram', '--view', 'all', '--patients', '3', '--out', 'care.html'], { cwd })).exitCode).toBe(
    0,
  );
  const page = readFileSync(join(cwd, 'care.html'), 'utf8');
  const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '{}') as {
    patients: readonly { readonly events: readonly { readonly text: string; readonly time: number }[] }[];
  };
  expect(data.patients).toHaveLength(3);
  for (const { events } of data.patients) {
    expect(events[0]).toMatchObject({ text: 'arrives', time: 0 });
    expect(events.at(-1)?.text).toMatch(/^leaves: /);
  }
  await runCli(['diagram', '--view', 'all', '--patients', '3', '--out', 'again.html'], { cwd });
  expect(readFileSync(join(cwd, 'again.html'), 'utf8')).toBe(page);
  expect((await runCli(['diagram', '--patients', '3'], { cwd })).err).toContain('Add --format html');
});
