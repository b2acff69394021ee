import { explainApprovals, readinessReports } from '@pathway/compiler';
import { byId, meaningHash, type Model, openQuestions, titleOf } from '@pathway/model';
import { printable } from '../print/printable.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';

export interface MinutesOptions {
  /** ISO date from which the age of questions is told. */
  readonly asOf?: string;
  readonly out?: string;
}

/** `pathway minutes`: a page for a workshop: what changed since it was approved, what is open, where raters are split. */
export async function minutes(path: string | undefined, options: MinutesOptions, context: Context): Promise<number> {
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { model, compilation } = compiled;
  const changed = (await explainApprovals(compilation)).filter(({ code }) => code === 'PW7040');
  const sections = [
    `# ${model.title}: for the workshop${options.asOf === undefined ? '' : ` of ${options.asOf}`}`,
    section('What changed since it was approved', [
      ...changed.flatMap(({ message, related }) => [`- ${message}`, ...related.map((each) => `  - ${each.message}`)]),
      ...currentApprovals(model),
    ]),
    section('Open questions', openLines(model, options.asOf)),
    section('Contested scores', contestedLines(model)),
    section('Decided', decidedLines(model)),
  ];
  await deliver(printable(`${sections.join('\n\n')}\n`), options.out, context);
  return EXIT.ok;
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...(lines.length === 0 ? ['Nothing.'] : lines)].join('\n');
}

function currentApprovals(model: Model): readonly string[] {
  return (model.approvals ?? [])
    .filter(({ subject, hash }) => meaningHash(model, subject) === hash)
    .map(
      ({ subject, approver, date }) => `- ${subject} is as ${organisation(approver, model)} approved it on ${date}.`,
    );
}

/** The oldest first; those that block a sign-off before the others. */
function openLines(model: Model, asOf: string | undefined): readonly string[] {
  return openQuestions(model)
    .toSorted(
      (a, b) =>
        Number(b.blocks.length > 0) - Number(a.blocks.length > 0) ||
        (a.asked ?? '9').localeCompare(b.asked ?? '9', 'en'),
    )
    .map((question) => {
      const { organisations, asked, blocks, note } = question;
      const who = organisations.map((id) => organisation(id, model)).join(', ');
      const age =
        asked === undefined
          ? ''
          : `, asked ${asked}${asOf === undefined ? '' : ` (${daysBetween(asked, asOf)} days ago)`}`;
      const blocked = blocks.length === 0 ? '' : `; blocks the sign-off of ${blocks.join(', ')}`;
      return `- **${titleOf(question)}** For ${who}${age}${blocked}.${note === undefined ? '' : ` ${note}`}`;
    });
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

function contestedLines(model: Model): readonly string[] {
  return readinessReports(model).flatMap(({ territory, assessment, dimensions }) =>
    dimensions
      .filter(({ split }) => split)
      .flatMap(({ title, points, reasons }) => [
        `- **${title}** (${territory}, ${assessment}): ${points.join(', ')}`,
        ...reasons.map(({ rater, points: given, reason }) => `  - ${given} by ${rater}: ${reason}`),
      ]),
  );
}

/** The latest first. */
function decidedLines(model: Model): readonly string[] {
  return (model.decisions ?? [])
    .toSorted((a, b) => (b.decided ?? '').localeCompare(a.decided ?? '', 'en'))
    .map((decision) => {
      const { decided, organisations, answers, reason } = decision;
      const by = organisations.map((id) => organisation(id, model)).join(', ');
      const when = decided === undefined ? '' : ` ${decided}, by ${by}.`;
      const asked = answers
        .map((id) => byId(model.questions ?? [], id))
        .map((each) => (each === undefined ? '' : titleOf(each)));
      const answered = asked.length === 0 ? '' : ` Answers: ${asked.join(' ')}`;
      return `- **${titleOf(decision)}.**${when}${reason === undefined ? '' : ` Because ${reason}.`}${answered}`;
    });
}

function organisation(id: string, model: Model): string {
  const found = byId(model.organisations, id) ?? byId(model.roles, id);
  return found === undefined ? id : titleOf(found);
}
