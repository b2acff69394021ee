import { ProjectError } from '@pathway/compiler';
import type { Direction, LaneChoice, PaperName, ThemeName } from '@pathway/diagram';
import { type DrawingFormat, ENDINGS, isText, refuseToPrint } from '../drawing/drawing-files.js';
import type { DrawnView } from '../drawing/sheets.js';

export interface DiagramCommandOptions {
  readonly view: DrawnView;
  readonly pathway?: string;
  /** Responses in force: where there are any, drawn is what they change. */
  readonly with: readonly string[];
  /** A group of patients whose journey is drawn. */
  readonly for?: string;
  /** A file of results whose census and load are drawn, and of which study and scenario. */
  readonly results?: string;
  readonly study?: string;
  readonly scenario?: string;
  /** Patients to follow on a page. */
  readonly patients?: number;
  /** Without it, pathways lead down and maps to the right. */
  readonly direction?: Direction;
  readonly lanes: LaneChoice;
  readonly theme: ThemeName;
  /** Without it, what the name of the file in `out` says, else SVG. */
  readonly format?: DrawingFormat;
  /** Paper of a PDF document. */
  readonly paper: PaperName;
  /** Each drawing of a PDF document on one sheet, however small its text becomes. */
  readonly onePage?: boolean;
  /** The typeface within each SVG drawing. */
  readonly embedFont?: boolean;
  /** BCP 47; that of the project, else titles as declared and English words, without it. */
  readonly language?: string;
  /** A poster for the wall: the drawing with owner, legend, targets and sources, on A3. */
  readonly poster?: boolean;
  /** Date on the poster. */
  readonly date?: string;
  readonly out?: string;
}

/** Where drawings go: one file or standard output, or a folder. */
export interface Target {
  readonly out: string | undefined;
  readonly toFile: boolean;
  readonly format: DrawingFormat;
}

/** @throws ProjectError for what is no date, and for a date without a poster */
export function checkDate({ date, poster }: DiagramCommandOptions): void {
  if (date === undefined) return;
  if (poster !== true) throw new ProjectError('A date stands on posters alone.', 'Add --poster, or leave --date out.');
  if (!isDate(date)) throw new ProjectError(`${date} is no date.`, 'Write it as in 2026-01-31.');
}

/** True for a day of the calendar, written as in ISO 8601. */
function isDate(text: string): boolean {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00Z`) : undefined;
  return moment !== undefined && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** Where drawings go and in which form, from the ending of the file and what is asked for. @throws ProjectError where these differ */
export function targetOf({ out, format: given }: DiagramCommandOptions): Target {
  const ending = out === undefined ? undefined : ENDING.exec(out)?.[1]?.toLowerCase();
  const toFile = out === undefined || ending !== undefined;
  const format = given ?? FORMATS.find((each) => ENDINGS[each] === ending) ?? 'svg';
  if (ending !== undefined && ending !== ENDINGS[format])
    throw new ProjectError(`${out ?? ''} ends in .${ending}, but --format is ${format}.`, 'Leave one of them out.');
  if (out === undefined) refuseToPrint(format);
  return { out, toFile, format };
}

/** Every form of a drawing. */
const FORMATS = ['svg', 'pdf', 'png', 'html', 'mermaid', 'dot', 'drawio', 'excalidraw'] as const;
const ENDING = /\.(svg|pdf|png|html|mmd|dot|drawio|excalidraw)$/i;

/** Views of which one pathway can be named. */
const OF_PATHWAYS: ReadonlySet<DrawnView> = new Set(['pathways', 'overview', 'journey', 'load']);

/** Refuses what does not go together. @throws ProjectError that says what to leave out */
export function refuse(view: DrawnView, format: DrawingFormat, options: DiagramCommandOptions): void {
  const isOver = options.with.length > 0 || options.poster === true;
  const over = options.with.length > 0 ? '--with' : '--poster';
  if (isOver && (isText(format) || format === 'html'))
    throw new ProjectError(
      `${over} does not go with --format ${format}: that is of pathways as they are.`,
      `Leave ${over} out, or draw as svg, pdf or png.`,
    );
  const given = options.pathway !== undefined ? '--pathway' : isOver ? over : undefined;
  if (given !== undefined && !OF_PATHWAYS.has(view))
    throw new ProjectError(
      `${given} is about pathways, and --view ${view} is of the whole model.`,
      `Leave ${given} or --view out.`,
    );
  if (isOver && view !== 'pathways')
    throw new ProjectError(`${over} does not go with --view ${view}.`, `Leave ${over} or --view out.`);
  if (options.embedFont === true && format !== 'svg')
    throw new ProjectError(
      `--embed-font is about SVG: a drawing as ${format} ${format === 'pdf' || format === 'png' ? 'has its typeface anyway' : 'takes that of its reader'}.`,
      'Add --format svg, or leave it out.',
    );
  const ofPdf = options.onePage === true ? '--one-page' : options.paper === 'a4' ? undefined : '--paper';
  if (ofPdf !== undefined && format !== 'pdf')
    throw new ProjectError(`${ofPdf} is about PDF documents.`, 'Add --format pdf, or leave it out.');
  if (view === 'skills' && (isText(format) || format === 'html'))
    throw new ProjectError(
      `A matrix of skills has no form as ${format}: nothing in it leads anywhere.`,
      'Draw it as svg, pdf or png, or make its page: pathway skills --format html.',
    );
  if (options.patients !== undefined && format !== 'html')
    throw new ProjectError('Patients are followed on a page.', 'Add --format html, or leave --patients out.');
  if (options.scenario !== undefined && view !== 'load' && view !== 'skills')
    throw new ProjectError('--scenario is about --view load and --view skills.', 'Leave it out.');
  if (options.study !== undefined && view !== 'load')
    throw new ProjectError('--study is about --view load.', 'Leave it out.');
}
