import {
  type Attribute,
  type AttributeKnowledge,
  categoryShares,
  type Cohort,
  type Expression,
  type Model,
  nestedBodies,
  type Pathway,
  byId,
} from '@pathway/model';
import type { Activity } from '@pathway/model';
import { attributesIn } from './attributes-in.js';

/** Patients of one cohort who share the values of their categorical attributes. */
export interface PatientKind {
  /** Share of the cohort's patients, 0 to 1. */
  readonly share: number;
  readonly values: ReadonlyMap<string, string>;
  /** What expressions may know about them: the attributes as declared, the categorical ones fixed. */
  readonly knowledge: AttributeKnowledge;
}

export interface PatientKinds {
  readonly kinds: readonly PatientKind[];
  /** Attributes that could not be told apart, and why. */
  readonly limits: readonly string[];
}

/** More combinations than this are not told apart: an editor waits for the answer. */
const MOST_KINDS = 500;

/**
 * The joint distribution of the categorical attributes of a cohort that its ways through care depend on, by
 * enumeration: a later attribute may depend on an earlier one. Shares add to 1; kinds that nobody belongs to are left out.
 * @throws ModelError for shares that do not add to 100 %
 */
export function patientKinds(cohort: Cohort, used: ReadonlySet<string>, model: Model): PatientKinds {
  const limits: string[] = [];
  let kinds: { share: number; values: ReadonlyMap<string, string> }[] = [{ share: 1, values: new Map() }];
  for (const attribute of cohort.attributes) {
    if (attribute.categories.length === 0 || !used.has(attribute.name)) continue;
    if (kinds.length * attribute.categories.length > MOST_KINDS) {
      limits.push(
        `${attribute.name} of ${cohort.id} is not told apart: with it there are more than ${MOST_KINDS} kinds of patients.`,
      );
      continue;
    }
    const next: typeof kinds = [];
    let known = true;
    for (const kind of kinds) {
      const shares = sharesOf(attribute.value, kind.values, model);
      if (shares === undefined) known = false;
      for (const { value, share } of shares ?? []) {
        if (share > 0)
          next.push({ share: kind.share * share, values: new Map([...kind.values, [attribute.name, value]]) });
      }
    }
    if (known) kinds = next;
    else limits.push(`The shares of ${attribute.name} of ${cohort.id} do not follow from the text.`);
  }
  return { kinds: kinds.map((kind) => ({ ...kind, knowledge: knowledgeOf(kind.values, cohort.attributes) })), limits };
}

function knowledgeOf(values: ReadonlyMap<string, string>, attributes: readonly Attribute[]): AttributeKnowledge {
  return {
    shares: Object.fromEntries(Array.from(values, ([name, value]) => [name, { [value]: 1 }] as const)),
    attributes,
  };
}

function sharesOf(
  expression: Expression,
  values: ReadonlyMap<string, string>,
  model: Model,
): readonly { readonly value: string; readonly share: number }[] | undefined {
  switch (expression.kind) {
    case 'one of':
      return categoryShares(expression, model);
    case 'category':
      return [{ value: expression.value, share: 1 }];
    case 'attribute': {
      const value = values.get(expression.name);
      return value === undefined ? undefined : [{ value, share: 1 }];
    }
    case 'cases': {
      const value = values.get(expression.attribute);
      if (value === undefined) return undefined;
      const then = expression.cases.find((each) => each.values.includes(value))?.then ?? expression.otherwise;
      return then && sharesOf(then, values, model);
    }
    default:
      return undefined;
  }
}

/** Names of the attributes that a pathway and those it calls look at, and of those that these are made from. */
export function attributesLookedAt(pathway: Pathway, cohort: Cohort, model: Model): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (expression: Expression | undefined): void => {
    if (expression === undefined) return;
    for (const name of attributesIn(expression, model, cohort.attributes)) names.add(name);
  };
  const called = new Set<string>();
  const walk = (body: readonly Activity[]): void => {
    for (const activity of body) {
      for (const expression of expressionsOf(activity)) look(expression);
      if (activity.kind === 'choose' && activity.attribute !== undefined)
        look({ kind: 'attribute', name: activity.attribute });
      if (activity.kind === 'call' && !called.has(activity.pathway)) {
        called.add(activity.pathway);
        walk(byId(model.pathways, activity.pathway)?.body ?? []);
      }
      for (const nested of nestedBodies(activity)) walk(nested);
    }
  };
  walk(pathway.body);
  return names;
}

/** What decides where patients go, how long it takes them, and what they need. */
export function expressionsOf(activity: Activity): (Expression | undefined)[] {
  switch (activity.kind) {
    case 'step':
      return [activity.takes, activity.when, ...activity.needs.map((need) => need.amount)];
    case 'hold':
      return [activity.when, ...activity.needs.map((need) => need.amount)];
    case 'choose':
      return activity.branches.map(({ when }) =>
        when.kind === 'share' ? when.share : when.kind === 'condition' ? when.condition : undefined,
      );
    case 'repeat':
      return [activity.times, activity.atMost, activity.again, activity.until, activity.every];
    case 'wait':
      return [activity.duration];
    default:
      return [];
  }
}
