import {
  byId,
  compositionOrder,
  dimensionOf,
  type Expression,
  formatOrigin,
  isPathwayPatch,
  levelIndex,
  levelPlaces,
  type Model,
  type Origin,
  type Response,
  type ResponseMeasure,
  titleOf,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { ControlContext } from './control-context.js';
import { allowanceTitle, compileTeam } from './control-staff.js';
import type { InputCall, InputChange, InputResponse } from './control-types.js';
import { isEverUnlimited } from './step-functions.js';
import type { Variants } from './variants.js';

/** The responses at hand, in the order of declaration, with all that they change. */
export function compileResponses(ids: readonly string[], context: ControlContext, variants: Variants): InputResponse[] {
  const { model } = context;
  const responses = (model.responses ?? []).filter(({ id }) => ids.includes(id));
  // What is done first and last where several do something to the same arrivals is what composition says.
  const measures = new Map<string, number[]>();
  for (const response of compositionOrder(responses)) {
    const changes = response.patches.flatMap((patch) => {
      const change = isPathwayPatch(patch) ? undefined : changeOf(patch, response, context);
      return change === undefined ? [] : [context.change(change)];
    });
    measures.set(response.id, changes);
  }
  return responses.map((response): InputResponse => {
    const seconds = (expression: Response['atMost'], what: string): number =>
      expression === undefined ? 0 : context.constant(expression, what, response.origin);
    const component = variants.responses.indexOf(response.id);
    const ways =
      component < 0
        ? []
        : [context.change({ id: `${response.id}.ways`, title: titleOf(response), kind: 'ways', component, member: 0 })];
    return {
      id: response.id,
      title: titleOf(response),
      origin: formatOrigin(response.origin),
      calls: response.activations.map((each) => callOf(each, model)),
      ...(response.atMost && { atMost: seconds(response.atMost, 'The longest time of a response') }),
      delay: seconds(response.recovery.delay, 'The time after which a response ends'),
      after: response.recovery.after.map((id) => responses.findIndex((each) => each.id === id)).filter((i) => i >= 0),
      changes: [...ways, ...(measures.get(response.id) ?? [])],
      ...(response.costs && { cost: costOf(response.costs, response, context) }),
    };
  });
}

/** What is said for each time that a response begins, and for the time in which it is in force. */
function costOf(
  costs: readonly Expression[],
  { origin }: Response,
  context: ControlContext,
): NonNullable<InputResponse['cost']> {
  const sum = (perTime: boolean): number =>
    costs
      .filter((cost) => (dimensionOf(cost, context.model)?.time === -1) === perTime)
      .reduce((total, cost) => total + context.constant(cost, 'What a response costs', origin), 0);
  return { each: sum(false), perSecond: sum(true) };
}

/** What calls for a response, by its place in the control; -1 where nothing raises the level there. */
export function callOf(activation: Response['activations'][number], model: Model): InputCall {
  switch (activation.kind) {
    case 'trigger':
      return { trigger: (model.triggers ?? []).findIndex(({ id }) => id === activation.trigger) };
    case 'level':
      return {
        place: levelPlaces(model).findIndex(
          ({ scale, organisation }) => scale === activation.scale && organisation === activation.organisation,
        ),
        level: levelIndex(model, activation.scale, activation.level),
        only: activation.only,
      };
    case 'gauge': {
      const scale = byId(model.gauges ?? [], activation.gauge)?.scale ?? '';
      return {
        gauge: (model.gauges ?? []).findIndex(({ id }) => id === activation.gauge),
        level: levelIndex(model, scale, activation.level),
        only: activation.only,
      };
    }
  }
}

function changeOf(patch: ResponseMeasure, response: Response, context: ControlContext): InputChange | undefined {
  const { model } = context;
  const { id, origin } = patch;
  const lead = (after: Expression | undefined): { readonly lead?: number } => {
    const seconds = after === undefined ? 0 : context.constant(after, 'The lead time of a measure', origin);
    return seconds > 0 ? { lead: seconds } : {};
  };
  const cohorts = (ids: readonly string[]): readonly number[] => ids.map((each) => context.cohort(each));
  const names = (ids: readonly string[]): string =>
    model.cohorts
      .filter((each) => ids.includes(each.id))
      .map((each) => titleOf(each))
      .join(', ');
  switch (patch.kind) {
    case 'pause':
      return { id, title: names(patch.cohorts), kind: 'pause', cohorts: cohorts(patch.cohorts) };
    case 'cancel':
      return { id, title: names(patch.cohorts), kind: 'cancellation', cohorts: cohorts(patch.cohorts) };
    case 'start':
      return { id, title: names(patch.cohorts), kind: 'start', cohorts: cohorts(patch.cohorts) };
    case 'postpone':
      return {
        id,
        title: names([patch.cohort]),
        kind: 'postponement',
        cohort: context.cohort(patch.cohort),
        by: context.expression(patch.by),
      };
    case 'divert': {
      const to = patch.to === undefined ? undefined : context.cohort(patch.to);
      const share = context.constant(patch.share, 'The share that is diverted', origin);
      return {
        id,
        title: names([patch.cohort]),
        kind: 'diversion',
        cohort: context.cohort(patch.cohort),
        share: Math.min(1, Math.max(0, share)),
        ...(to !== undefined && { to }),
      };
    }
    case 'add': {
      const [pool] = context.poolsOf(patch.resource);
      const resource = byId(model.resources, patch.resource);
      if (pool === undefined || resource === undefined) return undefined;
      return {
        id,
        title: titleOf(resource),
        kind: 'addition',
        pool,
        ...additionOf(patch, pool, context),
        ...lead(patch.after),
      };
    }
    case 'call in': {
      const pool = calledInto(patch, response, context);
      const role = byId(model.roles, patch.role);
      return {
        id,
        title: role === undefined ? patch.role : titleOf(role),
        kind: 'addition',
        pool,
        ...additionOf(patch, pool, context),
        ...lead(patch.after),
      };
    }
    case 'convert': {
      const [from] = context.poolsOf(patch.from);
      const [to] = context.poolsOf(patch.to);
      if (from === undefined || to === undefined) return undefined;
      for (const pool of [from, to]) {
        if (!isEverUnlimited(context.supply.pools[pool]?.capacity)) continue;
        throw new SimulationError('What is unlimited cannot be converted: give it a count.', formatOrigin(origin));
      }
      const units = wholeUnits(patch.amount, context, origin);
      const conversion = context.firstConversion + context.conversions.push({ pool: from, to, units }) - 1;
      const title = byId(model.resources, patch.to);
      return {
        id,
        title: title === undefined ? patch.to : titleOf(title),
        kind: 'conversion',
        conversion,
        ...lead(patch.after),
      };
    }
    case 'allow':
      return { id, title: allowanceTitle(patch, model), kind: 'substitution', ...lead(patch.training) };
    case 'team': {
      const [pool] = context.poolsOf(patch.resource);
      const resource = byId(model.resources, patch.resource);
      if (pool === undefined || resource === undefined) return undefined;
      const team = context.teams.push(compileTeam(patch, context)) - 1;
      return { id, title: titleOf(resource), kind: 'team', pool, team };
    }
    case 'relax rules':
      // Rosters keep rules of working time; in a run people are on duty as the text says.
      return undefined;
  }
}

function wholeUnits(amount: Expression, context: ControlContext, origin: Origin): number {
  const units = Math.round(context.constant(amount, 'The number of units that are added', origin));
  if (units >= 0 && units <= 1e6) return units;
  throw new SimulationError(`From 0 to a million units are added, not ${units}.`, formatOrigin(origin));
}

/** How many, and what they cost beside what other units of the facility do. */
function additionOf(
  { amount, cost, origin }: Extract<ResponseMeasure, { kind: 'add' | 'call in' }>,
  pool: number,
  context: ControlContext,
): { readonly units: number; readonly cost: number } {
  const units = wholeUnits(amount, context, origin);
  if (cost === undefined) return { units, cost: 0 };
  const each = context.constant(cost.amount, 'The cost of what is added', origin);
  const usual = context.supply.facilities[context.supply.pools[pool]?.facility ?? 0]?.cost ?? 0;
  return { units, cost: (cost.each ? each * units : each) - usual * units };
}

/** Whose number people who are called in increase: those who work where the response is, else those they come from. */
function calledInto(
  patch: Extract<ResponseMeasure, { kind: 'call in' }>,
  response: Response,
  context: ControlContext,
): number {
  const { model } = context;
  const groups = model.staff.filter(({ role }) => role === patch.role);
  const owner = model.pathways.find(({ id }) => id === response.pathway)?.owner;
  const group =
    groups.find(({ organisation }) => organisation !== undefined && organisation === owner) ??
    groups.find(({ organisation }) => organisation !== undefined && organisation === patch.from) ??
    groups[0];
  const [pool] = group === undefined ? [] : context.poolsOf(group.id);
  if (pool !== undefined) return pool;
  throw new SimulationError(
    `Nobody of ${patch.role} is declared who could be called in: declare staff of this role.`,
    formatOrigin(patch.origin),
  );
}
