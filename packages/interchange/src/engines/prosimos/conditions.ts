/** A test of an attribute of a case, as Prosimos has it. */
export interface Rule {
  readonly attribute: string;
  readonly comparison: '=' | '!=' | '<' | '<=' | '>' | '>=';
  readonly value: string;
}

/** True where all rules of any of the lists hold. */
export type Condition = readonly (readonly Rule[])[];

export const ALWAYS: Condition = [[]];
export const NEVER: Condition = [];

/** More lists than this are no file that anybody reads. */
const MOST_LISTS = 500;

const OPPOSITE = { '=': '!=', '!=': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' } as const;

/** Where one of the conditions holds. */
export function either(...conditions: readonly Condition[]): Condition {
  const lists = new Map(conditions.flat().map((list) => [JSON.stringify(list), list] as const));
  if (lists.has('[]')) return ALWAYS;
  return limited([...lists.values()]);
}

/** Where all of the conditions hold. */
export function both(...conditions: readonly Condition[]): Condition {
  return conditions.reduce<Condition>(
    (all, next) => either(limited(all.flatMap((a) => next.flatMap((b) => merged(a, b))))),
    ALWAYS,
  );
}

/** Where the condition does not hold. */
export function no(condition: Condition): Condition {
  return both(
    ...condition.map((list) => list.map((rule) => [{ ...rule, comparison: OPPOSITE[rule.comparison] } satisfies Rule])),
  );
}

/** Two lists as one; none where they contradict each other. */
function merged(a: readonly Rule[], b: readonly Rule[]): Condition {
  const all = [...a];
  for (const rule of b) {
    const same = all.filter(({ attribute }) => attribute === rule.attribute);
    const isEqual = ({ comparison }: Rule): boolean => comparison === '=';
    if (same.some((each) => each.comparison === rule.comparison && each.value === rule.value)) continue;
    if (isEqual(rule) && same.some((each) => isEqual(each))) return NEVER;
    const against = same.find((each) => each.value === rule.value && each.comparison === OPPOSITE[rule.comparison]);
    if (against !== undefined) return NEVER;
    // Who is equal to one value is unequal to all others.
    if (rule.comparison === '!=' && same.some((each) => isEqual(each))) continue;
    if (isEqual(rule)) for (const each of same) if (each.comparison === '!=') all.splice(all.indexOf(each), 1);
    all.push(rule);
  }
  return [all];
}

function limited(condition: Condition): Condition {
  if (condition.length > MOST_LISTS) throw new UnsaidError('conditions as long as these');
  return condition;
}

/** What Prosimos has no words for; caught where the construct is named. */
export class UnsaidError extends Error {}
