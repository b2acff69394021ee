import {
  type Arrivals,
  bookedTimes,
  calendarOf,
  clockOccurrences,
  type Cohort,
  constantValue,
  type Expression,
  groupOf,
  isSteadyRate,
  meanGroup,
  meanOfExpression,
  meanPeople,
  type Model,
  rateChanges,
  requireConstant,
  type Study,
  type StudyCalendar,
  byId,
} from '@pathway/model';

/** How often patients of a cohort arrive, over a study. */
export interface ArrivalRate {
  /** Mean arrivals per second over the study; undefined without a closed form. */
  readonly rate: number | undefined;
  /** A Poisson process whose rate never changes. */
  readonly steadyPoisson: boolean;
  readonly reason?: string;
}

/** What a study says about time, as far as exact facts need it. */
export interface Period {
  readonly calendar: StudyCalendar;
  /** Ids of the pathways that take part; all when empty. */
  readonly pathways: readonly string[];
}

/** The named study, else the first that has the scenario. */
export function studyOf(model: Model, scenarioId: string | undefined, studyId?: string): Study | undefined {
  return (
    (studyId === undefined ? undefined : byId(model.studies, studyId)) ??
    model.studies.find(({ scenarios }) => scenarioId !== undefined && scenarios.includes(scenarioId))
  );
}

const YEAR = 364 * 86_400;

/** The start that a model without a study is looked at from: a Monday at midnight. */
const NO_STUDY = Object.freeze({ start: '2026-01-05T00:00', timezone: 'UTC', horizonSeconds: 4 * 7 * 86_400 });

/** The time over which facts are averaged: the named study's, else the first that has the scenario, else four weeks. */
export function periodOf(model: Model, scenarioId: string | undefined, studyId?: string): Period {
  const study = studyOf(model, scenarioId, studyId) ?? model.studies[0];
  if (study === undefined) return { calendar: NO_STUDY, pathways: [] };
  const length = (constantValue(study.run, model) ?? 0) + (constantValue(study.warmUp, model) ?? 0);
  return { calendar: calendarOf(study, length > 0 ? length : NO_STUDY.horizonSeconds), pathways: study.pathways };
}

/** Weekly patterns repeat: a year shows all of them, and is quick to look through. */
export function atMostAYear(calendar: StudyCalendar): StudyCalendar {
  return calendar.horizonSeconds <= YEAR ? calendar : { ...calendar, horizonSeconds: YEAR };
}

/**
 * Mean arrivals per second of a cohort over a study: of people, also where they come in groups.
 * @throws ModelError for impossible rates and distributions
 */
export function arrivalRate({ arrivals }: Cohort, model: Model, calendar: StudyCalendar): ArrivalRate {
  if (arrivals === undefined) return { rate: 0, steadyPoisson: true };
  const single = eventRate(arrivals, model, calendar);
  if (groupOf(arrivals) === undefined || single.rate === undefined) return single;
  const size = meanGroup(arrivals, model);
  if (size.value === undefined)
    return { rate: undefined, steadyPoisson: false, reason: `The mean group has no closed form: ${size.reason}.` };
  return { rate: single.rate * size.value, steadyPoisson: false };
}

/** Mean arrivals per second, each group counted once. */
function eventRate(arrivals: Arrivals, model: Model, calendar: StudyCalendar): ArrivalRate {
  switch (arrivals.kind) {
    case 'every': {
      const mean = meanOfExpression(arrivals.between, model);
      if (mean.value === undefined || !(mean.value > 0))
        return {
          rate: undefined,
          steadyPoisson: false,
          reason: `The mean time between arrivals has no closed form: ${mean.reason ?? 'it is not above 0'}.`,
        };
      return { rate: 1 / mean.value, steadyPoisson: isExponential(arrivals.between, model) };
    }
    case 'rate':
    case 'table':
      return ratedArrivals(arrivals, model, calendar);
    case 'batch': {
      const size = meanPeople(arrivals.size, model);
      if (size.value === undefined)
        return { rate: undefined, steadyPoisson: false, reason: `The mean batch has no closed form: ${size.reason}.` };
      const year = atMostAYear(calendar);
      const times = clockOccurrences(arrivals.at, arrivals.days, year).length;
      return { rate: (times * size.value) / year.horizonSeconds, steadyPoisson: false };
    }
    case 'appointments': {
      const shows = arrivals.shows === undefined ? 1 : requireConstant(arrivals.shows, model, 'The share who come');
      const year = atMostAYear(calendar);
      return { rate: (bookedTimes(arrivals, year, model).length * shows) / year.horizonSeconds, steadyPoisson: false };
    }
    case 'recorded': {
      const within = arrivals.times.filter((time) => time >= 0 && time < calendar.horizonSeconds).length;
      return { rate: within / calendar.horizonSeconds, steadyPoisson: false };
    }
  }
}

function ratedArrivals(
  arrivals: Extract<Arrivals, { kind: 'rate' | 'table' }>,
  model: Model,
  calendar: StudyCalendar,
): ArrivalRate {
  if (arrivals.kind === 'rate' && isSteadyRate(arrivals)) {
    const rate = constantValue(arrivals.rate, model);
    if (rate !== undefined && rate >= 0) return { rate, steadyPoisson: true };
  }
  const year = atMostAYear(calendar);
  const changes = rateChanges(arrivals, year, model);
  let sum = 0;
  changes.forEach(({ time, rate }, i) => {
    sum += rate * ((changes[i + 1]?.time ?? year.horizonSeconds) - time);
  });
  return { rate: sum / year.horizonSeconds, steadyPoisson: new Set(changes.map(({ rate }) => rate)).size <= 1 };
}

/** An exponential draw with a fixed mean, not cut, possibly through a named number. */
export function isExponential(expression: Expression, model: Model): boolean {
  if (expression.kind === 'reference') {
    const target = byId(model.numbers, expression.to);
    return target?.value.kind === 'distribution' && isExponential(target.value, model);
  }
  return (
    expression.kind === 'distribution' &&
    expression.family === 'exponential' &&
    expression.from === undefined &&
    expression.to === undefined &&
    Object.values(expression.parameters).every((parameter) => constantValue(parameter, model) !== undefined)
  );
}
