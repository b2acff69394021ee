import type { WatchRecord } from '@pathway/compiler';
import { formatDuration } from '@pathway/model';
import type { Colours } from '../shell/context.js';
import { printable } from './printable.js';

const LABELS = {
  begin: 'watch',
  trigger: 'trigger',
  gauge: 'gauge',
  level: 'level',
  response: 'response',
  alert: 'alert',
  notice: 'notice',
  situation: 'now',
} as const;

const INDENT = ' '.repeat(4);

/** A record for people: a line with its time, and below it what roles do or how things stand. In a drill every line says so. */
export function watchRecordText(record: WatchRecord, colours: Colours): string {
  const head = `${record.local.replace('T', ' ')}  ${LABELS[record.kind].padEnd(8)}  ${printable(record.text)}`;
  const lines = [emphasised(head, record, colours), ...below(record, colours)];
  const mark = record.drill ? `${colours.bold(colours.magenta('DRILL'))} ` : '';
  return lines.map((line) => `${mark}${line}`).join('\n');
}

function emphasised(text: string, record: WatchRecord, colours: Colours): string {
  if (record.kind === 'notice') return record.problem ? colours.yellow(text) : text;
  if (record.kind === 'alert' && record.reason === 'real in a drill') return colours.bold(colours.red(text));
  if (record.kind === 'level' || (record.kind === 'response' && record.phase === 'active')) return colours.bold(text);
  return record.kind === 'alert' && !record.counts ? colours.dim(text) : text;
}

function below(record: WatchRecord, colours: Colours): readonly string[] {
  if (record.kind === 'response') {
    return record.cards.flatMap(({ role, organisation, actions }) => [
      `${INDENT}${colours.bold(printable(role))}${organisation === undefined ? '' : `, ${printable(organisation)}`}`,
      ...actions.map((action) => {
        const limit = action.within === undefined ? '' : ` (within ${formatDuration(action.within)})`;
        return `${INDENT}  - ${printable(action.do)}${limit}`;
      }),
    ]);
  }
  if (record.kind !== 'situation') return [];
  const named = (title: string, parts: readonly string[]): readonly string[] =>
    parts.length === 0 ? [] : [`${INDENT}${title}: ${parts.map(printable).join('; ')}`];
  return [
    ...record.levels.map(({ scale, organisation, levelTitle }) =>
      printable(`${INDENT}${scale}${organisation === undefined ? '' : ` at ${organisation}`}: ${levelTitle}`),
    ),
    ...named(
      'active',
      record.triggers.map(({ title }) => title),
    ),
    ...named(
      'pending',
      record.pending.map(({ title }) => title),
    ),
  ];
}
