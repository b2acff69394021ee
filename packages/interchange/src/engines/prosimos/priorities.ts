import type { InputExpression, SimulationInput } from '@pathway/simulation';
import type { CaseAttributes } from './case-attributes.js';
import { both, type Condition, either, NEVER, UnsaidError } from './conditions.js';

/** Cases that come before others: the smaller the level, the earlier. */
export interface PrioritisationRule {
  readonly priority_level: number;
  readonly rules: readonly (readonly {
    readonly attribute: string;
    readonly comparison: '=';
    readonly value: string;
  }[])[];
}

/**
 * Priorities of cohorts as levels from 1, by the cohort and its attributes.
 * @throws UnsaidError for priorities that are no numbers
 */
export function prioritiesOf(attributes: CaseAttributes): readonly PrioritisationRule[] {
  const levels = new Map<number, Condition>();
  for (const { cohort } of attributes.cohorts) {
    for (const { value, when } of valuesOf(cohort.priority, attributes.isOf(cohort), attributes))
      levels.set(value, either(levels.get(value) ?? NEVER, when));
  }
  if (levels.size < 2) return [];
  return [...levels]
    .sort(([a], [b]) => a - b)
    .map(([, condition], place) => ({
      priority_level: place + 1,
      rules: condition.map((list) => list.map(({ attribute, value }) => ({ attribute, comparison: '=', value }))),
    }));
}

function valuesOf(
  priority: InputExpression,
  when: Condition,
  attributes: CaseAttributes,
): readonly { readonly value: number; readonly when: Condition }[] {
  if (priority.op === 'number') return [{ value: priority.value, when }];
  if (priority.op !== 'match') throw new UnsaidError('priorities but those of cohorts and attributes');
  const { attribute, cases, otherwise } = priority;
  const named = new Set(cases.flatMap(({ values }) => values));
  // Rules of priority know nothing but being equal: the rest is named, value by value.
  const rest = categoriesOf(attribute, attributes.input).filter((value) => !named.has(value));
  return [
    ...cases.flatMap(({ values, then }) =>
      valuesOf(then, both(when, attributes.isOneOf(attribute, values)), attributes),
    ),
    ...(otherwise === undefined || rest.length === 0
      ? []
      : valuesOf(otherwise, both(when, attributes.isOneOf(attribute, rest)), attributes)),
  ];
}

function categoriesOf(attribute: number, input: SimulationInput): readonly number[] {
  return input.attributes[attribute]?.categories ?? [];
}
