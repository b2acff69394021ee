import { signers } from './sign-again.js';
import type { Origin } from '@pathway/model';
import type { Change } from './difference.js';
import { type Comparison, countRanks, fileIn, type ProjectDifference } from './document.js';
import { type Rank, RANKS } from './words.js';

/** The most that code hosts take as a comment. */
export const LARGEST_COMMENT = 64_000;

/** A picture of what differs in a pathway, as Mermaid text. */
export interface MermaidPicture {
  readonly title: string;
  readonly mermaid: string;
}

export interface MarkdownOptions {
  /** The address of a place in the later or earlier version. */
  readonly link?: ((origin: Origin, version: 'before' | 'after') => string | undefined) | undefined;
  readonly pictures?: readonly MermaidPicture[];
  /** Finished Markdown about consequences, told after the changes. */
  readonly consequences?: string;
  /** Most bytes of UTF-8; 64,000 when absent. */
  readonly atMost?: number;
}

/** What a bot looks for to find its earlier comment, and puts a newer one in its place. */
export const COMMENT_MARK = '<!-- pathway-difference -->';

const HEADINGS: Readonly<Record<Rank, string>> = {
  safety: 'Safety',
  flow: 'Flow of care',
  staff: 'Staff and skills',
  capacity: 'Capacity',
  demand: 'Demand',
  evidence: 'Evidence, measures and studies',
  wording: 'Wording',
};

/** The heading under which changes of a rank stand. */
export function rankHeading(rank: Rank): string {
  return HEADINGS[rank];
}

/** `2 safety, 1 capacity`. */
export function countText(comparison: Comparison): string {
  const counts = countRanks(comparison);
  const told = RANKS.flatMap((rank) => ((counts[rank] ?? 0) > 0 ? [`${counts[rank] ?? 0} ${rank}`] : []));
  return told.length === 0 ? 'No semantic change' : told.join(', ');
}

/**
 * What differs as Markdown for a comment. Where it would be longer than allowed, pictures go first and then changes of
 * the lowest rank; an entry is there whole or not at all, and the end says how many are not.
 */
export function differenceMarkdown(comparison: Comparison, options: MarkdownOptions = {}): string {
  const limit = options.atMost ?? LARGEST_COMMENT;
  const head = headOf(comparison);
  const entries = entriesOf(comparison, options);
  const blocks = [
    ...(options.consequences === undefined ? [] : [options.consequences.trimEnd()]),
    ...(options.pictures ?? []).map(pictureBlock),
  ];
  const ending = (left: number, pictures: number): string => {
    const told = [
      ...(left > 0 ? [`${left} further ${left === 1 ? 'change' : 'changes'} of lower rank`] : []),
      ...(pictures > 0 ? [`${pictures} further ${pictures === 1 ? 'block' : 'blocks'}`] : []),
    ];
    return told.length === 0 ? '' : `\n\n_Not shown, for length: ${told.join(' and ')}. \`pathway diff\` tells all._`;
  };
  const room = limit - bytesOf(ending(entries.length, blocks.length)) - 1;
  let text = head;
  let rank: Rank | undefined;
  let shown = 0;
  for (const entry of entries) {
    const part = `${entry.rank === rank ? '' : `\n\n#### ${HEADINGS[entry.rank]}\n`}\n${entry.text}`;
    if (bytesOf(text) + bytesOf(part) > room) break;
    text += part;
    rank = entry.rank;
    shown += 1;
  }
  let drawn = 0;
  for (const block of shown === entries.length ? blocks : []) {
    if (bytesOf(text) + bytesOf(block) + 2 > room) break;
    text += `\n\n${block}`;
    drawn += 1;
  }
  return `${text}${ending(entries.length - shown, blocks.length - drawn)}\n`;
}

function headOf(comparison: Comparison): string {
  const { projects, from, to } = comparison;
  const changes = projects.flatMap(({ difference }) => difference.changes);
  const again = signers(projects.flatMap(({ difference }) => difference.signAgain));
  const titles = [...new Set(projects.map(({ difference }) => difference.after.title))].join(', ');
  const about = `### What changes in care${titles === '' ? '' : `: ${plain(titles)}`}\n\n${plain(from)} → ${plain(to)}`;
  if (changes.length === 0)
    return `${COMMENT_MARK}\n${about}\n\n**No semantic change.** Only layout or comments differ.`;
  const list = (of: (change: Change) => readonly string[]): string =>
    [...new Set(changes.flatMap(of))].map(plain).join(', ') || 'nobody';
  return [
    COMMENT_MARK,
    about,
    '',
    `**${countText(comparison)}.**`,
    '',
    `Concerns: ${list(({ affects }) => [...affects.organisations, ...affects.roles])}.`,
    `Has to agree: ${list(({ approvers }) => approvers)}.`,
    ...(again.length > 0 ? [`**Has to sign again: ${again.map(plain).join(', ')}.**`] : []),
  ].join('\n');
}

function entriesOf(comparison: Comparison, options: MarkdownOptions): { readonly rank: Rank; readonly text: string }[] {
  const several = comparison.projects.length > 1;
  return RANKS.flatMap((rank) =>
    comparison.projects.flatMap((project) =>
      project.difference.changes
        .filter((change) => change.rank === rank)
        .map((change) => ({ rank, text: entryText(change, project, several, options) })),
    ),
  );
}

function entryText(change: Change, { path }: ProjectDifference, several: boolean, options: MarkdownOptions): string {
  const origin = change.after?.origin ?? change.before?.origin;
  const version = change.after?.origin === undefined ? 'before' : 'after';
  const place =
    origin === undefined ? '' : placeMarkdown({ ...origin, file: fileIn(path, origin.file) }, version, options);
  const reason = change.reason === undefined ? '' : ` **${plain(change.reason)}**.`;
  const inside =
    change.element.in === undefined ? '' : ` _(${change.element.in.kind} ${plain(change.element.in.name)})_`;
  const called = change.affects.pathways.map(plain).join(', ');
  const where = several ? `${plain(path)}: ` : '';
  return `- ${MARKS[change.kind]} ${where}${plain(change.sentence)}${inside}${reason}${place}${called === '' ? '' : ` — concerns ${called}`}`;
}

/** A mark beside the words, so that nothing depends on colour. */
const MARKS: Readonly<Record<Change['kind'], string>> = {
  added: '➕',
  removed: '➖',
  moved: '↕️',
  renamed: '🏷️',
  changed: '✏️',
};

function placeMarkdown(origin: Origin, version: 'before' | 'after', options: MarkdownOptions): string {
  const shown = `${origin.file}:${origin.line}`;
  const address = options.link?.(origin, version);
  return address === undefined ? ` \`${shown.replaceAll('`', "'")}\`` : ` [${plain(shown)}](${address})`;
}

function pictureBlock({ title, mermaid }: MermaidPicture): string {
  return `<details><summary>Picture: ${plain(title)}</summary>\n\n\`\`\`mermaid\n${mermaid.trimEnd()}\n\`\`\`\n\n</details>`;
}

/** Text in which nothing is taken for Markdown or HTML. */
function plain(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]#|~]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200b');
}

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
