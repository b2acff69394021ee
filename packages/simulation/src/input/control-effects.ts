import { type Crisis, type Effect, findActivity, formatOrigin, type Step, titleOf } from '@pathway/model';
import { compileArrivals } from './control-arrivals.js';
import type { ControlContext, Period } from './control-context.js';
import type { InputEffect } from './control-types.js';

/** Work that an effect slows: which, and the factor by which it takes longer. */
export interface Slowdown {
  readonly variable: number;
  slows(step: Step, pathway: { readonly id: string; readonly owner?: string }): boolean;
}

/** What a crisis does, as changes that begin and end. */
export function compileCrisis(
  crisis: Crisis,
  context: ControlContext,
  triggers: readonly string[],
): { readonly effects: readonly InputEffect[]; readonly slowdowns: readonly Slowdown[] } {
  const slowdowns: Slowdown[] = [];
  const effects = crisis.effects.flatMap((effect): InputEffect[] => {
    const period = context.period(effect.span, crisis.span, effect.origin);
    if (period.until !== undefined && (period.until <= period.at || period.until <= 0)) {
      if (!(effect.kind === 'arrivals' && period.atOnce)) return [];
    }
    const changes = changesOf(effect, period, context, triggers, slowdowns);
    if (changes.length === 0) return [];
    return [
      {
        id: effect.id,
        title: context.changes[changes[0] ?? 0]?.title ?? effect.id,
        origin: formatOrigin(effect.origin),
        crisis: titleOf(crisis),
        at: period.at,
        ...(period.lasts && { lasts: period.lasts }),
        ...(period.until !== undefined && { until: period.until }),
        changes,
      },
    ];
  });
  return { effects, slowdowns };
}

function changesOf(
  effect: Effect,
  period: Period,
  context: ControlContext,
  triggers: readonly string[],
  slowdowns: Slowdown[],
): number[] {
  const { model } = context;
  const { id, origin } = effect;
  const titleIn = (
    list: readonly { readonly id: string; readonly name: string; readonly title?: string }[],
    key: string,
  ) => {
    const found = list.find((each) => each.id === key);
    return found === undefined ? key : titleOf(found);
  };
  const share = (what: string): number => {
    const value = 'share' in effect ? context.constant(effect.share, what, origin) : 1;
    return Math.max(0, value);
  };
  switch (effect.kind) {
    case 'arrivals':
      return compileArrivals(effect, period, context);
    case 'diversion': {
      const to = effect.to === undefined ? undefined : context.cohort(effect.to);
      return [
        context.change({
          id,
          title: `diversion of ${titleIn(model.cohorts, effect.cohort)}`,
          kind: 'diversion',
          cohort: context.cohort(effect.cohort),
          share: Math.min(1, share('The share that is diverted')),
          ...(to !== undefined && { to }),
        }),
      ];
    }
    case 'absence':
      return [
        context.change({
          id,
          title: `absence of ${titleIn(model.roles, effect.role)}`,
          kind: 'loss',
          pools: context.poolsOfRole(effect.role, effect.organisation),
          loses: 'share',
          amount: Math.min(1, share('The share of absent people')),
          drawn: true,
        }),
      ];
    case 'loss': {
      const over =
        effect.returnsOver && context.constant(effect.returnsOver, 'The time in which units come back', origin);
      const units = effect.amount && context.constant(effect.amount, 'The number of lost units', origin);
      return [
        context.change({
          id,
          title: `loss of ${titleIn(model.resources, effect.resource)}`,
          kind: 'loss',
          pools: context.poolsOf(effect.resource),
          loses: units !== undefined ? 'units' : effect.share !== undefined ? 'share' : 'all',
          amount: units === undefined ? Math.min(1, share('The share of lost units')) : Math.max(0, Math.round(units)),
          ...(over !== undefined && over > 0 && { returnsOver: over }),
        }),
      ];
    }
    case 'closure': {
      const closed = new Set(effect.organisations.flatMap((each) => [...context.within(each)]));
      const here = [...model.resources, ...model.staff].filter(
        ({ organisation }) => organisation !== undefined && closed.has(organisation),
      );
      return [
        context.change({
          id,
          title: `closure of ${effect.organisations.map((each) => titleIn(model.organisations, each)).join(', ')}`,
          kind: 'loss',
          pools: here.flatMap((each) => context.poolsOf(each.id)),
          loses: 'all',
          amount: 1,
        }),
      ];
    }
    case 'slowdown': {
      const variable = context.variables++;
      slowdowns.push(slowdownOf(effect, variable, context));
      const value = 1 + context.constant(effect.share, 'The share by which work takes longer', origin);
      const names = effect.places.map((each) => {
        if (each.kind === 'pathway') return titleIn(model.pathways, each.pathway);
        if (each.kind === 'organisation') return titleIn(model.organisations, each.organisation);
        const step = findActivity(model, each.step);
        return step?.kind === 'step' ? step.title : each.step;
      });
      return [
        context.change({
          id,
          title: `slower ${names.join(', ')}`,
          kind: 'factor',
          variable,
          value: Math.max(0, value),
        }),
      ];
    }
    case 'supply cut': {
      const stock = model.stocks.findIndex((each) => each.id === effect.stock);
      const left = Math.max(0, 1 - share('The share of deliveries that do not come'));
      return [
        context.change({
          id,
          title: `supply of ${titleIn(model.stocks, effect.stock)}`,
          kind: 'supply',
          stock,
          share: left,
        }),
      ];
    }
    case 'alert':
      return [
        context.change({
          id,
          title: `alert ${titleIn(model.triggers ?? [], effect.trigger)}`,
          kind: 'alert',
          trigger: triggers.indexOf(effect.trigger),
        }),
      ];
  }
}

function slowdownOf(
  { places }: Extract<Effect, { kind: 'slowdown' }>,
  variable: number,
  context: ControlContext,
): Slowdown {
  const organisations = new Set(
    places.flatMap((each) => (each.kind === 'organisation' ? [...context.within(each.organisation)] : [])),
  );
  return {
    variable,
    slows: (step, pathway) =>
      places.some(
        (each) =>
          (each.kind === 'step' && each.step === step.id) || (each.kind === 'pathway' && each.pathway === pathway.id),
      ) || organisations.has(step.organisation ?? pathway.owner ?? ''),
  };
}
