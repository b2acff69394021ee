import type { Highs } from 'highs';
import type { ActivityDemand, Crisis, HeldSkill, Model, Response } from '@pathway/model';
import { applyScenario, byId, constantValue, SECONDS, titleOf, withCredentialsOn } from '@pathway/model';
import { total } from '../hours.js';
import { planningWeek } from '../planning-week.js';
import { type CoverTarget, DELAY_TARGET } from '../target.js';
import { covers } from '../workload.js';
import { type CrisisTime, crisisTime } from './crisis-time.js';
import { type MatchingAnswer, matchSkills } from './matching.js';
import type { SkillMatching, SkillReport, TrainingGain } from './skill-report.js';
import { coverShifts } from './shift-cover.js';
import {
  demandsOf,
  holdersOf,
  matchesOf,
  type SkillDemand,
  type SkillMatch,
  type SkillSupply,
  suppliesCalledIn,
  suppliesOf,
} from './skill-supply.js';
import { spotsOf } from './spots.js';

export interface SkillOptions {
  readonly scenario?: string;
  /** What the steps ask for as usual. */
  readonly demand: readonly ActivityDemand[];
  /** What they ask for in a mean week of a crisis, and what responses have to do with it; as usual where absent. */
  readonly demandIn?: (crisis: Crisis) => CrisisWork;
  readonly target?: CoverTarget;
  readonly least?: 'cost' | 'disruption';
}

/** Work of a mean week of a crisis. */
interface CrisisWork {
  readonly demand: readonly ActivityDemand[];
  /** Those in force, whose changes of the work it has. */
  readonly responses?: readonly Response[];
  /** What of their changes it has not. */
  readonly leftOut?: readonly SkillMatching['leftOut'][number][];
}

/** Who can do what and where that is thin: the part of a report for which nothing has to be solved. */
export type SkillTable = Pick<SkillReport, 'title' | 'skills' | 'holders' | 'spots'>;

/**
 * Who can do what in a scenario, and where skills are thin.
 * @throws ModelError when the model has no such scenario
 */
export function skillTableOf(model: Model, options: Pick<SkillOptions, 'scenario' | 'demand'>): SkillTable {
  const applied = appliedModel(model, options.scenario);
  return tableOf(
    applied,
    titleOfScenario(model, options.scenario),
    suppliesOf(applied, planningWeek(applied)),
    options.demand,
  );
}

function appliedModel(model: Model, scenario: string | undefined): Model {
  const changed = scenario === undefined ? model : applyScenario(model, scenario);
  return withCredentialsOn(changed, changed.studies[0]?.start);
}

function titleOfScenario(model: Model, scenario: string | undefined): string {
  const found = model.scenarios.find(({ id }) => id === scenario);
  return found === undefined ? model.title : titleOf(found);
}

function tableOf(
  applied: Model,
  title: string,
  supplies: readonly SkillSupply[],
  demand: readonly ActivityDemand[],
): SkillTable {
  return {
    title,
    skills: applied.skills.map((skill) => ({ skill: skill.id, title: titleOf(skill), levels: [...skill.levels] })),
    holders: [...holdersOf(applied)],
    spots: spotsOf(applied, supplies, demand),
  };
}

/** What a crisis may do that changes who is there or how much there is to do. */
const CHANGES_STAFFING: ReadonlySet<Crisis['effects'][number]['kind']> = new Set([
  'absence',
  'closure',
  'arrivals',
  'diversion',
  'slowdown',
]);

/** What is solved for one state of affairs. */
interface Setting {
  readonly time?: CrisisTime;
  readonly supplies: readonly SkillSupply[];
  readonly demands: readonly SkillDemand[];
  readonly least: 'cost' | 'disruption';
}

/**
 * Who can do what, where skills are thin, how people and needs fit as usual and in each crisis, and which training of whom
 * removes most shortage.
 * @throws ModelError when the model has no such scenario
 */
export function skillReportOf(highs: Highs, model: Model, options: SkillOptions): SkillReport {
  const applied = appliedModel(model, options.scenario);
  const calendar = planningWeek(applied);
  const wanted = (demand: readonly ActivityDemand[]): readonly SkillDemand[] =>
    demandsOf(applied, demand, options.target ?? DELAY_TARGET);
  const usual: Setting = {
    supplies: suppliesOf(applied, calendar),
    demands: wanted(options.demand),
    least: options.least ?? 'cost',
  };
  const settings = [
    { crisis: undefined, setting: usual, work: undefined },
    ...(model.crises ?? []).flatMap((crisis) => {
      const work = options.demandIn?.(crisis);
      const responses = work?.responses ?? [];
      const isOther = crisis.effects.some(({ kind }) => CHANGES_STAFFING.has(kind)) || responses.length > 0;
      if (!isOther) return [];
      const demands = work === undefined ? usual.demands : wanted(work.demand);
      const setting = inCrisis(usual, crisis, applied);
      const called = suppliesCalledIn(applied, responses, setting.time?.lasts);
      return [{ crisis, setting: { ...setting, supplies: [...setting.supplies, ...called], demands }, work }];
    }),
  ];
  const solved = settings.map((each) => ({ ...each, answer: solve(highs, applied, each.setting) }));
  const matchings = solved.map(({ crisis, setting, work, answer }) => ({
    ...matchingOf(applied, crisis, setting, answer),
    responses: (work?.responses ?? []).map((each) => titleOf(each)),
    leftOut: [...(work?.leftOut ?? [])],
    byShift: coverShifts(highs, applied, {
      ...setting,
      matches: answer.matches,
      firstWeekday: setting.time?.weekday ?? 0,
    }),
  }));
  const worst = solved.reduce((most, each) => (shortOf(each.answer) > shortOf(most.answer) + 1e-9 ? each : most));
  return {
    format: 'pathway-skills',
    formatVersion: 1,
    languageVersion: model.languageVersion,
    sourceHash: model.sourceHash,
    scenario: options.scenario ?? '',
    ...tableOf(applied, titleOfScenario(model, options.scenario), usual.supplies, options.demand),
    matchings,
    training: trainingGains(highs, applied, worst.setting, shortOf(worst.answer)),
    trainingFor: worst.crisis?.id ?? null,
  };
}

interface Solved extends MatchingAnswer {
  readonly matches: readonly SkillMatch[];
}

/** In a crisis nobody stands in who would be trained only when it is over. */
function solve(highs: Highs, model: Model, setting: Setting): Solved {
  const all = matchesOf(model, setting.supplies, setting.demands);
  const matches =
    setting.time === undefined
      ? all.map(({ trainedAfter: _, ...match }) => match)
      : all.filter(({ trainedAfter = 0 }) => trainedAfter < setting.time!.lasts);
  return { ...matchSkills(highs, { ...setting, matches }), matches };
}

function shortOf({ short }: MatchingAnswer): number {
  return short.reduce((sum, byHour) => sum + total(byHour), 0);
}

/** Those who are absent are missing evenly; a place that is closed has nobody. */
function inCrisis(usual: Setting, crisis: Crisis, model: Model): Setting {
  const { effects } = crisis;
  const time = crisisTime(crisis, model);
  const left = ({ role, organisation }: SkillSupply): number =>
    effects.reduce((share, effect) => {
      if (effect.kind === 'closure')
        return organisation !== undefined && effect.organisations.includes(organisation) ? 0 : share;
      if (effect.kind !== 'absence' || effect.role !== role) return share;
      if (effect.organisation !== undefined && effect.organisation !== organisation) return share;
      return share * (1 - (constantValue(effect.share, model) ?? 0));
    }, 1);
  return {
    ...usual,
    ...(time !== undefined && { time }),
    supplies: usual.supplies.map((supply) => {
      const share = left(supply);
      return share === 1 ? supply : { ...supply, byHour: supply.byHour.map((people) => people * share) };
    }),
  };
}

function matchingOf(
  model: Model,
  crisis: Crisis | undefined,
  { supplies, demands }: Setting,
  answer: Solved,
): Omit<SkillMatching, 'byShift' | 'responses' | 'leftOut'> {
  const lent = new Map<string, SkillMatching['lent'][number]>();
  const substituted = new Map<string, SkillMatching['substituted'][number]>();
  let cost = 0;
  for (const [index, { supply: s, demand: d, kind }] of answer.matches.entries()) {
    const hours = answer.hours[index] ?? 0;
    if (hours < 1e-6) continue;
    const supply = supplies[s]!;
    const demand = demands[d]!;
    cost += hours * supply.cost;
    if (supply.organisation !== demand.organisation) {
      const [from, to] = [supply.organisation ?? '', demand.organisation ?? ''];
      const key = `${from} ${to} ${supply.role}`;
      const before = lent.get(key)?.hoursPerWeek ?? 0;
      lent.set(key, { from, to, role: supply.role, hoursPerWeek: before + hours });
    }
    if (kind === 'substitute' && demand.target.kind === 'role') {
      const as = demand.target.role;
      const key = `${supply.role} ${as}`;
      const before = substituted.get(key)?.hoursPerWeek ?? 0;
      substituted.set(key, { role: supply.role, as, hoursPerWeek: before + hours });
    }
  }
  const hasCosts = supplies.every((supply) => supply.cost > 0);
  return {
    crisis: crisis?.id ?? null,
    title: crisis === undefined ? '' : titleOf(crisis),
    neededHours: demands.reduce((sum, { byHour }) => sum + total(byHour), 0),
    shortHours: shortOf(answer),
    cost: hasCosts && supplies.length > 0 ? cost : null,
    lent: [...lent.values()],
    substituted: [...substituted.values()],
    shortages: demands.flatMap((demand, index) => {
      const short = answer.short[index] ?? [];
      const hoursPerWeek = total(short);
      if (hoursPerWeek < 1e-6) return [];
      const worst = Math.max(...short);
      const place = demand.organisation === undefined ? {} : { organisation: demand.organisation };
      return [{ who: demand.title, ...place, hoursPerWeek, worstHour: short.indexOf(worst), worst }];
    }),
  };
}

/** At most so many ways of training are worked out. */
const MOST_TRAININGS = 60;

/** One person of each kind trained in each skill that is short, one at a time; what helps most first. */
function trainingGains(highs: Highs, model: Model, setting: Setting, short: number): TrainingGain[] {
  if (short < 1e-6) return [];
  const wanted = setting.demands.flatMap(({ target }) => (target.kind === 'skill' ? [target] : []));
  const tried = new Set<string>();
  const gains: TrainingGain[] = [];
  for (const skill of wanted) {
    for (const [index, supply] of setting.supplies.entries()) {
      if (supply.skills.some((held) => covers(held, skill, model)) || supply.people < 1) continue;
      const key = `${supply.id} ${skill.skill} ${skill.level ?? ''}`;
      if (tried.has(key) || tried.size >= MOST_TRAININGS) continue;
      tried.add(key);
      const removes =
        short - shortOf(solve(highs, model, { ...setting, supplies: withOneTrained(setting, index, skill) }));
      if (removes > 1e-6) gains.push(gainOf(model, supply, skill, removes, setting.time));
    }
  }
  const best = new Map<string, TrainingGain>();
  for (const gain of gains) {
    const key = `${gain.role} ${gain.organisation ?? ''} ${gain.skill} ${gain.level ?? ''}`;
    if ((best.get(key)?.removesHours ?? 0) < gain.removesHours) best.set(key, gain);
  }
  // Whoever is trained only when it is over helps nobody.
  const lasts = (setting.time?.lasts ?? Number.POSITIVE_INFINITY) / SECONDS.d;
  const inTime = [...best.values()].filter(({ countsAfterDays }) => (countsAfterDays ?? 0) < lasts);
  return inTime.sort((a, b) => b.removesHours - a.removesHours || a.title.localeCompare(b.title, 'en'));
}

function withOneTrained({ supplies }: Setting, index: number, skill: HeldSkill): readonly SkillSupply[] {
  const supply = supplies[index]!;
  const part = (people: number): Pick<SkillSupply, 'people' | 'byHour'> => ({
    people,
    byHour: supply.byHour.map((there) => (there * people) / supply.people),
  });
  return [
    ...supplies.slice(0, index),
    { ...supply, ...part(supply.people - 1) },
    ...supplies.slice(index + 1),
    { ...supply, ...part(1), id: `${supply.id} trained`, skills: [...supply.skills, skill] },
  ];
}

function gainOf(
  model: Model,
  supply: SkillSupply,
  { skill, level }: HeldSkill,
  removesHours: number,
  time: CrisisTime | undefined,
): TrainingGain {
  const role = byId(model.roles, supply.role);
  const declared = byId(model.skills, skill);
  const seconds = declared?.trainableIn === undefined ? undefined : constantValue(declared.trainableIn, model);
  return {
    role: supply.role,
    title: role === undefined ? supply.role : titleOf(role),
    ...(supply.organisation === undefined ? {} : { organisation: supply.organisation }),
    skill,
    ...(level === undefined ? {} : { level }),
    skillTitle: declared === undefined ? skill : titleOf(declared),
    removesHours,
    trainingDays: seconds === undefined ? null : seconds / SECONDS.d,
    countsAfterDays: seconds === undefined ? null : Math.max(0, seconds - (time?.begin ?? 0)) / SECONDS.d,
  };
}
