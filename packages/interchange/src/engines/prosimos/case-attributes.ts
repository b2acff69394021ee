import type { InputExpression, SimulationInput } from '@pathway/simulation';
import { ALWAYS, both, type Condition, either, NEVER, no, type Rule, UnsaidError } from './conditions.js';
import { lawOf, type ProsimosLaw } from './laws.js';

/** An attribute of a case, drawn when it is made. */
export type CaseAttribute =
  | {
      readonly name: string;
      readonly type: 'discrete';
      readonly values: readonly { readonly key: string; readonly value: number }[];
    }
  | { readonly name: string; readonly type: 'continuous'; readonly values: ProsimosLaw };

/** One way in which a value comes about, and for whom. */
export interface Leaf {
  readonly when: Condition;
  readonly of: InputExpression;
}

/** The name of the attribute that says of which cohort a case is. */
const COHORT = 'cohort';

type Cohort = SimulationInput['cohorts'][number];
type Pick = Extract<InputExpression, { op: 'pick' }>;
type Comparison = Rule['comparison'];

/**
 * Patients' attributes as attributes of cases, which Prosimos draws independently of each other: a value that depends on
 * the cohort or another attribute is one of several attributes, and conditions name those that count.
 */
export class CaseAttributes {
  readonly #leaves = new Map<number, readonly Leaf[]>();
  readonly #written = new Map<string, CaseAttribute>();
  /** What was found to be otherwise in laws of attributes. */
  readonly otherwise: string[] = [];

  constructor(
    readonly input: SimulationInput,
    readonly cohorts: readonly { readonly cohort: Cohort; readonly share: number }[],
  ) {
    if (cohorts.length > 1)
      this.#written.set(COHORT, {
        name: COHORT,
        type: 'discrete',
        values: cohorts.map(({ cohort, share }) => ({ key: cohort.id, value: share })),
      });
  }

  /** Those that conditions name. */
  written(): readonly CaseAttribute[] {
    return [...this.#written.values()];
  }

  isOf(cohort: Cohort): Condition {
    return this.cohorts.length === 1
      ? ALWAYS
      : [[{ attribute: COHORT, comparison: '=', value: cohort.id } satisfies Rule]];
  }

  /** How values of an attribute come about, each way once. */
  leavesOf(attribute: number): readonly Leaf[] {
    const known = this.#leaves.get(attribute);
    if (known !== undefined) return known;
    this.#leaves.set(attribute, []);
    const leaves = this.cohorts.flatMap(({ cohort }) => {
      const value = cohort.attributes.find((each) => each.attribute === attribute)?.value;
      return value === undefined ? [] : this.expanded(value, this.isOf(cohort));
    });
    const merged = new Map<string, Leaf>();
    for (const leaf of leaves) {
      const key = JSON.stringify(leaf.of);
      merged.set(key, { of: leaf.of, when: either(merged.get(key)?.when ?? NEVER, leaf.when) });
    }
    const all = [...merged.values()];
    this.#leaves.set(attribute, all);
    return all;
  }

  /** An expression by the cases of attributes in it. */
  expanded(expression: InputExpression, when: Condition): readonly Leaf[] {
    if (when.length === 0) return [];
    if (expression.op !== 'match') return [{ when, of: expression }];
    const { attribute, cases, otherwise } = expression;
    const ways = this.cases(
      attribute,
      cases.map(({ values }) => values),
    );
    return [
      ...cases.flatMap(({ then }, i) => this.expanded(then, both(when, ways.conditions[i] ?? NEVER))),
      ...(otherwise === undefined ? [] : this.expanded(otherwise, both(when, ways.otherwise))),
    ];
  }

  /** Whether an attribute has one of each list of values, and of no list before it; or of none, or is not there at all. */
  cases(
    attribute: number,
    lists: readonly (readonly number[])[],
  ): { readonly conditions: readonly Condition[]; readonly otherwise: Condition } {
    const named = new Set<number>();
    const conditions = lists.map((values) => {
      const own = values.filter((value) => !named.has(value));
      for (const value of own) named.add(value);
      return this.isOneOf(attribute, own);
    });
    const rest = (this.input.attributes[attribute]?.categories ?? []).filter((value) => !named.has(value));
    const without = this.cohorts.filter(
      ({ cohort }) => !cohort.attributes.some((each) => each.attribute === attribute),
    );
    const otherwise = either(this.isOneOf(attribute, rest), ...without.map(({ cohort }) => this.isOf(cohort)));
    return { conditions, otherwise };
  }

  /** Whether an attribute has one of the values. */
  isOneOf(attribute: number, values: readonly number[]): Condition {
    return this.#tested(attribute, '=', values);
  }

  /** @throws UnsaidError for conditions that do not rest on attributes alone */
  condition(expression: InputExpression): Condition {
    switch (expression.op) {
      case 'number':
        return expression.value === 0 ? NEVER : ALWAYS;
      case 'variable':
        return ALWAYS;
      case 'not':
        return no(this.condition(expression.of));
      case 'operation': {
        const { operator, left, right } = expression;
        if (operator === 'and') return both(this.condition(left), this.condition(right));
        if (operator === 'or') return either(this.condition(left), this.condition(right));
        if (!isComparison(operator)) break;
        if (left.op === 'attribute' && right.op === 'number')
          return this.#tested(left.attribute, operator, [right.value]);
        if (right.op === 'attribute' && left.op === 'number')
          return this.#tested(right.attribute, MIRRORED[operator], [left.value]);
        break;
      }
      default:
    }
    throw new UnsaidError('conditions but those that compare an attribute with a value');
  }

  #tested(attribute: number, comparison: Comparison, values: readonly number[]): Condition {
    const leaves = this.leavesOf(attribute);
    return either(
      ...leaves.map(({ when, of }, place) => both(when, this.#leafTest(attribute, place, of, comparison, values))),
    );
  }

  #leafTest(
    attribute: number,
    place: number,
    of: InputExpression,
    comparison: Comparison,
    values: readonly number[],
  ): Condition {
    const holds = (value: number): boolean => values.some((each) => compare(value, comparison, each));
    switch (of.op) {
      case 'number':
        return holds(of.value) ? ALWAYS : NEVER;
      case 'pick': {
        const name = this.#nameOf(attribute, place);
        const met = this.#discrete(name, attribute, of).filter(({ number }) => holds(number));
        return met.map(({ key }) => [{ attribute: name, comparison: '=', value: key } satisfies Rule]);
      }
      case 'draw': {
        const name = this.#nameOf(attribute, place);
        const { law, otherwise } = lawOf(of);
        if (otherwise !== undefined && !this.otherwise.includes(otherwise)) this.otherwise.push(otherwise);
        this.#written.set(name, { name, type: 'continuous', values: law });
        return values.map((value) => [{ attribute: name, comparison, value: String(value) } satisfies Rule]);
      }
      default:
        throw new UnsaidError('attributes that are reckoned from others');
    }
  }

  #discrete(name: string, attribute: number, pick: Pick): readonly { key: string; number: number }[] {
    const options = shares(pick).map(({ value, share }) => ({
      key: this.#text(attribute, value),
      number: value,
      share,
    }));
    this.#written.set(name, {
      name,
      type: 'discrete',
      values: options.map(({ key, share }) => ({ key, value: share })),
    });
    return options;
  }

  #text(attribute: number, value: number): string {
    const { attributes, categories } = this.input;
    return (attributes[attribute]?.categories.length ?? 0) > 0 ? (categories[value] ?? String(value)) : String(value);
  }

  #nameOf(attribute: number, place: number): string {
    const base = this.input.attributes[attribute]?.name ?? '';
    const name = base === COHORT ? `${base} of the patient` : base;
    return place === 0 ? name : `${name} ${place + 1}`;
  }
}

/** Values with their probabilities; those that never come are left out. @throws UnsaidError where weights vary */
export function shares(pick: Pick): readonly { readonly value: number; readonly share: number }[] {
  if (pick.from !== undefined || pick.to !== undefined) throw new UnsaidError('values that are drawn again');
  const weights = pick.weights.map((each) => {
    if (each.op !== 'number') throw new UnsaidError('shares that vary');
    return each.value;
  });
  const given = pick.values.map((value, i) => ({ value: value * (pick.scale ?? 1), weight: weights[i] ?? 1 }));
  const total = given.reduce((sum, { weight }) => sum + weight, 0);
  const byValue = new Map<number, number>();
  for (const { value, weight } of given) if (weight > 0) byValue.set(value, (byValue.get(value) ?? 0) + weight / total);
  return [...byValue].map(([value, share]) => ({ value, share }));
}

const MIRRORED = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function isComparison(operator: string): operator is Comparison {
  return Object.hasOwn(MIRRORED, operator);
}

function compare(a: number, comparison: Comparison, b: number): boolean {
  switch (comparison) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}
