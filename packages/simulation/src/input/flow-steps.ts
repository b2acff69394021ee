import type { Step } from '@pathway/model';
import { type Instance, NOTHING, type Pending, range, union } from './flow-blocks.js';
import type { FlowCompiler } from './flow-compiler.js';
import { compileDependentStep } from './flow-dependences.js';
import type { Instruction } from './instruction-types.js';

type Work = Extract<Instruction, { op: 'work' }>;

/** Compiles a step; gives the slots that are still kept after it. */
export function compileStep(flow: FlowCompiler, a: Step, before: Pending, at: Instance): Pending {
  const activity = flow.of(a, a.title ?? a.name);
  const skip = flow.when(a.when, activity, at);
  flow.giveBack(before);
  const dependence = flow.surroundings.dependsOn(a);
  const dependent = dependence.length === 0 ? undefined : compileDependentStep(flow, activity, dependence);
  dependent?.begin();
  const needs = [...flow.needs(a.needs, a.organisation ?? at.pathway.owner), ...flow.consumption(a, at)];
  const slot = flow.takeSlots(needs.length);
  let work: number | undefined;
  const request = flow.request(a, activity, needs, a.needs, slot, NOTHING, at);
  if (a.takes === undefined && a.costs.length === 0) {
    const register = flow.takeRegisters(1);
    flow.emit({ op: 'begin', activity, register });
    flow.emit({ op: 'end', activity, register });
  } else {
    const takes = a.takes === undefined ? ({ op: 'number', value: 0 } as const) : flow.time(a, a.takes, at);
    const costs = a.costs.map((cost) => flow.expression(cost));
    const depends = dependent?.beforeWork();
    work = flow.emit({ op: 'work', activity, copy: at.copy, takes, costs, ...givesOf(a, request, depends) });
    flow.emit({ op: 'end', activity });
  }
  flow.giveBack(range(slot, needs.length));
  if (!at.ends.has(a.id)) at.ends.set(a.id, flow.here);
  const past = flow.here;
  const late = flow.otherwise(request, a.waits?.otherwise, NOTHING, at);
  if (work !== undefined && a.interruption === 'leaves') leaveTo(flow, work, past);
  const after = union(late, dependent?.end(range(slot, needs.length), at) ?? NOTHING);
  skip();
  return a.when === undefined ? after : union(before, after);
}

/** Whoever is interrupted goes the way of those who gave up waiting, or past the step where it has none. */
function leaveTo(flow: FlowCompiler, place: number, past: number): void {
  const work = flow.instructions[place];
  if (work?.op !== 'work' || work.gives === undefined) return;
  const request = flow.instructions[work.gives.request];
  const to = request?.op === 'request' ? request.patience?.to : undefined;
  flow.instructions[place] = { ...work, gives: { ...work.gives, leaves: to ?? past } };
}

/** How the work of a step gives way, as the input has it. */
function givesOf(
  { needs, interruption, handedOver }: Step,
  [request]: readonly number[],
  depends: number | undefined,
): Partial<Pick<Work, 'gives'>> {
  // Where nothing is needed, nothing can be taken away.
  const gives = needs.length > 0 && (interruption !== undefined || handedOver === true);
  if (request === undefined || (!gives && depends === undefined)) return {};
  const how = interruption !== undefined && interruption !== 'leaves' && { interruption };
  const lost = depends !== undefined && { depends };
  return { gives: { request, ...how, ...(handedOver === true && { handedOver }), ...lost } };
}
