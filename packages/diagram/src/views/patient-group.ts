import {
  type Attribute,
  byId,
  categoryShares,
  type Cohort,
  constantValue,
  type Expression,
  expressionText,
  meanOfExpression,
  type Model,
  ModelError,
  nearestText,
  NUMBER,
  parseUnit,
  underAssumptions,
} from '@pathway/model';
import type { DrawingWords } from '../graph/words.js';

/** Patients of a kind: what is asked of their attributes, all of it at once. */
export interface PatientGroup {
  /** As it was asked for: `age >= 75, stroke = yes`. */
  readonly text: string;
  readonly conditions: readonly Expression[];
  /** By attribute: the categories that are asked for. */
  readonly categories: ReadonlyMap<string, ReadonlySet<string>>;
  /** By attribute: between which numbers, canonical units. */
  readonly ranges: ReadonlyMap<string, Range>;
}

interface Range {
  readonly low: number;
  readonly lowIncluded: boolean;
  readonly high: number;
  readonly highIncluded: boolean;
}

const EVERY_NUMBER: Range = { low: -Infinity, lowIncluded: false, high: Infinity, highIncluded: false };
const COMPARISON = /^([\p{L}_][\p{L}\p{N}_]*)\s*(<=|>=|!=|=|<|>)\s*(.+)$/u;

/** A group that cannot be read: what is wrong, and what to write instead. */
export class GroupError extends Error {
  constructor(
    message: string,
    readonly advice: string,
  ) {
    super(message);
    this.name = 'GroupError';
  }
}

/**
 * Reads a group such as `age >= 75, route = rehab or esd`: comparisons of attributes, all of which must hold, with a comma
 * or `and` between them. Numbers may have a unit.
 * @throws GroupError for what is no comparison, and for attributes and categories that the pathway's cohorts do not have
 */
export function parseGroup(text: string, model: Model, pathwayId: string): PatientGroup {
  const attributes = cohortsOf(model, pathwayId).flatMap((cohort) => cohort.attributes);
  const names = [...new Set(attributes.map(({ name }) => name))];
  const conditions: Expression[] = [];
  const categories = new Map<string, ReadonlySet<string>>();
  const ranges = new Map<string, Range>();
  const parts = text.split(/,|\band\b/u).map((part) => part.trim());
  for (const part of parts) {
    const [, name = '', operator = '', written = ''] = COMPARISON.exec(part) ?? [];
    if (name === '')
      throw new GroupError(
        `\`${part}\` is no comparison of an attribute.`,
        `Write it as in --for "age >= 75, route = rehab". Attributes: ${names.join(', ') || 'none'}.`,
      );
    const own = attributes.filter((each) => each.name === name);
    const near = nearestText(name, names);
    if (own.length === 0)
      throw new GroupError(
        `No cohort of this pathway has the attribute ${name}${near === undefined ? '.' : `; did you mean ${near}?`}`,
        `Attributes: ${names.join(', ') || 'none'}.`,
      );
    const known = [...new Set(own.flatMap((each) => each.categories))];
    if (known.length > 0) {
      const wanted = categoriesOf(name, operator, written, known);
      const before = categories.get(name);
      const both = new Set([...wanted].filter((each) => before?.has(each) !== false));
      if (both.size === 0) throw new GroupError(`Nobody has ${text}.`, `${name} cannot be several values at once.`);
      categories.set(name, both);
      conditions.push(anyOf(name, [...both]));
    } else {
      const comparison = numberComparison(name, operator, written);
      const range = tightened(ranges.get(name) ?? EVERY_NUMBER, comparison.operator, comparison.right.value);
      if (isEmpty(range)) throw new GroupError(`Nobody has ${text}.`, `No number is in that range of ${name}.`);
      ranges.set(name, range);
      conditions.push({ kind: 'binary', left: { kind: 'attribute', name }, ...comparison });
    }
  }
  return { text: parts.join(', '), conditions, categories, ranges };
}

function categoriesOf(name: string, operator: string, written: string, known: readonly string[]): ReadonlySet<string> {
  const given = written.split(/\||\bor\b/u).map((value) => value.trim().replace(/^["'`](.*)["'`]$/u, '$1'));
  for (const value of given) {
    if (known.includes(value)) continue;
    const near = nearestText(value, known);
    throw new GroupError(
      `${value} is no value of ${name}${near === undefined ? '.' : `; did you mean ${near}?`}`,
      `Values of ${name}: ${known.join(', ')}.`,
    );
  }
  if (operator !== '=' && operator !== '!=')
    throw new GroupError(`${name} has values, not numbers: ${operator} does not go with it.`, `Use = or !=.`);
  const wanted = known.filter((value) => given.includes(value) === (operator === '='));
  if (wanted.length === 0) throw new GroupError(`No value of ${name} is left.`, `Values: ${known.join(', ')}.`);
  return new Set(wanted);
}

type Comparison = '<' | '<=' | '>' | '>=' | '=';

function numberComparison(
  name: string,
  operator: string,
  written: string,
): { readonly operator: Comparison; readonly right: Extract<Expression, { kind: 'number' }> } {
  const [, digits = '', unitText = ''] = /^(-?\d[\d_]*(?:\.\d+)?)\s*(\S*)$/u.exec(written) ?? [];
  const unit = unitText === '' ? undefined : parseUnit(unitText);
  if (digits === '' || (unitText !== '' && unit === undefined))
    throw new GroupError(`${name} is a number, and \`${written}\` is none.`, 'Write one, with its unit if it has one.');
  if (operator === '!=')
    throw new GroupError(`${name} != ${written} leaves almost everybody.`, 'Use <, <=, >, >= or =.');
  const value = Number(digits.replaceAll('_', '')) * (unit?.factor ?? 1);
  const right = { kind: 'number', value, dimension: unit?.dimension ?? NUMBER } as const;
  return { operator: operator as Comparison, right: unit === undefined ? right : { ...right, unit: unit.text } };
}

function tightened(range: Range, operator: Comparison, value: number): Range {
  const isIncluded = operator.endsWith('=');
  const result = { ...range };
  if (operator !== '<' && operator !== '<=' && (value > range.low || (value === range.low && !isIncluded)))
    Object.assign(result, { low: value, lowIncluded: isIncluded });
  if (operator !== '>' && operator !== '>=' && (value < range.high || (value === range.high && !isIncluded)))
    Object.assign(result, { high: value, highIncluded: isIncluded });
  return result;
}

function isEmpty({ low, lowIncluded, high, highIncluded }: Range): boolean {
  return low > high || (low === high && !(lowIncluded && highIncluded));
}

function anyOf(name: string, values: readonly string[]): Expression {
  const [first, ...others] = values.map((value): Expression => ({
    kind: 'binary',
    operator: '=',
    left: { kind: 'attribute', name },
    right: { kind: 'category', value },
  }));
  if (first === undefined) return { kind: 'boolean', value: false };
  return others.reduce((left, right) => ({ kind: 'binary', operator: 'or', left, right }), first);
}

/** The cohorts that enter a pathway, and those of pathways that call it where none does itself. */
export function cohortsOf(model: Model, pathwayId: string): readonly Cohort[] {
  const own = byId(model.pathways, pathwayId)?.cohorts ?? [];
  if (own.length === 0) return model.cohorts;
  return own.flatMap(({ cohort }) => byId(model.cohorts, cohort) ?? []);
}

/** The categories that a patient of a group may have; undefined where any number or value will do. */
export function possibleValues(
  group: PatientGroup,
  attribute: Attribute,
  cohort: Pick<Cohort, 'attributes'>,
): ReadonlySet<string> | undefined {
  const asked = group.categories.get(attribute.name);
  const certain = new Map(
    [...group.categories].flatMap(([name, values]) =>
      values.size === 1 ? [[name, [...values][0] ?? ''] as const] : [],
    ),
  );
  certain.delete(attribute.name);
  const value = underAssumptions(attribute.value, certain);
  const declared =
    value.kind === 'one of'
      ? value.options.map((option) => option.value)
      : value.kind === 'category'
        ? [value.value]
        : attribute.categories;
  const own = cohort.attributes.includes(attribute) ? declared : attribute.categories;
  if (own.length === 0) return undefined;
  return new Set(own.filter((each) => asked?.has(each) !== false));
}

/**
 * The share of a cohort that is in a group, where it follows from the text: each attribute that is asked for is known by
 * itself, and none depends on another.
 */
export function shareOfGroup(group: PatientGroup, cohort: Cohort, model: Model): number | undefined {
  const asked = [...group.categories.keys(), ...group.ranges.keys()];
  let share = 1;
  for (const name of asked) {
    const attribute = cohort.attributes.find((each) => each.name === name);
    if (attribute === undefined) return 0;
    const own = shareOf(group, attribute, cohort, model);
    if (own === undefined) return undefined;
    share *= own;
  }
  return share;
}

function shareOf(group: PatientGroup, attribute: Attribute, cohort: Cohort, model: Model): number | undefined {
  const { name, value } = attribute;
  try {
    const values = group.categories.get(name);
    if (values !== undefined)
      return value.kind === 'one of'
        ? categoryShares(value, model).reduce((sum, each) => sum + (values.has(each.value) ? each.share : 0), 0)
        : undefined;
    const range = group.ranges.get(name);
    if (range === undefined || (value.kind !== 'distribution' && constantValue(value, model) === undefined))
      return undefined;
    const below = (limit: number, isIncluded: boolean): number | undefined =>
      limit === Infinity
        ? 1
        : limit === -Infinity
          ? 0
          : meanOfExpression(
              {
                kind: 'binary',
                operator: isIncluded ? '<=' : '<',
                left: { kind: 'attribute', name },
                right: { kind: 'number', value: limit, dimension: NUMBER },
              },
              model,
              { attributes: cohort.attributes },
            ).value;
    const [high, low] = [below(range.high, range.highIncluded), below(range.low, !range.lowIncluded)];
    return high === undefined || low === undefined ? undefined : Math.max(0, high - low);
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** Whether something holds for everyone of a group, for nobody, or for some. */
export type Truth = 'always' | 'never' | 'sometimes';

/** What a condition is for a group; conditions of which the group says nothing hold sometimes. */
export function truthFor(
  condition: Expression,
  group: PatientGroup,
  model: Model,
  values: (attribute: string) => ReadonlySet<string> | undefined,
): Truth {
  const inside = (part: Expression): Truth => truthFor(part, group, model, values);
  const constant = constantValue(condition, model);
  if (constant !== undefined) return constant === 0 ? 'never' : 'always';
  if (condition.kind === 'unary' && condition.operator === 'not') return opposite(inside(condition.operand));
  if (condition.kind !== 'binary') return 'sometimes';
  const { operator, left, right } = condition;
  if (operator === 'and' || operator === 'or') {
    const [a, b] = [inside(left), inside(right)];
    const [deciding, other]: readonly [Truth, Truth] = operator === 'and' ? ['never', 'always'] : ['always', 'never'];
    if (a === deciding || b === deciding) return deciding;
    return a === other && b === other ? other : 'sometimes';
  }
  if (left.kind === 'category' || right.kind === 'category') return categoryTruth(operator, left, right, values);
  const [limit, name, turned] =
    left.kind === 'attribute'
      ? [constantValue(right, model), left.name, operator]
      : right.kind === 'attribute'
        ? [constantValue(left, model), right.name, MIRRORED[operator] ?? operator]
        : [undefined, '', operator];
  const range = group.ranges.get(name);
  return limit === undefined || range === undefined ? 'sometimes' : rangeTruth(turned, range, limit);
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function opposite(truth: Truth): Truth {
  return truth === 'always' ? 'never' : truth === 'never' ? 'always' : 'sometimes';
}

function categoryTruth(
  operator: string,
  left: Expression,
  right: Expression,
  values: (attribute: string) => ReadonlySet<string> | undefined,
): Truth {
  const wanted = left.kind === 'category' ? left.value : right.kind === 'category' ? right.value : '';
  const attribute = left.kind === 'attribute' ? left.name : right.kind === 'attribute' ? right.name : undefined;
  const possible = attribute === undefined ? undefined : values(attribute);
  if (possible === undefined || (operator !== '=' && operator !== '!=')) return 'sometimes';
  const isEqual: Truth = !possible.has(wanted) ? 'never' : possible.size === 1 ? 'always' : 'sometimes';
  return operator === '=' ? isEqual : opposite(isEqual);
}

function rangeTruth(operator: string, range: Range, limit: number): Truth {
  const { low, lowIncluded, high, highIncluded } = range;
  const allBelow = high < limit || (high === limit && !highIncluded);
  const allAtMost = high <= limit;
  const allAbove = low > limit || (low === limit && !lowIncluded);
  const allAtLeast = low >= limit;
  switch (operator) {
    case '<':
      return allBelow ? 'always' : allAtLeast ? 'never' : 'sometimes';
    case '<=':
      return allAtMost ? 'always' : allAbove ? 'never' : 'sometimes';
    case '>':
      return allAbove ? 'always' : allAtMost ? 'never' : 'sometimes';
    case '>=':
      return allAtLeast ? 'always' : allBelow ? 'never' : 'sometimes';
    case '=':
      return low === limit && high === limit ? 'always' : allBelow || allAbove ? 'never' : 'sometimes';
    case '!=':
      return opposite(rangeTruth('=', range, limit));
    default:
      return 'sometimes';
  }
}

/** A group as readers write it. */
export function groupText({ conditions }: PatientGroup, { say }: Pick<DrawingWords, 'say'>): string {
  const texts = conditions.map((condition) => expressionText(condition));
  return texts.reduce((list, text, i) => (i === 0 ? text : say`${list} and ${text}`), '');
}
