import {
  type ActivityDemand,
  applyScenario,
  byId,
  composeResponses,
  constantValue,
  type Crisis,
  type DailyDemand,
  type Effect,
  type Model,
  noteOnBatch,
  requireConstant,
  type Spell,
  titleOf,
} from '@pathway/model';
import { arrivalRate, type Period, periodOf } from './arrival-rate.js';
import { isAt } from './crisis-demand.js';
import { crisisSpells, MOST_CRISIS_DAYS, type ResponseDays } from './crisis-spells.js';
import { DailyArrivals, held } from './daily-arrivals.js';
import { type ActivityTotals, demandOfActivity, totalsByActivity } from './demand.js';
import { type Duration, textOf } from './duration.js';
import { demandOf } from './offered-load.js';
import { keyOfPart, needsApart } from './needs-apart.js';
import { placeOf } from './stations.js';
import { placesByHour, startsOnce } from './start-times.js';
import { TimeGrid } from './time-grid.js';
import type { KindTraffic, Visit } from './traffic.js';
import { durationOf, sharesByLag } from './under-way.js';
import { asUsual } from './usual-demand.js';
import { arrivalsByHour } from './weekly-arrivals.js';

const DAY_HOURS = 24;
const WEEK = 168;
/** Days after the last effect and response in which what they left is still worked off. */
const DAYS_AFTER = 14;

export interface DailyOptions {
  /** Days of responses where they are known. */
  readonly known?: readonly ResponseDays[];
  /** The days to look at; those of the crises, and some after, where absent. */
  readonly period?: { readonly from: string; readonly days: number };
  /** Ids of the pathways whose work counts, also where responses change it; all where absent. */
  readonly pathways?: readonly string[];
}

/**
 * As `activityDemand`, hour by hour over the days of a scenario's crises: who arrives then, on the ways that the responses in
 * force in an hour make of care, for whoever begins something in that hour; work with what crises slow down. What is under
 * way is the mean of M(t)/G/∞ from the usual week before on, so that it builds up and is worked off. Undefined where no crisis
 * happens and no response is known to be in force.
 * @throws ModelError for an unknown scenario and for impossible numbers
 */
export function dailyDemand(
  written: Model,
  scenarioId: string | undefined,
  options: DailyOptions = {},
): DailyDemand | undefined {
  const model = scenarioId === undefined ? written : applyScenario(written, scenarioId);
  const found = crisisSpells(model, scenarioId, options.known);
  if (found === undefined) return undefined;
  const begin = options.period === undefined || found.from < options.period.from ? found.from : options.period.from;
  const shift = DAY_HOURS * daysFrom(begin, found.from);
  const spells = found.spells.map((each) => ({ ...each, from: each.from + shift, until: each.until + shift }));
  const last = Math.max(...spells.map(({ until }) => until));
  const days =
    options.period === undefined
      ? Math.min(MOST_CRISIS_DAYS, Math.ceil(last / DAY_HOURS) + DAYS_AFTER)
      : daysFrom(begin, options.period.from) + options.period.days;
  const { pathways } = options;
  const isWanted = ({ activity, pathway }: Visit): boolean =>
    activity.needs.length > 0 && (pathways === undefined || pathways.includes(pathway.id));
  const course = new Course(model, periodOf(model, scenarioId), begin, days, spells, isWanted);
  const all = course.demand();
  const notes = [...found.notes, ...course.notes, ...drawnPostponements(model, spells), ...comingAtOnce(model, course)];
  const { period } = options;
  if (period === undefined) return { from: begin, days, spells, demand: all, notes };
  const skipped = DAY_HOURS * daysFrom(begin, period.from);
  return {
    from: period.from,
    days: period.days,
    spells: spells.map((each) => ({ ...each, from: each.from - skipped, until: each.until - skipped })),
    demand: all.map((each) => ({
      ...each,
      startsByHour: each.startsByHour.slice(skipped),
      loadByHour: each.loadByHour.slice(skipped),
    })),
    notes,
  };
}

function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function drawnPostponements(model: Model, spells: readonly Spell[]): readonly string[] {
  return spells.flatMap(({ kind, id, title }) => {
    const response = kind === 'response' ? byId(model.responses ?? [], id) : undefined;
    const isDrawn = response?.patches.some(
      (patch) => patch.kind === 'postpone' && constantValue(patch.by, model) === undefined,
    );
    return isDrawn
      ? [`${title}: by how long arrivals are put off is drawn, so that they are left where they are.`]
      : [];
  });
}

/** Cohorts of whom all come at a time of the day, for whom few waiting is much to ask. */
function comingAtOnce({ cohorts }: Model, course: Course): readonly string[] {
  return cohorts
    .filter(({ id, arrivals }) => arrivals?.kind === 'batch' && course.comes(id))
    .map((cohort) => noteOnBatch(titleOf(cohort)));
}

/** Some days, hour by hour. */
class Course {
  readonly notes: string[] = [];
  private readonly hours: number;
  private readonly grid: TimeGrid;
  private readonly arrivals: DailyArrivals;
  private readonly firstHour: number;
  /** What changes from the usual, by activity and the ways that hold, and how long it lasts. */
  private readonly changes = new Map<string, Change>();

  constructor(
    private readonly model: Model,
    private readonly period: Period,
    from: string,
    days: number,
    private readonly spells: readonly Spell[],
    private readonly isWanted: (visit: Visit) => boolean,
  ) {
    this.hours = days * DAY_HOURS;
    this.grid = new TimeGrid(this.hours, false);
    this.firstHour = ((new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7) * DAY_HOURS;
    const weeks = new Map<string, readonly number[]>();
    this.arrivals = new DailyArrivals(model, {
      hours: this.hours,
      firstHour: this.firstHour,
      spells,
      week: (id) => {
        const known = weeks.get(id) ?? this.weekOf(id);
        weeks.set(id, known);
        return known;
      },
    });
  }

  /** Whether anybody of a cohort arrives on these days. */
  comes(cohort: string): boolean {
    return this.arrivals.of(cohort).some((people) => people > 0);
  }

  demand(): readonly ActivityDemand[] {
    const usual = asUsual(demandOf(this.model, this.period), this.model);
    const asUsualThere = totalsByActivity(this.model, usual).filter(({ visit }) => this.isWanted(visit));
    const ways = this.ways();
    for (const [index, way] of ways.entries()) this.follow(way, index === 0);
    // Those who would begin something as usual do not, where they do it otherwise.
    this.takeUsualAway();
    const found = new Map<string, ActivityTotals>();
    const keys = new Map<string, string>();
    for (const totals of asUsualThere)
      found.set(keyOfPart(totals.visit.activity.id, totals.visit), this.overDays(totals));
    for (const { key, visit, duration, starts, work } of this.changes.values()) {
      const own = keyOfPart(key, visit);
      const totals = found.get(own) ?? {
        visit,
        starts: this.zeros(),
        load: this.zeros(),
        amounts: visit.activity.needs.map(() => 0),
      };
      found.set(own, totals);
      keys.set(own, key);
      const all = starts.reduce((sum, each) => sum + each, 0);
      starts.forEach((each, hour) => (totals.starts[hour] = (totals.starts[hour] ?? 0) + each));
      visit.amounts.forEach((amount, need) => {
        totals.amounts[need] = (totals.amounts[need] ?? 0) + all * (amount ?? 1);
      });
      addUnderWay(totals.load, work, duration);
    }
    return [...found].map(([key, totals]) => {
      const clean = (values: readonly number[]): number[] => values.map((each) => (each > 1e-9 ? each : 0));
      const one = demandOfActivity({ ...totals, starts: clean(totals.starts), load: clean(totals.load) });
      return { ...one, activity: keys.get(key) ?? one.activity };
    });
  }

  /** The ways of care that hold at some time, those of no response first, and the hours in which they do. */
  private ways(): readonly Way[] {
    const responses = this.spells.filter(({ kind }) => kind === 'response');
    const byKey = new Map<string, Way>([['', { key: '', model: this.model, hours: [] }]]);
    for (let hour = 0; hour < this.hours; hour++) {
      const ids = [...new Set(responses.filter((spell) => held(spell, hour) > 0).map(({ id }) => id))].sort();
      const key = ids.join('\n');
      const known = byKey.get(key) ?? { key, model: this.composed(ids), hours: [] };
      byKey.set(key, known);
      known.hours.push(hour);
    }
    return [...byKey.values()];
  }

  private composed(ids: readonly string[]): Model {
    const composed = composeResponses(this.model, ids);
    if (composed.problems.length === 0) return composed.model;
    const titles = ids.flatMap((id) => {
      const response = byId(this.model.responses ?? [], id);
      return response === undefined ? [] : [titleOf(response)];
    });
    this.notes.push(
      `${titles.join(', ')}: they change one place without an order, so that ways of care stay as usual.`,
    );
    return this.model;
  }

  /** Adds what is begun on a way in its hours. */
  private follow({ key, model, hours }: Way, isUsual: boolean): void {
    if (hours.length === 0) return;
    const demand = demandOf(model, this.period);
    const suffix = isUsual || model === this.model ? '' : ` (${key.replaceAll('\n', ', ')})`;
    for (const { cohort, kinds } of demand.traffic) {
      for (const kind of kinds) {
        const usualOf = this.usualStarts(cohort, kind, model);
        const unusualOf = this.unusualStarts(cohort, kind, model);
        for (const visit of kind.visits.flatMap(needsApart)) {
          if (!this.isWanted(visit)) continue;
          const change = this.changeOf(`${visit.activity.id}${suffix}`, visit, durationOf(visit, kind.kind, model));
          const slower = this.slowed(visit);
          const usual = usualOf(visit);
          const unusual = unusualOf(visit);
          for (const hour of hours) {
            const begun = (usual[hour % WEEK] ?? 0) + (unusual[hour] ?? 0);
            change.starts[hour] = (change.starts[hour] ?? 0) + begun;
            change.work[hour] = (change.work[hour] ?? 0) + begun * slower(hour);
          }
        }
      }
    }
  }

  private takeUsualAway(): void {
    const { traffic } = asUsual(demandOf(this.model, this.period), this.model);
    for (const { cohort, kinds } of traffic) {
      for (const kind of kinds) {
        const startsOf = this.usualStarts(cohort, kind, this.model);
        for (const visit of kind.visits.flatMap(needsApart)) {
          if (!this.isWanted(visit)) continue;
          const change = this.changeOf(visit.activity.id, visit, durationOf(visit, kind.kind, this.model));
          const starts = startsOf(visit);
          for (let hour = 0; hour < this.hours; hour++) {
            const begun = starts[hour % WEEK] ?? 0;
            change.starts[hour] = (change.starts[hour] ?? 0) - begun;
            change.work[hour] = (change.work[hour] ?? 0) - begun;
          }
        }
      }
    }
  }

  /** Starts in each hour of the week, from the first hour on, if those come who come in usual weeks. */
  private usualStarts(cohort: string, kind: KindTraffic, model: Model): (visit: Visit) => readonly number[] {
    const hours = Array.from({ length: WEEK }, (_, hour) => this.arrivals.usual(cohort, hour));
    const placeOfVisit = placesByHour(kind, { hours, minute: undefined }, model);
    return (visit) => placeOfVisit(visit).starts;
  }

  /** Starts in each hour by those who come beyond the usual, less those whom the usual has too many. */
  private unusualStarts(cohort: string, kind: KindTraffic, model: Model): (visit: Visit) => readonly number[] {
    const more = this.arrivals.of(cohort).map((each, hour) => each - this.arrivals.usual(cohort, hour));
    return more.some((each) => each !== 0) ? startsOnce(kind, more, model, this.grid) : () => [];
  }

  private changeOf(key: string, visit: Visit, duration: Duration): Change {
    const name = `${keyOfPart(key, visit)}\n${visit.amounts.join(' ')}\n${textOf(duration)}`;
    const change = this.changes.get(name) ?? { key, visit, duration, starts: this.zeros(), work: this.zeros() };
    this.changes.set(name, change);
    return change;
  }

  /** By how much crises slow down work, by hour. */
  private slowed({ activity, pathway }: Visit): (hour: number) => number {
    const organisation = placeOf(activity.kind === 'step' ? activity : {}, pathway);
    const at = { activity: activity.id, ...(organisation !== undefined && { organisation }) };
    const factors = this.spells.flatMap((spell) => {
      const effect = spell.kind === 'effect' ? effectOf(this.model, spell.id) : undefined;
      if (effect?.kind !== 'slowdown' || !effect.places.some((place) => isAt(place, at, this.model))) return [];
      return [{ spell, share: requireConstant(effect.share, this.model, 'share of a slowdown') }];
    });
    return (hour) => factors.reduce((product, { spell, share }) => product * (1 + share * held(spell, hour)), 1);
  }

  /** A usual week, one after the other. */
  private overDays({ visit, starts, load, amounts }: ActivityTotals): ActivityTotals {
    const over = (week: readonly number[]): number[] =>
      Array.from({ length: this.hours }, (_, hour) => week[(hour + this.firstHour) % WEEK] ?? 0);
    const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
    const [weekly, tiled] = [sum(starts), over(starts)];
    const times = weekly > 0 ? sum(tiled) / weekly : 0;
    return { visit, starts: tiled, load: over(load), amounts: amounts.map((each) => each * times) };
  }

  private weekOf(id: string): readonly number[] {
    const cohort = byId(this.model.cohorts, id);
    if (cohort === undefined) return [];
    const { calendar } = this.period;
    const { rate = 0 } = arrivalRate(cohort, this.model, calendar);
    return arrivalsByHour(cohort, rate, this.model, calendar);
  }

  private zeros(): number[] {
    return new Array<number>(this.hours).fill(0);
  }
}

interface Way {
  readonly key: string;
  readonly model: Model;
  readonly hours: number[];
}

interface Change {
  readonly key: string;
  readonly visit: Visit;
  readonly duration: Duration;
  /** More of them, or fewer, in each hour. */
  readonly starts: number[];
  /** The same, times how much longer each takes. */
  readonly work: number[];
}

function effectOf({ crises = [] }: Model, id: string): Effect | undefined {
  return crises.flatMap((crisis: Crisis) => crisis.effects).find((effect) => effect.id === id);
}

/** Adds what is under way of what begins in each hour. */
function addUnderWay(load: number[], starts: readonly number[], duration: Duration): void {
  const { shares } = sharesByLag(duration);
  for (const [hour, begun] of starts.entries()) {
    if (Math.abs(begun) < 1e-12) continue;
    const last = Math.min(shares.length, load.length - hour);
    for (let lag = 0; lag < last; lag++) load[hour + lag] = (load[hour + lag] ?? 0) + begun * (shares[lag] ?? 0);
  }
}
