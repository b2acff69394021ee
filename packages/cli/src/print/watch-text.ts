import type { WatchRecord } from '@pathway/compiler';
import { sayDuration } from '@pathway/model';
import type { Words } from '@pathway/report';
import type { Colours } from '../shell/context.js';
import { printable } from './printable.js';

const INDENT = ' '.repeat(4);

/** A record for people: a line with its time, and below it what roles do or how things stand. In a drill every line says so. */
export function watchRecordText(record: WatchRecord, words: Words, colours: Colours): string {
  const label = labelOf(words, record.kind).padEnd(widthOfLabels(words));
  const head = `${record.local.replace('T', ' ')}  ${label}  ${printable(record.text)}`;
  const lines = [emphasised(head, record, colours), ...below(record, words, colours)];
  const mark = record.drill ? `${colours.bold(colours.magenta(words.say`DRILL`))} ` : '';
  return lines.map((line) => `${mark}${line}`).join('\n');
}

const KINDS = ['begin', 'trigger', 'gauge', 'level', 'response', 'alert', 'notice', 'situation'] as const;

function labelOf({ say }: Words, kind: (typeof KINDS)[number]): string {
  switch (kind) {
    case 'begin':
      return say`watch`;
    case 'trigger':
      return say`trigger`;
    case 'gauge':
      return say`gauge`;
    case 'level':
      return say`level`;
    case 'response':
      return say`response`;
    case 'alert':
      return say`alert`;
    case 'notice':
      return say`notice`;
    case 'situation':
      return say`now`;
  }
}

/** Texts stand below one another. */
function widthOfLabels(words: Words): number {
  return Math.max(...KINDS.map((kind) => labelOf(words, kind).length));
}

function emphasised(text: string, record: WatchRecord, colours: Colours): string {
  if (record.kind === 'notice') return record.problem ? colours.yellow(text) : text;
  if (record.kind === 'alert' && record.reason === 'real in a drill') return colours.bold(colours.red(text));
  if (record.kind === 'level' || (record.kind === 'response' && record.phase === 'active')) return colours.bold(text);
  return record.kind === 'alert' && !record.counts ? colours.dim(text) : text;
}

function below(record: WatchRecord, words: Words, colours: Colours): readonly string[] {
  const { say } = words;
  if (record.kind === 'response') {
    return record.cards.flatMap(({ role, organisation, actions }) => [
      `${INDENT}${colours.bold(printable(role))}${organisation === undefined ? '' : `, ${printable(organisation)}`}`,
      ...actions.map((action) => {
        const limit = action.within === undefined ? '' : ` (${say`within ${sayDuration(words, action.within)}`})`;
        return `${INDENT}  - ${printable(action.do)}${limit}`;
      }),
    ]);
  }
  if (record.kind !== 'situation') return [];
  const named = (title: string, parts: readonly string[]): readonly string[] =>
    parts.length === 0 ? [] : [`${INDENT}${title}: ${parts.map(printable).join('; ')}`];
  return [
    ...record.levels.map(({ title, levelTitle }) => printable(`${INDENT}${title}: ${levelTitle}`)),
    ...named(
      say`active`,
      record.triggers.map(({ title }) => title),
    ),
    ...named(
      say`pending`,
      record.pending.map(({ title }) => title),
    ),
  ];
}
