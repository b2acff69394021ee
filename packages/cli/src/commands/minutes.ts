import { explainApprovals, readinessReports } from '@pathway/compiler';
import { byId, meaningHash, type Model, openQuestions, titleOf } from '@pathway/model';
import type { Words } from '@pathway/report';
import { printable } from '../print/printable.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';

export interface MinutesOptions {
  /** ISO date from which the age of questions is told. */
  readonly asOf?: string;
  /** BCP 47; that of the project, else English, without it. */
  readonly language?: string;
  readonly out?: string;
}

/** `pathway minutes`: a page for a workshop: what changed since it was approved, what is open, where raters are split. */
export async function minutes(path: string | undefined, options: MinutesOptions, context: Context): Promise<number> {
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { compilation, project } = compiled;
  const { model, words } = inLanguage(compiled.model, options.language ?? project.config.language);
  const { say } = words;
  const { title } = model;
  const changed = (await explainApprovals(compilation)).filter(({ code }) => code === 'PW7040');
  const sections = [
    `# ${options.asOf === undefined ? say`${title}: for the workshop` : say`${title}: for the workshop of ${options.asOf}`}`,
    section(words, say`What changed since it was approved`, [
      ...changed.flatMap(({ message, related }) => [`- ${message}`, ...related.map((each) => `  - ${each.message}`)]),
      ...currentApprovals(words, model),
    ]),
    section(words, say`Open questions`, openLines(words, model, options.asOf)),
    section(words, say`Contested scores`, contestedLines(words, model)),
    section(words, say`Decided`, decidedLines(words, model)),
  ];
  await deliver(printable(`${sections.join('\n\n')}\n`), options.out, context);
  return EXIT.ok;
}

function section({ say }: Words, title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...(lines.length === 0 ? [say`Nothing.`] : lines)].join('\n');
}

function currentApprovals({ say }: Words, model: Model): readonly string[] {
  return (model.approvals ?? [])
    .filter(({ subject, hash }) => meaningHash(model, subject) === hash)
    .map(
      ({ subject, approver, date }) =>
        `- ${say`${subject} is as ${organisation(approver, model)} approved it on ${date}.`}`,
    );
}

/** The oldest first; those that block a sign-off before the others. */
function openLines({ say }: Words, model: Model, asOf: string | undefined): readonly string[] {
  return openQuestions(model)
    .toSorted(
      (a, b) =>
        Number(b.blocks.length > 0) - Number(a.blocks.length > 0) ||
        (a.asked ?? '9').localeCompare(b.asked ?? '9', 'en'),
    )
    .map((question) => {
      const { organisations, asked, blocks, note } = question;
      const who = organisations.map((id) => organisation(id, model)).join(', ');
      const title = titleOf(question);
      const told = [
        say`For ${who}.`,
        ...(asked === undefined
          ? []
          : [
              asOf === undefined || asOf < asked
                ? say`Asked ${asked}.`
                : say`Asked ${asked} (${daysBetween(asked, asOf)} days ago).`,
            ]),
        ...(blocks.length === 0 ? [] : [say`Blocks the sign-off of ${blocks.join(', ')}.`]),
        ...(note === undefined ? [] : [note]),
      ];
      return `- **${title}** ${told.join(' ')}`;
    });
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

function contestedLines({ say }: Words, model: Model): readonly string[] {
  return readinessReports(model).flatMap(({ territory, assessment, dimensions }) =>
    dimensions
      .filter(({ split }) => split)
      .flatMap(({ title, points, reasons }) => [
        `- **${title}** (${territory}, ${assessment}): ${points.join(', ')}`,
        ...reasons.map(({ rater, points: given, reason }) => `  - ${say`${given} by ${rater}: ${reason}`}`),
      ]),
  );
}

/** The latest first. */
function decidedLines({ say }: Words, model: Model): readonly string[] {
  return (model.decisions ?? [])
    .toSorted((a, b) => (b.decided ?? '').localeCompare(a.decided ?? '', 'en'))
    .map((decision) => {
      const { decided, organisations, answers, reason } = decision;
      const by = organisations.map((id) => organisation(id, model)).join(', ');
      const asked = answers
        .map((id) => byId(model.questions ?? [], id))
        .map((each) => (each === undefined ? '' : titleOf(each)));
      const told = [
        ...(decided === undefined ? [] : [say`Decided ${decided}, by ${by}.`]),
        ...(reason === undefined ? [] : [say`Because: ${reason}.`]),
        ...(asked.length === 0 ? [] : [say`Answers: ${asked.join(' ')}`]),
      ];
      return [`- **${titleOf(decision)}.**`, ...told].join(' ');
    });
}

function organisation(id: string, model: Model): string {
  const found = byId(model.organisations, id) ?? byId(model.roles, id);
  return found === undefined ? id : titleOf(found);
}
