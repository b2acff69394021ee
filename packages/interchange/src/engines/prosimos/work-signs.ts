import { plainText } from '../program-text.js';
import { type Duration, durationsOf } from './durations.js';
import { conditionText, type FlowDraft, type Op, type Way } from './flow-draft.js';
import { chanceSign } from './gateway-signs.js';
import type { ProsimosLaw } from './laws.js';

/** A task of what is asked for, over the one work that it is kept for. */
export function requestSign(flow: FlowDraft, request: Op<'request'>, at: number, way: Way, key: string): string {
  const pools = poolsOf(flow, request);
  if (pools.length === 0) return flow.sign(at + 1, way);
  const next = flow.input.instructions[at + 1];
  if (next?.op === 'work' && next.activity === request.activity) return timedSign(flow, next, pools, at + 2, way, key);
  if (next?.op === 'begin' && next.activity === request.activity) {
    const inside = onlyWork(flow, next, at + 1);
    if (inside !== undefined) return timedSign(flow, inside.work, pools, inside.end + 1, way, key);
  }
  flow.findings.refuse(
    'holds',
    flow.findings.activity(request.activity),
    'Prosimos keeps a unit over one task, which must be a step that takes time and needs nothing else',
  );
  return flow.end;
}

/** A task, or a timer where nobody is needed; one for each law, behind gateways that choose between them. */
export function timedSign(
  flow: FlowDraft,
  work: Op<'work'>,
  pools: readonly number[],
  after: number,
  way: Way,
  key: string,
): string {
  const { activity } = work;
  const place = flow.findings.activity(activity);
  const written = flow.findings.attempt('times that are reckoned', place, () =>
    durationsOf(work.takes, flow.attributes),
  );
  if (written === undefined) return flow.end;
  for (const text of written.otherwise) flow.findings.say('times of one law', place, text);
  for (const attribute of written.attributes) flow.draws(attribute, activity);
  const isNothing = (law: ProsimosLaw): boolean =>
    law.distribution_name === 'fix' && law.distribution_params[0]?.value === 0;
  if (pools.length === 0 && written.durations.every(({ laws }) => laws.every(({ law }) => isNothing(law))))
    return flow.sign(after, way);
  const [only, ...others] = written.durations;
  if (only === undefined) return flow.end;
  if (others.length === 0) return chancedSign(flow, activity, only, pools, after, way, key);
  const gateway = flow.chart.add({
    id: flow.fresh(`${flow.name(activity)}.law`),
    kind: 'exclusive',
    name: 'Of whom?',
  });
  flow.remember(key, gateway);
  for (const duration of written.durations)
    flow.chart.connect({
      from: gateway,
      to: chancedSign(flow, activity, duration, pools, after, way),
      name: conditionText(duration.when),
      share: 1 / written.durations.length,
      condition: duration.when,
    });
  return gateway;
}

function chancedSign(
  flow: FlowDraft,
  activity: number,
  { laws }: Duration,
  pools: readonly number[],
  after: number,
  way: Way,
  key?: string,
): string {
  const sign = (law: ProsimosLaw, known?: string): string =>
    pools.length > 0
      ? taskSign(flow, activity, law, pools, after, way, known)
      : eventSign(flow, flow.title(activity), flow.name(activity), law, after, way, known);
  const [only, ...others] = laws;
  if (only === undefined) return flow.end;
  if (others.length === 0) return sign(only.law, key);
  return chanceSign(
    flow,
    activity,
    laws.map(({ law, share }) => ({ to: law, share })),
    (law) => sign(law),
    key,
  );
}

function taskSign(
  flow: FlowDraft,
  activity: number,
  law: ProsimosLaw,
  pools: readonly number[],
  after: number,
  way: Way,
  key: string | undefined,
): string {
  const id = flow.chart.add({ id: flow.fresh(flow.name(activity)), kind: 'task', name: flow.title(activity) });
  if (key !== undefined) flow.remember(key, id);
  flow.tasks.push({ id, pools, law });
  flow.chart.connect({ from: id, to: flow.sign(after, way), name: '' });
  return id;
}

export function eventSign(
  flow: FlowDraft,
  title: string,
  name: string,
  law: ProsimosLaw,
  after: number,
  way: Way,
  key: string | undefined,
): string {
  const id = flow.chart.add({ id: flow.fresh(name), kind: 'timer', name: plainText(title) });
  if (key !== undefined) flow.remember(key, id);
  flow.events.push({ id, law });
  flow.chart.connect({ from: id, to: flow.sign(after, way), name: '' });
  return id;
}

/** Pools of which one unit is asked for; none where there is as much as anybody may want. */
function poolsOf(flow: FlowDraft, { activity, needs }: Op<'request'>): readonly number[] {
  const pools = needs.flatMap(({ of }) => of.flatMap((target) => flow.input.targets[target]?.members ?? []));
  if (pools.some(({ pool }) => flow.input.pools[pool]?.capacity === 'unlimited')) return [];
  const ids = [...new Set(pools.map(({ pool }) => pool))];
  const empty = ids.filter((pool) => {
    const capacity = flow.input.pools[pool]?.capacity;
    return (
      capacity !== undefined && capacity !== 'unlimited' && capacity.value.every((value) => Math.round(value) <= 0)
    );
  });
  if (needs.length > 0 && empty.length === ids.length)
    flow.findings.refuse(
      'capacity that changes',
      flow.findings.activity(activity),
      'there is nothing of what it needs',
    );
  return ids;
}

/** The one work inside a hold, where there is nothing else in it. */
function onlyWork(
  flow: FlowDraft,
  begin: Op<'begin'>,
  at: number,
): { readonly work: Op<'work'>; readonly end: number } | undefined {
  let work: Op<'work'> | undefined;
  for (let here = at + 1; here < flow.input.instructions.length; here++) {
    const each = flow.input.instructions[here];
    if (each === undefined) return undefined;
    if (each.op === 'end' && each.activity === begin.activity && each.register === begin.register)
      return work === undefined ? undefined : { work, end: here };
    const needsNothing = each.op === 'request' && poolsOf(flow, each).length === 0;
    if (each.op === 'work' && work === undefined) work = each;
    else if (!needsNothing && each.op !== 'end' && each.op !== 'depends' && each.op !== 'begin') return undefined;
  }
  return undefined;
}
