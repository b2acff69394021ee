import {
  activitiesOf,
  type ActivityDemand,
  applyScenario,
  byId,
  constantValue,
  type Crisis,
  type CrisisMoment,
  type Effect,
  elapsedAt,
  epidemicCounts,
  meanGroup,
  type Model,
  requireConstant,
  type Response,
  SECONDS,
  type Span,
} from '@pathway/model';
import { periodOf } from './arrival-rate.js';
import { demandByActivity } from './demand.js';
import { demandOf } from './offered-load.js';
import { arrivingUnder, changersOf, type LeftOut, responsesInForce, withoutClosedForm } from './responses-in-crisis.js';

type ArrivalsEffect = Extract<Effect, { kind: 'arrivals' }>;
type Slowdown = Extract<Effect, { kind: 'slowdown' }>;

/** Arrivals in each hour of a week. */
type Week = readonly number[];

const HOUR = 3600;

/** The work of a mean week of a crisis. */
interface CrisisDemand {
  readonly demand: readonly ActivityDemand[];
  /** Those that change it, or who does it, taken to be in force in all of the crisis. */
  readonly responses: readonly Response[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * As `activityDemand`, in a mean week of a crisis: arrivals with what it and the responses at hand change of them, on the ways that
 * the responses make, as in a run; work with what the crisis slows down. Effects that last a part of it count as if they
 * lasted all of it, and so do responses, of which a run alone tells when they begin; people who come at once, or of an
 * epidemic, are spread evenly over their time, or over a week where no end of it is said.
 * @throws ModelError for an unknown scenario and for impossible numbers
 */
export function crisisDemand(model: Model, crisis: Crisis, scenarioId?: string): CrisisDemand {
  const changed = scenarioId === undefined ? model : applyScenario(model, scenarioId);
  const inForce = responsesInForce(changed, crisis, scenarioId);
  const adapted = inForce.model;
  const period = periodOf(changed, scenarioId);
  const demand = demandOf(adapted, period);
  const comes = demandByActivity(adapted, demand, (cohort, usual) => {
    const inCrisis = (id: string): Week => arrivingIn(crisis, id, usual, changed);
    return arrivingUnder(inForce, cohort, inCrisis, ({ share }) =>
      requireConstant(share, changed, 'share of a diversion'),
    );
  });
  const closed = adapted === changed ? [] : withoutClosedForm(adapted, demand, demandOf(changed, period));
  return {
    demand: slowedDown(comes, crisis, adapted),
    responses: changersOf(inForce),
    leftOut: [...inForce.leftOut, ...closed],
  };
}

/** Who arrives of a cohort with what a crisis changes. */
function arrivingIn(crisis: Crisis, cohort: string, weekOf: (cohort: string) => Week, model: Model): Week {
  let week = weekOf(cohort);
  for (const effect of crisis.effects) {
    if (effect.kind === 'arrivals' && effect.cohorts.includes(cohort))
      week = arriving(effect, cohort, week, crisis, model);
    if (effect.kind !== 'diversion') continue;
    const share = requireConstant(effect.share, model, 'share of a diversion');
    if (effect.to === cohort) week = week.map((people, hour) => people + share * (weekOf(effect.cohort)[hour] ?? 0));
    if (effect.cohort === cohort) week = week.map((people) => people * (1 - share));
  }
  return week.map((people) => Math.max(0, people));
}

/** Work that takes longer at the places that a crisis slows down. */
function slowedDown(demand: readonly ActivityDemand[], crisis: Crisis, model: Model): readonly ActivityDemand[] {
  const slowdowns = crisis.effects.filter((effect): effect is Slowdown => effect.kind === 'slowdown');
  if (slowdowns.length === 0) return demand;
  return demand.map((activity) => {
    const longer = slowdowns.reduce(
      (factor, { places, share }) =>
        places.some((place) => isAt(place, activity, model))
          ? factor * (1 + requireConstant(share, model, 'share of a slowdown'))
          : factor,
      1,
    );
    return {
      ...activity,
      loadByHour: activity.loadByHour.map((load) => load * longer),
      meanDuration: activity.meanDuration * longer,
    };
  });
}

/** What an effect makes of the arrivals of a week. */
function arriving({ change, span }: ArrivalsEffect, cohort: string, week: Week, crisis: Crisis, model: Model): Week {
  switch (change.kind) {
    case 'share': {
      const factor = 1 + requireConstant(change.share, model, 'change of arrivals');
      return week.map((people) => people * factor);
    }
    case 'rate': {
      const more = requireConstant(change.rate, model, 'change of arrivals') * HOUR;
      // A rate is one of groups where these come, as in `arrives`.
      const size = meanGroup(byId(model.cohorts, cohort)?.arrivals, model).value ?? 0;
      return week.map((people) => people + more * size);
    }
    case 'people':
    case 'curve': {
      const lasts = lengthOf(span ?? crisis.span, model) ?? SECONDS.week;
      const people =
        change.kind === 'people'
          ? requireConstant(change.people, model, 'change of arrivals')
          : (epidemicCounts(change.curve, lasts, 1, model)[0] ?? 0);
      return week.map((usual) => usual + (people / lasts) * HOUR);
    }
  }
}

/** Seconds of a span; undefined where it has no end that is known before a run, or is but a moment. */
function lengthOf(span: Span | undefined, model: Model): number | undefined {
  if (span?.lasting !== undefined) return constantValue(span.lasting, model);
  if (span?.end === undefined || span.begin === undefined) return undefined;
  const [begin, end] = [secondsAt(span.begin, model), secondsAt(span.end, model)];
  return begin === undefined || end === undefined || end <= begin ? undefined : end - begin;
}

function secondsAt(moment: CrisisMoment, model: Model): number | undefined {
  const { calendar } = periodOf(model, undefined);
  if (moment.kind === 'date') return elapsedAt(`${moment.date}T00:00`, calendar) + (moment.at ?? 0) * 60;
  const warmUp = constantValue(model.studies[0]?.warmUp ?? moment.day, model);
  const day = constantValue(moment.day, model);
  if (day === undefined || warmUp === undefined) return undefined;
  return (model.studies.length > 0 ? warmUp : 0) + day * SECONDS.d + (moment.at ?? 0) * 60;
}

/** Whether work is at a place that a crisis slows down. */
export function isAt(
  place: Slowdown['places'][number],
  { activity, organisation }: Pick<ActivityDemand, 'activity' | 'organisation'>,
  model: Model,
): boolean {
  switch (place.kind) {
    case 'step':
      return activity === place.step;
    case 'pathway': {
      const pathway = byId(model.pathways, place.pathway);
      return pathway !== undefined && activitiesOf(pathway).some(({ id }) => id === activity);
    }
    case 'organisation':
      return organisation === place.organisation;
  }
}
