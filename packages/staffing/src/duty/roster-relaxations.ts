import { formatNumber, formatOrigin, titleOf } from '@pathway/model';
import { coverOf, evaluateRoster } from '../roster/evaluate-roster.js';
import { leastShortage, NOTHING } from '../roster/least-shortage.js';
import type { Roster } from '../roster/problem.js';
import { solveRoster } from '../roster/solve-roster.js';
import { type Explaining, ofPeople, type Relaxation } from './explaining.js';
import { type RelaxationFact, ruleFact, type StepFact } from './explanation-facts.js';
import { borrowedInWords, costWithoutNeeds, goes, missingHours } from './missing-work.js';
import { countsPeople } from './roster-needs.js';
import { ownShifts } from './roster-people.js';
import { rosterTask, type RosterTask, type TaskOptions } from './roster-task.js';
import { relaxed, ruleInWords } from './rule-words.js';
import { type NamedRule, relaxedBy, weakestInstead } from './working-rules.js';

/** What a rule that is relaxed costs for each person who needs it, work on days of leave, a borrowed hour, a closed bed a day. */
export const PRICE = { person: 10, leave: 30, hour: 6, bed: 4 };
/** Share of the effort after which no further pairs of rules are looked at, and how many of them are solved for. */
const PAIRS_SHARE = 0.5;
const MOST_PAIRS = 3;

/**
 * What would leave fewer hours uncovered, each solved for before it is offered.
 * @param base what every roster is short by as it is
 */
export function relaxationsOf(explaining: Explaining, missing: number, base: number): readonly Relaxation[] {
  return [...relaxedLimits(explaining, missing, base), ...borrowed(explaining), ...closed(explaining, missing)];
}

/** What is relaxed by a step: a rule, those that a response relaxes, which shifts people work, or their leave. */
interface Step {
  readonly kind: 'rule' | 'response' | 'shifts' | 'leave';
  readonly words: string;
  readonly facts: readonly StepFact[];
  readonly places: readonly string[];
  readonly rules?: readonly { readonly now: NamedRule; readonly weaker: NamedRule }[];
  /** The title of the response. */
  readonly by?: string;
  readonly without?: TaskOptions['without'];
}

/** What is relaxed at once, and what shares of lines are short by then. */
interface Candidate {
  readonly steps: readonly Step[];
  readonly made: RosterTask;
  readonly most: number;
}

interface Solved {
  readonly relaxation: Relaxation;
  /** `Allow … for 2 people (…)`. */
  readonly allow: string;
  readonly fact: RelaxationFact;
  /** What it costs beside the roster. */
  readonly price: number;
  readonly made: RosterTask;
  readonly roster: Roster;
}

/**
 * Each limit a step weaker, for the people who then use it, where that leaves fewer hours uncovered; where none of them covers
 * all, two at once as well, and the rest borrowed.
 */
function relaxedLimits(explaining: Explaining, missing: number, base: number): readonly Relaxation[] {
  const { task, effort } = explaining;
  const steps = [...ruleSteps(task), ...shiftSteps(explaining), ...leaveSteps(task)];
  const responses = responseSteps(task).map((step) => candidateOf(explaining, [step], base));
  const singles = steps.map((step) => candidateOf(explaining, [step], base));
  const helping = [...responses, ...singles].filter((each) => each !== undefined);
  const pairs = helping.some(({ most }) => most < NOTHING) ? [] : pairsOf(explaining, steps, singles, base);
  const candidates = [...helping, ...pairs];
  const share = (effort.limit - effort.spent) / Math.max(1, candidates.length);
  const solved = candidates.flatMap((each) => solvedWith(explaining, each, missing, Math.max(0.5, share)));
  const best = [...solved].sort((one, other) => one.relaxation.cost - other.relaxation.cost)[0];
  const isEnough = solved.some(({ relaxation }) => relaxation.missingHours <= 0);
  const completed = best === undefined || isEnough ? undefined : withTheRestBorrowed(best);
  return [...solved.map(({ relaxation }) => relaxation), ...(completed === undefined ? [] : [completed])];
}

function ruleSteps(task: RosterTask): readonly Step[] {
  const { rules, model, shifts } = task;
  return rules.flatMap((rule): Step[] => {
    const weaker = relaxed(rule, model, shifts);
    if (weaker === undefined) return [];
    const places = [formatOrigin(rule.origin)];
    return [
      {
        kind: 'rule',
        rules: [{ now: rule, weaker }],
        words: ruleInWords(weaker, model),
        facts: [ruleFact(weaker, task)],
        places,
      },
    ];
  });
}

/** Responses that no level calls for, each with all that it relaxes. */
function responseSteps(task: RosterTask): readonly Step[] {
  const { rules, model } = task;
  return (model.responses ?? []).flatMap((response): Step[] => {
    const by = titleOf(response);
    if (rules.some(({ instead = [] }) => instead.some((each) => each.by === by))) return [];
    const patches = relaxedBy(response);
    const weaker = rules.flatMap((now) => {
      const found = weakestInstead(now, now.setId, patches, model);
      return found === undefined ? [] : [{ now, weaker: { ...found.rule, set: now.set, setId: now.setId } }];
    });
    if (weaker.length === 0) return [];
    const different = new Map(weaker.map((each) => [ruleInWords(each.weaker, model), each.weaker]));
    const words = [...different.keys()].join(', ');
    const facts = [...different.values()].map((each) => ruleFact(each, task));
    const places = [...new Set(weaker.map((each) => formatOrigin(each.weaker.origin)))];
    return [{ kind: 'response', by, rules: weaker, words, facts, places }];
  });
}

/** Groups of which nobody, or not everybody, works a shift that is short now. */
function shiftSteps({ task, solution }: Explaining): readonly Step[] {
  const { problem, members, shifts } = task;
  const short = new Set(
    problem.needs.flatMap((need, row) =>
      countsPeople(task.needs[row]!) && coverOf(need, solution.roster) < need.required
        ? need.slots.map(({ shift }) => shift)
        : [],
    ),
  );
  const groups = [...new Set(members.map(({ group }) => group))];
  return groups.flatMap((group): Step[] => {
    const people = members.flatMap((member, person) => (member.group === group ? [person] : []));
    const wanted = shifts.filter(
      (_, shift) => short.has(shift) && people.some((person) => !ownShifts(members[person]!, shifts).includes(shift)),
    );
    if (wanted.length === 0) return [];
    const words = `${wanted.map(titleOf).join(', ')} to ${titleOf(group)}`;
    const ids = wanted.map(({ id }) => id);
    const without = { shifts: new Map(people.map((person) => [person, ids])) };
    const facts = [{ what: 'shifts', group: titleOf(group), shifts: wanted.map(titleOf) } as const];
    return [{ kind: 'shifts', words, facts, places: [formatOrigin(group.origin)], without }];
  });
}

function leaveSteps({ members }: RosterTask): readonly Step[] {
  const away = members.flatMap(({ leave }, person) => (leave.length > 0 ? [person] : []));
  if (away.length === 0) return [];
  const facts = [{ what: 'leave' } as const];
  return [{ kind: 'leave', words: 'work on days of leave', facts, places: [], without: { leave: new Set(away) } }];
}

/** The task with these steps taken. */
function taskAfter({ task, made }: Explaining, steps: readonly Step[]): RosterTask {
  const relaxedRules = steps.flatMap(({ rules = [] }) => rules);
  const rules = task.rules.map((each) => relaxedRules.find(({ now }) => now === each)?.weaker ?? each);
  const leave = new Set(steps.flatMap(({ without }) => [...(without?.leave ?? [])]));
  const shifts = new Map(steps.flatMap(({ without }) => [...(without?.shifts ?? [])]));
  return rosterTask(task.model, task.roster, { ...made, rules, without: { leave, shifts } });
}

/** Limits a step weaker at once, where every roster would be short by less than `than`; undefined where not, or not known. */
function candidateOf(explaining: Explaining, steps: readonly Step[], than: number): Candidate | undefined {
  const { highs, effort } = explaining;
  if (effort.over()) return undefined;
  const made = taskAfter(explaining, steps);
  const isKnown = ({ bound, most }: { readonly bound: number; readonly most: number }): boolean =>
    most < NOTHING || bound >= than - NOTHING;
  const { most } = leastShortage(highs, ofPeople(made), effort, isKnown);
  return most < than - NOTHING ? { steps, made, most } : undefined;
}

/** Two limits a step weaker, where that leaves less short than either alone; those that leave least. */
function pairsOf(
  explaining: Explaining,
  steps: readonly Step[],
  singles: readonly (Candidate | undefined)[],
  base: number,
): readonly Candidate[] {
  const { effort } = explaining;
  const found: Candidate[] = [];
  for (let a = 0; a < steps.length; a += 1)
    for (let b = a + 1; b < steps.length; b += 1) {
      if (effort.over(effort.limit * PAIRS_SHARE)) break;
      const than = Math.min(singles[a]?.most ?? base, singles[b]?.most ?? base);
      const pair = candidateOf(explaining, [steps[a]!, steps[b]!], than);
      if (pair !== undefined) found.push(pair);
    }
  return found.sort((one, other) => one.most - other.most).slice(0, MOST_PAIRS);
}

function solvedWith(
  explaining: Explaining,
  { steps, made, most }: Candidate,
  missing: number,
  effort: number,
): readonly Solved[] {
  const { task, solution } = explaining;
  const first = rosterWith(explaining, made, solution.roster, effort / 2);
  const fewest = withFewest(explaining, made, most, first, effort / 2);
  const { roster, cost, left, users } = fewest ?? first;
  if (left >= missing) return [];
  const names = [...users].sort((a, b) => a - b).map((person) => task.members[person]!.id);
  const people = names.length === 1 ? '1 person' : `${names.length} people`;
  const words = steps.map((step) => step.words).join(', and ');
  const by = steps.find((step) => step.by !== undefined)?.by;
  const allow = `${by === undefined ? 'Allow' : `Put ${by} in force, which allows`} ${words} for ${people} (${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''})`;
  const price = names.length * (steps.some(({ kind }) => kind === 'leave') ? PRICE.leave : PRICE.person);
  const fact: RelaxationFact = {
    allow: steps.flatMap(({ facts }) => facts),
    ...(by !== undefined && { by }),
    people: names,
    givesLine: false,
  };
  const relaxation: Relaxation = {
    kind: steps.length > 1 ? 'together' : steps[0]!.kind,
    sentence: `${allow}: ${goes(missing, left)}.`,
    fact,
    places: steps.flatMap(({ places }) => places),
    missingHours: left,
    cost: cost + price,
  };
  return [{ relaxation, allow, fact, price, made, roster }];
}

interface WithUsers {
  readonly roster: Roster;
  readonly cost: number;
  /** Hours that are still missing. */
  readonly left: number;
  /** Who uses what is relaxed, by their places, those who use it most first. */
  readonly users: readonly number[];
}

function rosterWith(
  { highs, task, seed, effort: whole }: Explaining,
  made: RosterTask,
  start: Roster,
  effort: number,
): WithUsers {
  const answer = solveRoster(highs, made.problem, { seed, effort, start });
  whole.spend(answer.spent);
  const { violations } = evaluateRoster(task.problem, answer.roster);
  const uses = task.members.map(({ id }) => violations.filter(({ person }) => person === id).length);
  const users = uses.flatMap((count, person) => (count > 0 ? [person] : []));
  return {
    roster: answer.roster,
    cost: answer.cost,
    left: missingHours(made, answer.roster),
    users: users.sort((a, b) => uses[b]! - uses[a]! || a - b),
  };
}

/** As many people as shares of lines need at least for as little shortage, where a roster with them leaves no more uncovered. */
function withFewest(
  explaining: Explaining,
  made: RosterTask,
  most: number,
  { users, left }: WithUsers,
  effort: number,
): WithUsers | undefined {
  const { task, highs, effort: whole } = explaining;
  const onlyFor = (count: number): RosterTask => {
    const chosen = new Set(users.slice(0, count));
    const people = made.problem.people.map((person, index) =>
      chosen.has(index) ? person : task.problem.people[index]!,
    );
    return { ...made, problem: { ...made.problem, people } };
  };
  const isKnown = (found: { readonly bound: number; readonly most: number }): boolean =>
    found.most <= most + NOTHING || found.bound > most + NOTHING;
  let [low, high] = [1, users.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = leastShortage(highs, ofPeople(onlyFor(middle)), whole, isKnown);
    if (found.most <= most + NOTHING) high = middle;
    else low = middle + 1;
  }
  if (high >= users.length) return undefined;
  const fewer = rosterWith(explaining, onlyFor(high), explaining.solution.roster, effort);
  return fewer.left <= left ? fewer : undefined;
}

/** A relaxation that does not cover all, with what it leaves missing from elsewhere. */
function withTheRestBorrowed({ relaxation, allow, fact, price, made, roster }: Solved): Relaxation | undefined {
  const rest = borrowedInWords(made, roster);
  if (rest === undefined) return undefined;
  return {
    kind: 'together',
    sentence: `${allow}, and borrow ${rest.words}: nothing is missing.`,
    fact: { ...fact, borrow: rest.fact },
    places: relaxation.places,
    missingHours: 0,
    cost: costWithoutNeeds(made, roster) + price + PRICE.hour * rest.hours,
  };
}

/** What is missing now, from elsewhere. */
function borrowed({ task, solution }: Explaining): readonly Relaxation[] {
  const rest = borrowedInWords(task, solution.roster);
  if (rest === undefined) return [];
  return [
    {
      kind: 'borrow',
      sentence: `Borrow ${rest.words}: nothing is missing.`,
      fact: { allow: [], people: [], borrow: rest.fact, givesLine: false },
      places: [],
      missingHours: 0,
      cost: costWithoutNeeds(task, solution.roster) + PRICE.hour * rest.hours,
    },
  ];
}

/** Fewer units of a resource that people are wanted for. */
function closed({ task, solution }: Explaining, missing: number): readonly Relaxation[] {
  const resources = [...new Set(task.needs.flatMap(({ beds }) => (beds === undefined ? [] : [beds.resource])))];
  return resources.flatMap((resource): Relaxation[] => {
    const rows = task.needs.flatMap(({ beds }, row) =>
      beds?.resource === resource && countsPeople(task.needs[row]!) ? [{ row, ...beds }] : [],
    );
    const units = Math.max(
      ...rows.map(({ row, units: each, amount }) => {
        const need = task.problem.needs[row]!;
        return Math.max(0, need.required - coverOf(need, solution.roster)) * (each / amount);
      }),
    );
    if (units <= 0) return [];
    const days = task.roster.days;
    const gone = rows.reduce((sum, { row }) => {
      const { from, to } = task.needs[row]!;
      const need = task.problem.needs[row]!;
      return sum + (Math.max(0, need.required - coverOf(need, solution.roster)) * (to - from)) / 60;
    }, 0);
    const left = Math.max(0, missing - gone);
    return [
      {
        kind: 'close',
        sentence: `Close ${formatNumber(Math.ceil(units))} ${resource}: ${goes(missing, left)}.`,
        fact: { allow: [], people: [], close: { units: Math.ceil(units), resource }, givesLine: false },
        places: [...new Set(rows.map(({ row }) => formatOrigin(task.needs[row]!.origin)))],
        missingHours: left,
        cost: costWithoutNeeds(task, solution.roster) + left * 12 + PRICE.bed * Math.ceil(units) * days,
      },
    ];
  });
}
