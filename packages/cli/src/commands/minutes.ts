import { explainApprovals, readinessReports } from '@pathway/compiler';
import { byId, meaningHash, type Model, openQuestions, titleOf } from '@pathway/model';
import { type Block, blocksHtml, heading, list, paragraph, type Words } from '@pathway/report';
import { printable } from '../print/printable.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';

export interface MinutesOptions {
  readonly format: 'markdown' | 'html';
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
  const changed = (await explainApprovals(compilation)).filter(({ code }) => code === 'PW7040');
  const sections: readonly Section[] = [
    {
      title: say`What changed since it was approved`,
      entries: [
        ...changed.map(({ message, related }) => ({ text: message, parts: related.map((each) => each.message) })),
        ...currentApprovals(words, model),
      ],
    },
    { title: say`Open questions`, entries: openQuestionsOf(words, model, options.asOf) },
    { title: say`Contested scores`, entries: contestedScores(words, model) },
    { title: say`Decided`, entries: decisions(words, model) },
  ];
  const title =
    options.asOf === undefined
      ? say`${model.title}: for the workshop`
      : say`${model.title}: for the workshop of ${options.asOf}`;
  const text =
    options.format === 'html'
      ? blocksHtml({ words, model, blocks: blocksOf(words, title, sections) })
      : printable(markdown(words, title, sections));
  await deliver(text, options.out, context);
  return EXIT.ok;
}

interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

interface Entry {
  /** What it is about, where that has a name. */
  readonly title?: string;
  readonly text: string;
  /** What it is made of, each in a line of its own. */
  readonly parts?: readonly string[];
}

function markdown({ say }: Words, title: string, sections: readonly Section[]): string {
  const written = ({ title: about, text, parts = [] }: Entry): string[] => [
    `- ${about === undefined ? '' : `**${about}** `}${text}`,
    ...parts.map((part) => `  - ${part}`),
  ];
  const told = sections.map((each) =>
    [`## ${each.title}`, '', ...(each.entries.length === 0 ? [say`Nothing.`] : each.entries.flatMap(written))].join(
      '\n',
    ),
  );
  return `${[`# ${title}`, ...told].join('\n\n')}\n`;
}

/** The sections as parts of a page; what is made of several lines is a list of its own below its text. */
function blocksOf({ say }: Words, title: string, sections: readonly Section[]): readonly Block[] {
  const told = ({ title: about, text }: Entry): string => (about === undefined ? text : `${about} ${text}`);
  const entries = (all: readonly Entry[]): Block[] => {
    const plain = all.filter(({ parts = [] }) => parts.length === 0);
    const parted = all.filter(({ parts = [] }) => parts.length > 0);
    return [
      ...parted.map((each): Block => ({ kind: 'list', lead: told(each), items: each.parts ?? [] })),
      ...(plain.length === 0 ? [] : [list(plain.map(told))]),
    ];
  };
  return [
    heading(2, title),
    ...sections.flatMap((each): Block[] => [
      heading(3, each.title),
      ...(each.entries.length === 0 ? [paragraph(say`Nothing.`)] : entries(each.entries)),
    ]),
  ];
}

function currentApprovals({ say }: Words, model: Model): readonly Entry[] {
  return (model.approvals ?? [])
    .filter(({ subject, hash }) => meaningHash(model, subject) === hash)
    .map(({ subject, approver, date }) => ({
      text: say`${subject} is as ${organisation(approver, model)} approved it on ${date}.`,
    }));
}

/** The oldest first; those that block a sign-off before the others. */
function openQuestionsOf({ say }: Words, model: Model, asOf: string | undefined): readonly Entry[] {
  return openQuestions(model)
    .toSorted(
      (a, b) =>
        Number(b.blocks.length > 0) - Number(a.blocks.length > 0) ||
        (a.asked ?? '9').localeCompare(b.asked ?? '9', 'en'),
    )
    .map((question) => {
      const { organisations, asked, blocks, note } = question;
      const who = organisations.map((id) => organisation(id, model)).join(', ');
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
      return { title: titleOf(question), text: told.join(' ') };
    });
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

function contestedScores({ say }: Words, model: Model): readonly Entry[] {
  return readinessReports(model).flatMap(({ territory, assessment, dimensions }) =>
    dimensions
      .filter(({ split }) => split)
      .map(({ title, points, reasons }) => ({
        title,
        text: `(${territory}, ${assessment}): ${points.join(', ')}`,
        parts: reasons.map(({ rater, points: given, reason }) => say`${given} by ${rater}: ${reason}`),
      })),
  );
}

/** The latest first. */
function decisions({ say }: Words, model: Model): readonly Entry[] {
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
      return { title: `${titleOf(decision)}.`, text: told.join(' ') };
    });
}

function organisation(id: string, model: Model): string {
  const found = byId(model.organisations, id) ?? byId(model.roles, id);
  return found === undefined ? id : titleOf(found);
}
