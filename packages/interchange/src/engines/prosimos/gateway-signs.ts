import type { InputExpression } from '@pathway/simulation';
import { finishesIn } from '../flow-facts.js';
import { structureFlow } from '../flow-structure.js';
import { ALWAYS, type Condition, UnsaidError } from './conditions.js';
import { constantOf } from './durations.js';
import { conditionText, type FlowDraft, type Op, type Way } from './flow-draft.js';

/** A gateway at which conditions decide; the sign itself where there is nothing to decide. */
export function conditionSign(
  flow: FlowDraft,
  name: string,
  title: string,
  ways: readonly { readonly at: number; readonly condition: Condition }[],
  way: Way,
  before?: string,
  key?: string,
): string {
  const possible = ways.filter(({ condition }) => condition.length > 0);
  const gateway = flow.chart.add({ id: flow.fresh(name), kind: 'exclusive', name: title });
  if (key !== undefined) flow.remember(key, gateway);
  if (before !== undefined) flow.chart.connect({ from: before, to: gateway, name: '' });
  for (const { at, condition } of possible)
    flow.chart.connect({
      from: gateway,
      to: flow.sign(at, way),
      name: conditionText(condition),
      share: 1 / possible.length,
      condition,
    });
  return gateway;
}

/** A gateway that asks for an attribute. */
export function matchSign(
  flow: FlowDraft,
  { activity, attribute, branches, otherwise }: Op<'match'>,
  way: Way,
  key: string,
): string {
  const found = flow.findings.attempt('choice by attribute', flow.findings.activity(activity), () =>
    flow.attributes.cases(
      attribute,
      branches.map(({ values }) => values),
    ),
  );
  if (found === undefined) return flow.end;
  const ways = [
    ...branches.map(({ to }, i) => ({ at: to, condition: found.conditions[i] ?? [] })),
    { at: otherwise, condition: found.otherwise },
  ];
  return conditionSign(flow, flow.name(activity), flow.title(activity), ways, way, undefined, key);
}

/** A gateway at which chance decides by shares that are known. */
export function shareSign(
  flow: FlowDraft,
  { activity, branches, otherwise }: Op<'share'>,
  way: Way,
  key: string,
): string {
  const shares = flow.findings.attempt('shares that vary', flow.findings.activity(activity), () =>
    branches.map(({ share }) => {
      const value = constantOf(share);
      if (value === undefined) throw new UnsaidError('shares that vary');
      return value;
    }),
  );
  if (shares === undefined) return flow.end;
  const left = 1 - shares.reduce((sum, share) => sum + share, 0);
  return chanceSign(
    flow,
    activity,
    [...branches.map(({ to }, i) => ({ to, share: shares[i] ?? 0 })), { to: otherwise, share: Math.max(0, left) }],
    (to) => flow.sign(to, way),
    key,
  );
}

/** A gateway at which chance decides. */
export function chanceSign<T>(
  flow: FlowDraft,
  activity: number,
  ways: readonly { readonly to: T; readonly share: number }[],
  signOf: (to: T) => string,
  key?: string,
): string {
  const possible = ways.filter(({ share }) => share > 1e-12);
  const gateway = flow.chart.add({
    id: flow.fresh(flow.name(activity)),
    kind: 'exclusive',
    name: flow.title(activity),
  });
  if (key !== undefined) flow.remember(key, gateway);
  for (const { to, share } of possible)
    flow.chart.connect({ from: gateway, to: signOf(to), name: percent(share), share });
  return gateway;
}

/** Ways side by side up to where all have ended. */
export function forkSign(flow: FlowDraft, { activity, branches, then }: Op<'fork'>, way: Way, key: string): string {
  const program = flow.input.instructions;
  if (branches.some((branch) => finishesIn(program, structureFlow(program, [branch])))) {
    flow.findings.refuse(
      'together',
      flow.findings.activity(activity),
      'a branch in which patients leave would have to end the others',
    );
    return flow.end;
  }
  const name = flow.title(activity);
  const split = flow.chart.add({ id: flow.fresh(flow.name(activity)), kind: 'parallel', name });
  flow.remember(key, split);
  const join = flow.chart.add({ id: flow.fresh(`${flow.name(activity)}.join`), kind: 'parallel', name: '' });
  for (const branch of branches) {
    const last = flow.chart.add({ id: flow.fresh(`${flow.name(activity)}.last`), kind: 'exclusive', name: '' });
    flow.chart.connect({ from: last, to: join, name: '' });
    const first = flow.chart.add({ id: flow.fresh(`${flow.name(activity)}.first`), kind: 'exclusive', name: '' });
    flow.chart.connect({ from: split, to: first, name: '' });
    flow.chart.connect({ from: first, to: flow.sign(branch, { ...way, joins: [...way.joins, last] }), name: '' });
  }
  flow.chart.connect({ from: join, to: flow.sign(then, way), name: '' });
  return split;
}

/** What Prosimos asks for a condition; what it cannot ask is noted. */
export function conditionOf(flow: FlowDraft, activity: number, expression: InputExpression): Condition {
  const place = flow.findings.activity(activity);
  return flow.findings.attempt('choice by condition', place, () => flow.attributes.condition(expression)) ?? ALWAYS;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}
