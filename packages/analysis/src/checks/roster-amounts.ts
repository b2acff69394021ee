import type { Model, RosterCover } from '@pathway/model';
import { byId, constantValue } from '@pathway/model';

/** People that a line of a roster wants on each of its shifts; undefined where that depends on who else is there, or on when. */
export function wantedOn({ amount, per }: RosterCover, model: Model): number | undefined {
  const people = constantValue(amount, model);
  if (per === undefined || people === undefined) return people;
  const count = byId(model.resources, per.of)?.count;
  if (count === undefined || count.rules.length > 0 || count.otherwise === 'unlimited') return undefined;
  const units = constantValue(count.otherwise, model);
  return units === undefined ? undefined : Math.ceil((units / per.units) * people);
}
