import { activitiesOf, type Model, type Pathway, titleOf } from '@pathway/model';
import { inlineDiagram } from './diagram-figure.js';
import { DURATION_FIGURE, figure } from './figures.js';
import { gradeWords } from './sections/sources-section.js';
import { escapeHtml, named } from './text.js';
import { LIGHT } from './palette.js';
import type { Language } from './words/languages.js';
import { type Words, wordsOf } from './words/words.js';

/** A3 in points. */
const LONG = 1190.55;
const SHORT = 841.89;
const MARGIN = 42;
const FOOT = 172;
const FONTS = "Inter, 'Segoe UI', Roboto, Arial, 'Noto Sans', sans-serif";

export interface PosterParts {
  readonly model: Model;
  readonly pathway: Pathway;
  /** The pathway's drawing as a complete SVG document. */
  readonly svg: string;
  /** ISO date that stands on the poster; none without it. */
  readonly date?: string;
  readonly language?: Language;
}

/**
 * A poster of a pathway on A3, upright or on its side by the drawing's shape: title and owner, the picture as large as
 * fits, and below it a legend, the time targets, the sources with their grades, and the date and hash of what it shows.
 * @throws DiagramError when the drawing is not well-formed SVG
 */
export function wallPoster({ model, pathway, svg, date, language }: PosterParts): string {
  const words = wordsOf(language);
  const size = sizeOf(svg);
  const [width, height] = size.width > size.height ? [LONG, SHORT] : [SHORT, LONG];
  const title = named(titleOf(pathway));
  const owner = model.organisations.find(({ id }) => id === pathway.owner);
  const picture = { x: MARGIN, y: 92, width: width - 2 * MARGIN, height: height - 92 - FOOT - MARGIN };
  const scale = Math.min(picture.width / size.width, picture.height / size.height);
  const drawn = { width: size.width * scale, height: size.height * scale };
  const drawing = inlineDiagram(svg, { prefix: 'drawing', pathway: pathway.id, title }).text;
  const left = picture.x + (picture.width - drawn.width) / 2;
  const placed = drawing.replace(/^<svg([^>]*)>/, (_, attributes: string) => {
    const kept = attributes.replace(/ (?:width|height)="[^"]*"/g, '');
    return `<svg x="${left.toFixed(1)}" y="${picture.y}" width="${drawn.width.toFixed(1)}" height="${drawn.height.toFixed(1)}"${kept}>`;
  });
  const foot = height - MARGIN - FOOT + 14;
  const column = (width - 2 * MARGIN) / 3;
  const { say } = words;
  const parts = [
    `<rect width="${width}" height="${height}" fill="${LIGHT.surface}"/>`,
    text(MARGIN, 58, fitted(title, 30, width - 2 * MARGIN), 30, 'bold'),
    owner === undefined ? '' : text(MARGIN, 80, say`Owner: ${named(titleOf(owner))}`, 13),
    placed,
    `<path d="M${MARGIN} ${foot - 14}H${(width - MARGIN).toFixed(1)}" stroke="${LIGHT.rule}" fill="none"/>`,
    legend(words, MARGIN, foot, column - 14),
    block(say`Time targets`, targets(words, model, pathway), MARGIN + column, foot, column - 14),
    block(say`Sources and their grades`, sources(words, model), MARGIN + 2 * column, foot, column - 6),
    text(MARGIN, height - MARGIN + 12, note(words, model, date), 8),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}pt" height="${height}pt" font-family="${escapeHtml(FONTS)}" role="img" aria-label="${escapeHtml(title)}" lang="${words.language}">\n<title>${escapeHtml(title)}</title>\n${parts.filter((part) => part !== '').join('\n')}\n</svg>\n`;
}

function note(words: Words, { sourceHash, title }: Model, date: string | undefined): string {
  const hash = words.say`source hash ${sourceHash.slice(0, 12)}`;
  return [named(title), ...(date === undefined ? [] : [words.say`As of ${words.date(date)}`]), hash].join(' · ');
}

function targets(words: Words, model: Model, pathway: Pathway): readonly string[] {
  const steps = activitiesOf(pathway).filter((activity) => activity.kind === 'step');
  const within = steps.flatMap((step) => {
    if (step.within?.limit.kind !== 'number') return [];
    const since = steps.find(({ id }) => id === step.within?.of);
    const from = since === undefined ? words.say`arrival` : named(titleOf(since));
    const limit = figure(words, step.within.limit.value, DURATION_FIGURE);
    return [words.say`${named(titleOf(step))}: within ${limit} of ${from}`];
  });
  const all = [...within, ...model.expectations.map((each) => named(each.text))];
  return all.length === 0 ? [words.say`none declared`] : all;
}

function sources(words: Words, model: Model): readonly string[] {
  if (model.sources.length === 0) return [words.say`none declared`];
  return model.sources.map((source) => `${named(titleOf(source))} (${gradeWords(words, source.grade)})`);
}

/** The shapes of a drawing beside what they stand for. */
function legend({ say }: Words, x: number, y: number, width: number): string {
  const entries: readonly (readonly [string, string])[] = [
    [
      `<rect x="${x}" y="0" width="26" height="14" rx="4" fill="#fff" stroke="#2b6cb0" stroke-width="1.4"/>`,
      say`a step; the dot-separated line says who, what and how long`,
    ],
    [
      `<path d="M${x + 5} 0H${x + 21}L${x + 26} 7L${x + 21} 14H${x + 5}L${x} 7Z" fill="#fff" stroke="#2b6cb0" stroke-width="1.4"/>`,
      say`a decision`,
    ],
    [
      `<rect x="${x}" y="0" width="26" height="14" rx="7" fill="#e2e8f0" stroke="#64748b" stroke-width="1.4"/>`,
      say`a bed or room that is kept over the tinted area`,
    ],
    [
      `<path d="M${x} 7H${x + 26}" stroke="#b4232a" stroke-width="2" fill="none"/>`,
      say`a handover to another organisation`,
    ],
    [`<circle cx="${x + 13}" cy="7" r="6" fill="#1e293b"/>`, say`the start or an end`],
  ];
  let top = y + 10;
  const rows = entries.map(([shape, meaning]) => {
    const lines = wrapped(meaning, 9.5, width - 40);
    const at = top;
    top += Math.max(22, lines.length * 12 + 10);
    const texts = lines.map((line, i) => text(x + 36, at + 11 + i * 12, line, 9.5)).join('');
    return `<g transform="translate(0 ${at.toFixed(1)})">${shape}</g>${texts}`;
  });
  return `${text(x, y, say`Legend`, 11, 'bold')}${rows.join('')}`;
}

function block(title: string, items: readonly string[], x: number, y: number, width: number): string {
  const most = 9;
  const lines = items.flatMap((item) => wrapped(`• ${item}`, 9, width));
  const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), '…'];
  return `${text(x, y, title, 11, 'bold')}${shown.map((line, i) => text(x, y + 16 + i * 13, line, 9)).join('')}`;
}

function text(x: number, y: number, content: string, size: number, weight: 'bold' | 'normal' = 'normal'): string {
  const bold = weight === 'bold' ? ' font-weight="bold"' : '';
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}"${bold} fill="${LIGHT.text}">${escapeHtml(content)}</text>`;
}

/** Width of a letter against its height, on the safe side for Latin letters in Inter. */
const LETTER = 0.56;

function wrapped(content: string, size: number, width: number): readonly string[] {
  const most = Math.floor(width / (size * LETTER));
  const lines: string[] = [];
  let line = '';
  for (const word of content.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function fitted(content: string, size: number, width: number): string {
  const most = Math.floor(width / (size * LETTER));
  const letters = [...content];
  return letters.length <= most ? content : `${letters.slice(0, most - 1).join('')}…`;
}

function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const [, width = '', height = ''] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return { width: Number(width) || 400, height: Number(height) || 300 };
}
