import { agreementLines } from './sign-again.js';
import type { Origin } from '@pathway/model';
import type { Change } from './difference.js';
import { type Comparison, fileIn, type ProjectDifference } from './document.js';
import { countText, rankHeading } from './markdown.js';
import { RANKS } from './words.js';

/** A drawing of both versions of a pathway, in which marks have classes. */
export interface DifferencePicture {
  readonly title: string;
  /** SVG documents in light and dark colours. */
  readonly light: string;
  readonly dark: string;
}

/** A table of finished texts; the first column names the rows. */
export interface FigureTable {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export interface DifferencePageOptions {
  readonly link?: ((origin: Origin, version: 'before' | 'after') => string | undefined) | undefined;
  readonly pictures?: readonly DifferencePicture[];
  readonly figures?: readonly FigureTable[];
}

/** Nothing may be loaded and nothing may run; style is the page's own. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * What differs as one page that needs nothing beside itself: drawings that show either version or both, changes by rank
 * with links to their lines, and figures where they were computed. No script runs; the switch is a matter of style.
 */
export function differenceHtml(comparison: Comparison, options: DifferencePageOptions = {}): string {
  const { projects, from, to } = comparison;
  const title = [...new Set(projects.map(({ difference }) => difference.after.title))].join(', ');
  const pictures = options.pictures ?? [];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>What changes in care: ${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>What changes in care: ${escapeHtml(title)}</h1>
<p>${escapeHtml(from)} → ${escapeHtml(to)}. <strong>${escapeHtml(countText(comparison))}.</strong></p>
${summary(comparison)}</header>
<main>
${pictures.length === 0 ? '' : picturesSection(pictures)}${changesSections(comparison, options)}${(options.figures ?? []).map(figureSection).join('')}</main>
</body>
</html>
`;
}

function summary({ projects }: Comparison): string {
  const changes = projects.flatMap(({ difference }) => difference.changes);
  const list = (of: (change: Change) => readonly string[]): string => [...new Set(changes.flatMap(of))].join(', ');
  const concerned = list(({ affects }) => [...affects.organisations, ...affects.roles, ...affects.sites]);
  const lines = [...agreementLines(projects), ...(concerned === '' ? [] : [`Concerns: ${concerned}.`])];
  return lines.map((line) => `<p>${escapeHtml(line)}</p>\n`).join('');
}

function picturesSection(pictures: readonly DifferencePicture[]): string {
  const choices = [
    ['both', 'Difference'],
    ['before', 'Old'],
    ['after', 'New'],
  ] as const;
  const radios = choices.map(
    ([id, label], i) =>
      `<label><input type="radio" name="view" id="view-${id}"${i === 0 ? ' checked' : ''}> ${label}</label>`,
  );
  const figures = pictures.map(({ title, light, dark }, i) => {
    const frame = (theme: string, svg: string): string =>
      `<div class="scroll ${theme}" role="group" tabindex="0" aria-label="Drawing of ${escapeHtml(title)}, ${theme} colours">${svg.replace(/^<\?xml[^>]*>\s*/, '')}</div>`;
    return `<figure aria-labelledby="picture-${i + 1}">\n<figcaption id="picture-${i + 1}">${escapeHtml(title)}</figcaption>\n${frame('light', light)}\n${frame('dark', dark)}\n</figure>`;
  });
  return `<section aria-labelledby="pictures">
<h2 id="pictures">Pictures</h2>
<fieldset><legend>Show</legend>${radios.join(' ')}</fieldset>
<p class="key"><span class="added">+ added</span> <span class="removed">− removed</span> <span class="changed">~ changed</span></p>
${figures.join('\n')}
</section>
`;
}

const KIND_WORDS: Readonly<Record<Change['kind'], string>> = {
  added: '+ added',
  removed: '− removed',
  moved: '↕ moved',
  renamed: '= renamed',
  changed: '~ changed',
};

function changesSections(comparison: Comparison, options: DifferencePageOptions): string {
  const several = comparison.projects.length > 1;
  const sections = RANKS.flatMap((rank) => {
    const rows = comparison.projects.flatMap((project) =>
      project.difference.changes
        .filter((change) => change.rank === rank)
        .map((change) => changeRow(change, project, several, options)),
    );
    if (rows.length === 0) return [];
    return [
      `<section aria-labelledby="rank-${rank}">
<h2 id="rank-${rank}">${escapeHtml(rankHeading(rank))}</h2>
<div class="scroll" role="group" tabindex="0" aria-labelledby="rank-${rank}"><table>
<thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col">Old</th><th scope="col">New</th><th scope="col">Concerns</th><th scope="col">Place</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</section>
`,
    ];
  });
  return sections.length === 0 ? '<p>No semantic change: only layout or comments differ.</p>\n' : sections.join('');
}

function changeRow(
  change: Change,
  project: ProjectDifference,
  several: boolean,
  options: DifferencePageOptions,
): string {
  const { affects, element } = change;
  const reason = change.reason === undefined ? '' : ` <strong>${escapeHtml(change.reason)}</strong>`;
  const inside = element.in === undefined ? '' : ` <span class="in">in ${escapeHtml(element.in.name)}</span>`;
  const where = several ? `${escapeHtml(project.path)}: ` : '';
  const concerns = [...new Set([...affects.pathways, ...affects.organisations, ...affects.roles])].join(', ');
  const about = change.word === undefined ? '' : `, ${change.word}`;
  const name = `${element.kind} ${element.title ?? element.name}${about}`;
  return `<tr><th scope="row">${where}${escapeHtml(name)}${inside}${reason}</th><td class="${change.kind}">${KIND_WORDS[change.kind]}</td><td>${escapeHtml(change.before?.text ?? '')}</td><td>${escapeHtml(change.after?.text ?? '')}</td><td>${escapeHtml(concerns)}</td><td>${place(change, project, options)}</td></tr>`;
}

function place(change: Change, { path }: ProjectDifference, options: DifferencePageOptions): string {
  const version = change.after?.origin === undefined ? 'before' : 'after';
  const origin = change[version]?.origin;
  if (origin === undefined) return '';
  const file = fileIn(path, origin.file);
  const shown = escapeHtml(`${file}:${origin.line}${version === 'before' ? ' (old)' : ''}`);
  const address = options.link?.({ ...origin, file }, version);
  const safe = address !== undefined && /^(https?:\/\/|[\w./%-]+(#|$))/.test(address);
  return safe ? `<a href="${escapeHtml(address)}">${shown}</a>` : `<code>${shown}</code>`;
}

function figureSection({ caption, header, rows, notes }: FigureTable, index: number): string {
  const id = `figures-${index + 1}`;
  const cells = rows.map(
    ([first = '', ...rest]) =>
      `<tr><th scope="row">${escapeHtml(first)}</th>${rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  const table =
    rows.length === 0
      ? '<p>No figure differs.</p>'
      : `<div class="scroll" role="group" tabindex="0" aria-labelledby="${id}"><table>
<thead><tr>${header.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr></thead>
<tbody>
${cells.join('\n')}
</tbody>
</table></div>`;
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeHtml(caption)}</h2>
${table}
${notes.map((note) => `<p>${escapeHtml(note)}</p>\n`).join('')}</section>
`;
}

function escapeHtml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const STYLE = `
:root{color-scheme:light dark;--surface:#fff;--text:#0f172a;--muted:#475569;--rule:#cbd5e1;--link:#1d4ed8;--added:#15803d;--removed:#b91c1c;--changed:#92400e}
@media(prefers-color-scheme:dark){:root{--surface:#0f172a;--text:#f1f5f9;--muted:#b6c2d1;--rule:#475569;--link:#93c5fd;--added:#4ade80;--removed:#fca5a5;--changed:#fbbf24}.light{display:none}}
@media not (prefers-color-scheme:dark){.dark{display:none}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:1rem;background:var(--surface);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
h1{font-size:1.7rem;line-height:1.2}
h2{font-size:1.3rem;border-top:2px solid var(--rule);padding-top:.6rem;margin-top:2rem}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;min-width:min(100%,44rem);font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--rule)}
tbody th{font-weight:500}
.in{color:var(--muted)}
fieldset{border:1px solid var(--rule);border-radius:.4rem;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
label{padding:.4rem 0}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1rem}
.added{color:var(--added)}.removed{color:var(--removed)}.changed{color:var(--changed)}
figure{margin:1rem 0}
figcaption{font-weight:600;margin-bottom:.3rem}
figure svg{display:block;height:auto;max-width:none}
@media(min-width:64rem){figure svg{max-width:100%}}
body:has(#view-before:checked) :is(.mark-added,.badge,.both,.only-after){display:none}
body:has(#view-before:checked) .only-before{display:inline}
body:has(#view-after:checked) :is(.mark-removed,.badge,.both,.only-before){display:none}
body:has(#view-after:checked) .only-after{display:inline}
body:has(:is(#view-before,#view-after):checked) :is(.mark-added,.mark-removed,.mark-changed){filter:grayscale(1)}
body:has(:is(#view-before,#view-after):checked) .key{visibility:hidden}
@media(max-width:40rem){h1{font-size:1.4rem}}
@media print{fieldset{display:none}.scroll{overflow:visible}}
`;
