import {
  type Assumptions,
  type Attribute,
  type AttributeKnowledge,
  categoryShares,
  type Cohort,
  constantValue,
  type Distribution,
  distributionCdf,
  distributionCdfBelow,
  type Expression,
  type Model,
  type ResolvedDistribution,
  resolveDistribution,
  underAssumptions,
} from '@pathway/model';
import { attributesIn, expressionsIn } from './expression-walk.js';

/** Patients of a cohort who are alike in everything that decides their way, and how many of the cohort they are. */
export interface PatientClass {
  readonly cohort: Cohort;
  /** Share of the cohort, 0 to 1. */
  readonly share: number;
  readonly assumptions: Assumptions;
  /** What is known of them; numbers that conditions look at are limited to one side of every threshold. */
  readonly knowledge: AttributeKnowledge;
  /** Attributes that decide ways in a manner that cannot be followed exactly, and why. */
  readonly unsettled: ReadonlyMap<string, string>;
}

/** Expressions of a way through care that a patient's attributes enter. */
export interface AttributeUses {
  /** Conditions and shares. */
  readonly routing: readonly Expression[];
  /** Categorical attributes by which branches are chosen. */
  readonly chosenBy: readonly string[];
  /** Times taken. */
  readonly times: readonly Expression[];
}

const MOST_CLASSES = 5000;
/** Attributes that only times depend on are told apart up to here; beyond, means are taken over them. */
const MOST_CLASSES_BY_TIMES = 300;
/** The smallest share of draws that a distribution can be limited to. */
const SMALLEST_SHARE = 1e-6;

interface Draft {
  readonly share: number;
  readonly assumptions: Assumptions;
  readonly attributes: readonly Attribute[];
}

/**
 * Splits a cohort so that inside each class every condition and choice by attributes is certain, as far as that can be
 * done exactly: by the categories of `one of` attributes (correlated ones too) and by the intervals between the
 * thresholds that numbers are compared with.
 * @throws ModelError for impossible shares and parameters
 */
export function patientClasses(cohort: Cohort, uses: AttributeUses, model: Model): PatientClass[] {
  const deciding = closure([...uses.routing.flatMap((each) => [...attributesIn(each, model)]), ...uses.chosenBy]);
  const timed = closure(uses.times.flatMap((each) => [...attributesIn(each, model)]));
  const unsettled = new Map<string, string>();
  let drafts: readonly Draft[] = [{ share: 1, assumptions: new Map(), attributes: cohort.attributes }];
  for (const attribute of cohort.attributes) {
    const decides = deciding.has(attribute.name);
    if (!decides && !timed.has(attribute.name)) continue;
    const limits = thresholds(attribute.name, uses.routing, model);
    const split = drafts.flatMap((draft) => splitBy(attribute, draft, decides ? limits.values : [], model));
    if (split.length > (decides ? MOST_CLASSES : MOST_CLASSES_BY_TIMES)) {
      if (decides) unsettled.set(attribute.name, `the cohort falls into more than ${MOST_CLASSES} kinds of patients`);
      continue;
    }
    drafts = split;
    if (decides && !limits.complete && isNumber(attribute) && usesOf(attribute.name, uses, model) > 1)
      unsettled.set(
        attribute.name,
        `${attribute.name} enters several conditions and times in ways that depend on one another`,
      );
  }
  return drafts.map(({ share, assumptions, attributes }) => ({
    cohort,
    share,
    assumptions,
    knowledge: {
      attributes,
      shares: Object.fromEntries([...assumptions].map(([name, value]) => [name, { [value]: 1 }])),
    },
    unsettled,
  }));

  /** The attributes and those that they depend on. */
  function closure(names: readonly string[]): Set<string> {
    const found = new Set(names);
    for (const attribute of [...cohort.attributes].reverse())
      if (found.has(attribute.name)) for (const name of attributesIn(attribute.value, model)) found.add(name);
    return found;
  }
}

function isNumber(attribute: Attribute): boolean {
  return attribute.categories.length === 0;
}

/** How many expressions an attribute enters, those of other attributes included. */
function usesOf(name: string, { routing, times }: AttributeUses, model: Model): number {
  return [...routing, ...times].filter((each) => attributesIn(each, model).has(name)).length;
}

/** The constants that a number is compared with, ascending; incomplete when it is used otherwise too. */
function thresholds(
  name: string,
  routing: readonly Expression[],
  model: Model,
): { readonly values: readonly number[]; readonly complete: boolean } {
  const values = new Set<number>();
  let mentions = 0;
  let compared = 0;
  for (const each of routing.flatMap((expression) => [...expressionsIn(expression, model)])) {
    if (each.kind === 'attribute' && each.name === name) mentions++;
    if (each.kind !== 'binary' || ['+', '-', '*', '/', 'and', 'or'].includes(each.operator)) continue;
    const other = isAttribute(each.left, name) ? each.right : isAttribute(each.right, name) ? each.left : undefined;
    const value = other && constantValue(other, model);
    if (value === undefined) continue;
    compared++;
    values.add(value);
  }
  return { values: [...values].sort((a, b) => a - b), complete: compared === mentions };
}

function isAttribute(expression: Expression, name: string): boolean {
  return expression.kind === 'attribute' && expression.name === name;
}

function splitBy(attribute: Attribute, draft: Draft, limits: readonly number[], model: Model): readonly Draft[] {
  const value = underAssumptions(attribute.value, draft.assumptions);
  if (value.kind === 'one of' || value.kind === 'category') {
    const shares = value.kind === 'one of' ? categoryShares(value, model) : [{ value: value.value, share: 1 }];
    return shares
      .filter(({ share }) => share > 0)
      .map((each) => ({
        ...draft,
        share: draft.share * each.share,
        assumptions: new Map([...draft.assumptions, [attribute.name, each.value]]),
      }));
  }
  if (value.kind !== 'distribution' || limits.length === 0 || !hasConstantParameters(value, model)) return [draft];
  return intervals(value, limits, model).map(({ share, within }) => ({
    ...draft,
    share: draft.share * share,
    attributes: draft.attributes.map((each) => (each.name === attribute.name ? { ...each, value: within } : each)),
  }));
}

function hasConstantParameters(distribution: Distribution, model: Model): boolean {
  return Object.values(distribution.parameters).every((each) => constantValue(each, model) !== undefined);
}

/** A distribution cut at thresholds: the open intervals between them, and the thresholds themselves where they have a chance. */
function intervals(
  distribution: Distribution,
  limits: readonly number[],
  model: Model,
): { readonly share: number; readonly within: Expression }[] {
  const law = resolveDistribution(distribution, model);
  const pieces: { share: number; within: Expression }[] = [];
  let below = 0;
  let low = law.from;
  const add = (share: number, from: number, to: number): void => {
    if (share > 1e-15) pieces.push({ share, within: limitedTo(distribution, law, share, from, to) });
  };
  for (const limit of limits) {
    const before = distributionCdfBelow(law, limit);
    const upTo = distributionCdf(law, limit);
    add(before - below, low, nextDown(limit));
    if (upTo > before) add(upTo - before, limit, limit);
    below = upTo;
    low = Math.max(law.from, nextUp(limit));
  }
  add(1 - below, low, law.to);
  return pieces;
}

function limitedTo(
  distribution: Distribution,
  law: ResolvedDistribution,
  share: number,
  from: number,
  to: number,
): Expression {
  const literal = (value: number): Expression => ({ kind: 'number', value, dimension: distribution.dimension });
  if (from === to) return literal(from);
  const [low, high] = [Math.max(from, law.from), Math.min(to, law.to)];
  // So few draws that any value inside serves: conditions stay certain, and times move by less than a millionth.
  if (share < SMALLEST_SHARE) return literal(Number.isFinite(low) ? low : high);
  return {
    ...distribution,
    ...(Number.isFinite(low) && { from: literal(low) }),
    ...(Number.isFinite(high) && { to: literal(high) }),
  };
}

function nextUp(value: number): number {
  return value === 0 ? Number.MIN_VALUE : value + Math.abs(value) * Number.EPSILON;
}

function nextDown(value: number): number {
  return -nextUp(-value);
}
