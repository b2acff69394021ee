import type { Model, RosterChange, RosterDeclaration } from '@pathway/model';
import { formatNumber, isNightShift, ModelError, titleOf, workingMinutes } from '@pathway/model';
import { standInNote } from '../days/daily-need.js';
import type { StaffingPlan } from '../plan.js';
import type { RosterPerson, RosterProblem } from '../roster/problem.js';
import { membersCalledIn } from './called-in.js';
import { fairRefusals, fairShares } from './fair-shares.js';
import { Places, type PlacedShift, wantedRoles } from './places.js';
import { firstWeekday } from './roster-days.js';
import { type LabelledNeed, type NeedLabel, needsOf } from './roster-needs.js';
import {
  awayOf,
  checkNames,
  daysBefore,
  entriesOf,
  type Member,
  membersOf,
  shiftsOf,
  type StandingRoster,
} from './roster-people.js';
import { RosterSituation } from './roster-situation.js';
import { forbiddenCells, lineRules, type NamedRule, rulesOf, shiftsOfSomeDay } from './working-rules.js';

/** A roster to be made: the problem for the solver, and what its numbers stand for. */
export interface RosterTask {
  readonly model: Model;
  readonly roster: RosterDeclaration;
  readonly problem: RosterProblem;
  /** Those in the place of others come last. */
  readonly shifts: readonly PlacedShift[];
  readonly members: readonly Member[];
  readonly rules: readonly NamedRule[];
  /** For each need of the problem what it is about, in words. */
  readonly needs: readonly NeedLabel[];
  /** What the needs that pathways bring assume or leave out, each once. */
  readonly notes: readonly string[];
}

export interface TaskOptions {
  /** For each need from pathways its staffing plan, in their order. */
  readonly plans: readonly StaffingPlan[];
  /** The same without the change, where it changes them. */
  readonly plansBefore?: readonly StaffingPlan[];
  /** The roster before, whose last days the rules look back to. */
  readonly before?: StandingRoster;
  /** What happened to the roster. */
  readonly change?: RosterChange;
  /** Other rules than the roster's own. */
  readonly rules?: readonly NamedRule[];
  /** Limits of people that are left out, to see what they keep a roster from. */
  readonly without?: WithoutLimits;
}

/** People of a roster, by their places in it, whose own limits do not count. */
interface WithoutLimits {
  /** What they are contracted for. */
  readonly contract?: ReadonlySet<number>;
  readonly leave?: ReadonlySet<number>;
  /** Shifts, by their ids, that they work beside their own. */
  readonly shifts?: ReadonlyMap<number, readonly string[]>;
}

/**
 * The problem that a roster of a model poses.
 * @throws ModelError where nobody is in the roster, a day names a person who is not, or the roster before is another one
 */
export function rosterTask(model: Model, roster: RosterDeclaration, options: TaskOptions): RosterTask {
  const situation = new RosterSituation(model, roster, options.change);
  const declared = membersOf(model, roster, membersCalledIn(model, roster, situation));
  const { contract, leave, shifts: more } = options.without ?? {};
  const members = declared.map((member, index) => ({
    ...member,
    ...(contract?.has(index) === true && { contractMinutes: roster.days * 1440 }),
    ...(leave?.has(index) === true && { leave: [] }),
    ...(more?.has(index) === true && { moreShifts: more.get(index)! }),
  }));
  if (members.length === 0)
    throw new ModelError(`Nobody is in the roster ${titleOf(roster)}: its groups have no people.`);
  const declaredShifts = shiftsOf(model, roster, members);
  if (declaredShifts.length === 0)
    throw new ModelError(`The roster ${titleOf(roster)} has no shifts: its groups say with \`works\` which they work.`);
  checkNames(roster, members, options.change);
  const rules = options.rules ?? rulesOf(roster, model, situation);
  const wanted = wantedRoles(model, roster, declaredShifts, options.plans, situation);
  const places = new Places(roster, declaredShifts, members, situation, wanted);
  const { shifts } = places;
  const labelled = needsOf({ model, roster, places, members, situation }, options.plans);
  return {
    model,
    roster,
    shifts,
    members,
    rules,
    needs: labelled.map(({ label }) => label),
    notes: notesOfPlans(model, options.plans),
    problem: {
      days: roster.days,
      firstWeekday: firstWeekday(roster.from),
      shifts: shifts.map((shift, index) => {
        const sameAs = places.sameAs(index);
        const id = shift.standsFor === undefined ? shift.id : `${shift.id} for ${shift.standsFor}`;
        return { id, minutes: workingMinutes(shift, model), ...(sameAs !== undefined && { sameAs }) };
      }),
      people: peopleOf(model, roster, { members, places, rules, labelled, before: options.before }),
      needs: labelled.map(({ need }) => need),
    },
  };
}

/** Those about who is there are left out where a roster counts them. */
function notesOfPlans({ responses = [] }: Model, plans: readonly StaffingPlan[]): readonly string[] {
  const counted = new Set(responses.map((response) => standInNote(titleOf(response))));
  const notes = plans.flatMap(({ gaps, byDay }) => [
    ...gaps.map(({ subject, message }) => `${subject}: ${message}`),
    ...(byDay?.notes ?? []),
  ]);
  return [...new Set(notes)].filter((note) => !counted.has(note));
}

interface Parts {
  readonly members: readonly Member[];
  readonly places: Places;
  readonly rules: readonly NamedRule[];
  readonly labelled: readonly LabelledNeed[];
  readonly before: StandingRoster | undefined;
}

function peopleOf(model: Model, roster: RosterDeclaration, parts: Parts): readonly RosterPerson[] {
  const { members, places, rules, labelled } = parts;
  const { shifts } = places;
  const allowed = shiftsOfSomeDay(rules, shifts, roster.days, model);
  const forbidden = forbiddenCells(rules, shifts, roster.days, model);
  const workers = members.map((member) => ({
    contractMinutes: member.contractMinutes,
    leave: member.leave,
    shifts: places.worked(member).filter((shift) => allowed.includes(shift)),
  }));
  const shares = fairShares(rules, workers, labelled, shifts, roster.from);
  return members.map((member, index): RosterPerson => {
    const before = parts.before === undefined ? undefined : daysBefore(roster, member, shifts, parts.before);
    const own = shares[index]!;
    const { fixed, wishes } = entriesOf(roster, member, shifts);
    const refusals = fairRefusals(rules, wishes);
    const worker = workers[index]!;
    const set = fixed.flatMap(({ shift }) => (shift === 'off' ? [] : [shift]));
    return {
      id: member.id,
      rules: {
        ...lineRules(rules, shifts, roster, { ...worker, shifts: [...worker.shifts, ...set] }, model),
        ...(own.length > 0 && { shares: own }),
      },
      shifts: worker.shifts,
      away: [...awayOf(member, roster, shifts), ...places.closed(member), ...forbidden],
      fixed,
      wishes,
      ...(refusals.length > 0 && { refusals }),
      ...(before !== undefined && { before }),
    };
  });
}

/** Whether each shift of a task is a night. */
export function nightsOf(task: RosterTask): readonly boolean[] {
  return task.shifts.map(isNightShift);
}

/** `2 Stroke nurse` in words. */
export function amountOf(count: number, who: string): string {
  return `${formatNumber(count)} ${who}`;
}
