import type { Model, Study } from '@pathway/model';
import type { ScenarioResults } from '@pathway/simulation';
import { heading as headingBlock } from './document/blocks.js';
import { type ExercisePart, exerciseParts, type ExerciseReader } from './exercise/exercise-blocks.js';
import { exerciseScript } from './exercise/script.js';
import { blocksAsHtml } from './html/blocks-html.js';
import { html, IdSource } from './html/html.js';
import { page } from './html/page.js';
import type { PrintFonts } from './pdf/printer.js';
import { blocksAsMarkdown } from './report-markdown.js';
import { named } from './text.js';
import type { Language } from './words/languages.js';
import { type Words, wordsOf } from './words/words.js';

/** What an exercise is made of. */
export interface ExerciseInput {
  readonly model: Model;
  /** Whose calendar the exercise has. */
  readonly study: Study;
  /** Id of the scenario that is practised. */
  readonly scenario: string;
  readonly reader: ExerciseReader;
  /** Of the scenario, where it was simulated. */
  readonly results?: ScenarioResults;
  readonly language?: Language;
}

interface Exercise {
  readonly words: Words;
  readonly title: string;
  readonly parts: readonly ExercisePart[];
}

function exerciseOf({ model, study, scenario, reader, results, language }: ExerciseInput): Exercise {
  const words = wordsOf(language);
  const script = exerciseScript(model, study, scenario);
  const declared = model.scenarios.find(({ id }) => id === scenario);
  const name = named(declared?.title ?? declared?.name ?? scenario);
  const who = reader === 'facilitator' ? words.say`for the facilitator` : words.say`for participants`;
  return {
    words,
    title: words.say`Exercise: ${name}, ${who}`,
    parts: exerciseParts(words, model, script, reader, results),
  };
}

/**
 * A table-top exercise as one HTML page.
 * @throws NoExerciseError for a scenario in which nothing happens
 */
export function exerciseHtml(input: ExerciseInput): string {
  const { words, title, parts } = exerciseOf(input);
  const ids = new IdSource();
  return page({
    words,
    title,
    question: undefined,
    sections: parts.map(({ id, title: heading, blocks }) => ({
      id,
      title: heading,
      content: blocksAsHtml({ words, ids }, blocks, heading),
    })),
    footer: html`<p>${words.say`EXERCISE. Nothing of this is real.`}</p>`,
    isCards: true,
  });
}

/** The same as Markdown. @throws NoExerciseError for a scenario in which nothing happens */
export function exerciseMarkdown(input: ExerciseInput): string {
  const { words, title, parts } = exerciseOf(input);
  const blocks = parts.flatMap((part) => [headingBlock(2, part.title), ...part.blocks]);
  return blocksAsMarkdown(words, [headingBlock(1, title), ...blocks]);
}

/** The same as a PDF document on A4. @throws NoExerciseError for a scenario in which nothing happens */
export async function exercisePdf(input: ExerciseInput, fonts: PrintFonts): Promise<Uint8Array> {
  const { words, title, parts } = exerciseOf(input);
  const [{ startPrinting }, { printBlocks }] = await Promise.all([
    import('./pdf/printer.js'),
    import('./pdf/report-pdf.js'),
  ]);
  const printer = startPrinting(title, fonts, { paper: 'A4', language: words.language });
  parts.forEach((part, i) => {
    if (i > 0) printer.newPage();
    printBlocks(words, printer, [
      headingBlock(1, i === 0 ? title : part.title),
      ...(i === 0 ? [headingBlock(2, part.title)] : []),
      ...part.blocks,
    ]);
  });
  return printer.finish(title);
}
