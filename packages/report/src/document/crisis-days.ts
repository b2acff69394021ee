import type { Model } from '@pathway/model';
import type { StaffingPlan } from '@pathway/staffing';
import { noteWords, roleAtPlace, stretchFigures } from '../staff-words.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, heading, tableOf } from './blocks.js';

/** Who is needed on the days of a scenario's crises, in one table, and what these figures assume. */
export function crisisDayBlocks(words: Words, { byDay, title }: StaffingPlan, model: Model): readonly Block[] {
  if (byDay === undefined) return [];
  const { say } = words;
  const rows = byDay.roles.flatMap((role) =>
    role.stretches.map((each) => [roleAtPlace(role, model), each.from, each.until, ...stretchFigures(words, each)]),
  );
  const head = [
    ...[say`Role`, say`From`, say`To`, say`Cover, h a day`, say`Most needed at once`, say`On duty`, say`Called in`],
    ...[say`Missing, h`, say`What holds`],
  ];
  const items = byDay.notes.map((note) => noteWords(words, note));
  return [
    heading(3, say`On the days of crises: ${named(title)}`),
    ...(rows.length === 0 ? [] : [tableOf('lllrrrrrl', head, rows)]),
    ...(items.length === 0 ? [] : [{ kind: 'list' as const, lead: say`How to read these figures:`, items }]),
  ];
}
