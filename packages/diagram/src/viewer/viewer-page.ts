import { sha256Hex } from '@pathway/model';
import type { Layout } from '../layout/layout.js';
import { drawSvg } from '../drawing/svg.js';
import { colourDeclarations, strongDeclarations, systemDeclarations } from '../drawing/theme.js';
import { escapeXml } from '../drawing/xml.js';
import { type DrawingWords, ENGLISH } from '../graph/words.js';
import { VIEWER_SCRIPT } from './viewer-script.js';
import { VIEWER_STYLE } from './viewer-style.js';
import { scriptTexts } from './viewer-texts.js';

/** A drawing on the page. */
export interface ViewerSheet {
  readonly id: string;
  readonly title: string;
  readonly layout: Layout;
}

/** What happened to one patient of a simulated run, in order. */
export interface FollowedPatient {
  readonly name: string;
  readonly events: readonly {
    /** Seconds since the patient arrived. */
    readonly time: number;
    /** What happened: `begins CT scan`, in the words of the page. */
    readonly text: string;
    /** Id of the activity; absent where it is none. */
    readonly node?: string;
  }[];
}

export interface ViewerOptions {
  readonly title: string;
  readonly sheets: readonly ViewerSheet[];
  /** Patients of a seeded run to follow step by step. */
  readonly patients?: readonly FollowedPatient[];
  /** Which run they are from, for readers. */
  readonly run?: string;
  /** BCP 47, of the titles; English without it. */
  readonly language?: string;
  /** The words of that language; English without them. */
  readonly words?: DrawingWords;
  /** A line at the end: where the drawing comes from. */
  readonly note: string;
}

/**
 * Drawings as one HTML page that needs nothing beside itself: to enlarge, move, search and print, in light and dark colours,
 * and to follow a patient through, along the ways or as a simulated run went. Nothing is loaded, and nothing runs but its own
 * script, by whose hash the page allows it. The same sheets give the same bytes.
 */
export function viewerPage({
  title,
  sheets,
  patients = [],
  run,
  language = 'en',
  words = ENGLISH,
  note,
}: ViewerOptions): string {
  const { say } = words;
  const data = JSON.stringify({ sheets: sheets.map(dataOf), patients, texts: scriptTexts(words) });
  const style = `:root{${colourDeclarations('light')}}
@media (prefers-color-scheme: dark){:root:not([data-theme=light]){${colourDeclarations('dark')};color-scheme:dark}}
:root[data-theme=dark]{${colourDeclarations('dark')};color-scheme:dark}
@media (prefers-contrast:more){:root{${strongDeclarations('light')}}:root[data-theme=dark]{${strongDeclarations('dark')}}}
@media (prefers-contrast:more) and (prefers-color-scheme:dark){:root:not([data-theme=light]){${strongDeclarations('dark')}}}
@media (forced-colors:active){:root,:root[data-theme],:root:not([data-theme=light]){${systemDeclarations()}}svg,svg text{forced-color-adjust:none}}
@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){${colourDeclarations('light')};color-scheme:light}}
${VIEWER_STYLE}`;
  const policy = `default-src 'none'; style-src '${integrity(style)}'; script-src '${integrity(VIEWER_SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const text = escapeXml;
  const options = sheets.map(({ id, title: name }) => `<option value="${text(id)}">${text(name)}</option>`);
  return `<!doctype html>
<html lang="${text(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#drawing">${text(say`Skip to the drawing`)}</a>
<header>
<h1>${text(title)}</h1>
<div class="bar" role="toolbar" aria-label="${text(say`Drawing`)}">
<label${sheets.length > 1 ? '' : ' hidden'}>${text(say`Sheet`)} <select id="sheet">${options.join('')}</select></label>
${button('smaller', '−', `${say`Smaller`} (−)`, say`Smaller`)}
${button('larger', '+', `${say`Larger`} (+)`, say`Larger`)}
${button('fit', say`Whole`, `${say`The whole drawing`} (0)`)}
${button('width', say`Width`, `${say`As wide as the window`} (1)`)}
<label>${text(say`Find`)} <input id="find" type="search" title="${text(say`Find`)} (/)" autocomplete="off"></label>
<label>${text(say`Colours`)} <select id="theme"><option value="">${text(say`as the system`)}</option><option value="light">${text(say`light`)}</option><option value="dark">${text(say`dark`)}</option></select></label>
<button id="follow" type="button" aria-expanded="false" aria-controls="panel" title="${text(say`Follow a patient`)} (f)">${text(say`Follow a patient`)}</button>
${button('print', say`Print`)}
</div>
<p id="state" role="status" aria-live="polite"></p>
</header>
<div class="middle">
<main id="drawing" tabindex="0" aria-label="${text(say`Drawing; arrow keys move it`)}">
${sheets.map((sheet, place) => sheetHtml(sheet, place, new Set(sheets.map(({ id }) => id)))).join('\n')}
</main>
<aside id="panel" aria-label="${text(say`Follow a patient`)}" hidden>
<h2>${text(say`Follow a patient`)}</h2>
<label${patients.length === 0 ? ' hidden' : ''}>${text(say`Who`)} <select id="patient"><option value="">${text(say`you choose the way`)}</option>${patients
    .map(({ name }, place) => `<option value="${place}">${text(name)}</option>`)
    .join('')}</select></label>
${run === undefined ? '' : `<p class="run">${text(run)}</p>`}
<h3 id="here">${text(say`Nobody is followed yet`)}</h3>
<p id="details"></p>
<div id="ways" role="group" aria-labelledby="here"></div>
<p class="steps">${button('back', say`Back`)} ${button('next', say`Next`)} ${button('again', say`From the start`)}</p>
<h3>${text(say`The way so far`)}</h3>
<ol id="trail" reversed></ol>
</aside>
</div>
<footer><p>${text(note)}</p></footer>
<script type="application/json" id="data">${data.replaceAll('<', '\\u003c')}</script>
<script>${VIEWER_SCRIPT}</script>
</body>
</html>
`;
}

/** @param hint what pointing at it shows @param label what is read out, where its text is a sign */
function button(id: string, shown: string, hint?: string, label?: string): string {
  const title = hint === undefined ? '' : ` title="${escapeXml(hint)}"`;
  const spoken = label === undefined ? '' : ` aria-label="${escapeXml(label)}"`;
  return `<button id="${id}" type="button"${title}${spoken}>${escapeXml(shown)}</button>`;
}

function sheetHtml({ id, title, layout }: ViewerSheet, place: number, known: ReadonlySet<string>): string {
  const sheetLink = (sheet: string): string | undefined =>
    known.has(sheet) ? `#${encodeURIComponent(sheet)}` : undefined;
  const svg = drawSvg(layout, { theme: 'adaptive', nameWays: true, sheetLink });
  return `<section class="sheet" data-sheet-id="${escapeXml(id)}"${place === 0 ? '' : ' hidden'}><h2>${escapeXml(title)}</h2>
${svg.trim()}</section>`;
}

/** What the script knows of a sheet: its nodes, and where one goes from each. */
function dataOf({ id, layout }: ViewerSheet): unknown {
  const ids = new Set(layout.nodes.map(({ node }) => node.id));
  return {
    id,
    nodes: layout.nodes.map(({ node }) => ({
      id: node.id,
      kind: node.kind,
      title: node.title === '' ? node.description : node.title,
      ...(node.condition !== undefined && { optional: true }),
      details: node.notes.join(' · ').replaceAll('\u00a0', ' '),
      // A pair of circles with one letter is one way.
      ...(node.kind === 'connector' && node.id.endsWith(':out') && ids.has(`${node.id.slice(0, -4)}:in`)
        ? { goesOn: `${node.id.slice(0, -4)}:in` }
        : {}),
      ...(node.sheet !== undefined && { sheet: node.sheet }),
    })),
    ways: layout.edges.map(({ edge }) => ({
      from: edge.from,
      to: edge.to,
      label: edge.label.replaceAll('\u00a0', ' '),
    })),
  };
}

/** A source of the content security policy: the SHA-256 of what is allowed. */
function integrity(content: string): string {
  const bytes = sha256Hex(content).replace(/../gu, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return `sha256-${btoa(bytes)}`;
}
