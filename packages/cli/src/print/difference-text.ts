import { type Change, type Comparison, countText, fileIn, rankHeading, RANKS, signers } from '@pathway/review';
import type { Colours } from '../shell/context.js';
import { printable } from './printable.js';

const MARKS: Readonly<Record<Change['kind'], string>> = {
  added: '+',
  removed: '-',
  moved: '>',
  renamed: '=',
  changed: '~',
};

/** What differs between two versions, for a terminal: by rank, each change with its place and whom it concerns. */
export function differenceText(comparison: Comparison, colours: Colours): string {
  const { from, to, projects } = comparison;
  const head = `${printable(from)} → ${printable(to)}: ${countText(comparison)}.`;
  const several = projects.length > 1;
  const parts = RANKS.flatMap((rank) => {
    const lines = projects.flatMap(({ path, difference }) =>
      difference.changes
        .filter((change) => change.rank === rank)
        .map((change) => changeText(change, several ? path : '', path, colours)),
    );
    return lines.length === 0 ? [] : [`${colours.bold(rankHeading(rank))}\n${lines.join('\n')}`];
  });
  const approvers = [...new Set(projects.flatMap((each) => each.difference.changes.flatMap((one) => one.approvers)))];
  if (approvers.length > 0) parts.push(`Has to agree: ${approvers.map(printable).join(', ')}.`);
  const again = signers(projects.flatMap((each) => each.difference.signAgain));
  if (again.length > 0) parts.push(colours.bold(`Has to sign again: ${again.map(printable).join(', ')}.`));
  return `${[head, ...parts].join('\n\n')}\n`;
}

function changeText(change: Change, shown: string, path: string, colours: Colours): string {
  const origin = change.after?.origin ?? change.before?.origin;
  const gone = change.after?.origin === undefined ? ' (earlier version)' : '';
  const place =
    origin === undefined ? '' : `\n    ${colours.dim(`${printable(fileIn(path, origin.file))}:${origin.line}${gone}`)}`;
  const inside = change.element.in === undefined ? '' : ` [${printable(change.element.in.name)}]`;
  const reason = change.reason === undefined ? '' : ` ${colours.bold(`(${printable(change.reason)})`)}`;
  const { organisations, roles, pathways } = change.affects;
  const others = pathways.filter((each) => each !== (change.element.in?.title ?? change.element.in?.name));
  const concerned = [...others, ...organisations, ...roles].map(printable).join(', ');
  const concerns = concerned === '' ? '' : `\n    ${colours.dim(`concerns ${concerned}`)}`;
  const where = shown === '' ? '' : `${printable(shown)}: `;
  return `  ${marked(change, colours)} ${where}${printable(change.sentence)}${inside}${reason}${place}${concerns}`;
}

function marked({ kind }: Change, colours: Colours): string {
  const mark = MARKS[kind];
  switch (kind) {
    case 'added':
      return colours.green(mark);
    case 'removed':
      return colours.red(mark);
    case 'moved':
    case 'renamed':
      return colours.cyan(mark);
    case 'changed':
      return colours.yellow(mark);
  }
}
