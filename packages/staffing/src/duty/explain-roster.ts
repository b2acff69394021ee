import type { Highs } from 'highs';
import { formatNumber, formatOrigin, titleOf } from '@pathway/model';
import { Effort } from '../roster/effort.js';
import { coverOf, evaluateRoster } from '../roster/evaluate-roster.js';
import { leastShortage, NOTHING } from '../roster/least-shortage.js';
import type { Roster, RosterProblem } from '../roster/problem.js';
import { type RosterSolution, solveRoster } from '../roster/solve-roster.js';
import { borrowedInWords, costWithoutNeeds, goes, missingHours } from './missing-work.js';
import { countsPeople, type NeedLabel, peopleOf } from './roster-needs.js';
import { rosterTask, type RosterTask, type TaskOptions } from './roster-task.js';
import { relaxed, ruleInWords } from './rule-words.js';
import type { NamedRule } from './working-rules.js';

/** Why people are missing and what would help: published as a part of `docs/schemas/roster.schema.json`. */
export interface RosterExplanation {
  /** Hours of work on shifts that nobody does. */
  readonly missingHours: number;
  readonly conflicts: readonly RosterConflict[];
  /** The cheapest first. */
  readonly relaxations: readonly Relaxation[];
}

/** Rules and needs of which all together cannot be kept, and any one less could. */
export interface RosterConflict {
  /** A person for whom it leaves no line; absent where it leaves shifts uncovered. */
  readonly person?: string;
  /** Whether it is proved to be smallest: with little effort the last of its parts may not have been tried. */
  readonly smallest: boolean;
  readonly parts: readonly { readonly sentence: string; readonly place?: string }[];
}

export interface Relaxation {
  readonly kind: 'rule' | 'borrow' | 'close' | 'together';
  readonly sentence: string;
  /** Where the rules stand that it relaxes. */
  readonly places: readonly string[];
  /** Hours that would still be missing. */
  readonly missingHours: number;
  /** Cost of the roster with it, and of itself. */
  readonly cost: number;
}

export interface ExplainOptions {
  readonly seed: number;
  /** How much work may be done in all; a unit is about a second of one processor core. */
  readonly effort: number;
  readonly interrupted?: () => boolean;
  /** How the task was made. */
  readonly made: TaskOptions;
}

/** What a rule that is relaxed costs for each person who needs it, an hour that is borrowed, and a closed bed for a day. */
const PRICE = { person: 10, hour: 6, bed: 4 };
/** Conflicts of single people that are told. */
const MOST_PEOPLE = 5;

/**
 * Says why a roster is short: smallest sets of rules and needs that cannot all be kept, by leaving out one after another
 * (deletion filter, Chinneck and Dravnieks 1991) under a bound on the shortage, and what would help most cheaply, each solved
 * for before it is offered.
 */
export function explainRoster(
  highs: Highs,
  task: RosterTask,
  solution: RosterSolution,
  options: ExplainOptions,
): RosterExplanation {
  return new Explainer(highs, task, solution, options).explain();
}

/** Something that a roster has to keep and could do without. */
interface Part {
  readonly sentence: string;
  readonly place?: string;
  readonly rule?: NamedRule;
  readonly without?: 'contracts' | 'leave';
  /** Entries by their place. */
  readonly entry?: number;
  /** Needs of one line of the roster. */
  readonly line?: string;
}

class Explainer {
  private readonly effort: Effort;

  constructor(
    private readonly highs: Highs,
    private readonly task: RosterTask,
    private readonly solution: RosterSolution,
    private readonly options: ExplainOptions,
  ) {
    this.effort = new Effort(options.effort, options.interrupted);
  }

  explain(): RosterExplanation {
    const { task, solution } = this;
    const missing = missingHours(task, solution.roster);
    const people = solution.withoutLine.slice(0, MOST_PEOPLE).map((person) => this.conflictOf(person));
    const shortage = missing > 0 ? this.conflictOfNeeds() : undefined;
    const relaxations = missing > 0 ? this.relaxations(missing) : [];
    return {
      missingHours: missing,
      conflicts: [...people, ...(shortage === undefined ? [] : [shortage])],
      relaxations: [...relaxations].sort((a, b) => a.cost - b.cost),
    };
  }

  /** What leaves one person without a line. */
  private conflictOf(person: number): RosterConflict {
    const { id } = this.task.members[person]!;
    const own = this.task.roster.entries.flatMap(({ person: of, kind, origin, dates, shifts, only }, entry): Part[] => {
      if (of !== id || kind !== 'set') return [];
      const what =
        shifts.length === 0 ? (only ? 'only' : 'off') : shifts.map((shift) => this.shiftTitle(shift)).join(', ');
      return [{ sentence: `"${id}" ${what} on ${dates.join(', ')}`, place: formatOrigin(origin), entry }];
    });
    const parts = [...this.ruleParts(), ...this.contractParts([person]), ...own];
    const impossible = (kept: readonly Part[]): boolean => {
      const { problem } = this.taskWith(kept);
      const alone: RosterProblem = { ...problem, people: [problem.people[person]!], needs: [] };
      return solveRoster(this.highs, alone, { seed: 1, effort: 0.01 }).withoutLine.length > 0;
    };
    return { person: id, ...this.smallest(parts, impossible) };
  }

  /** What leaves shifts uncovered; undefined where it is not proved that any roster would be short. */
  private conflictOfNeeds(): RosterConflict | undefined {
    const { task } = this;
    const whole = leastShortage(this.highs, ofPeople(task), this.effort);
    if (whole.bound < NOTHING) return undefined;
    const binding = new Set(
      task.needs.flatMap((label, row) =>
        countsPeople(label) && whole.duals[row]! > 1e-6 ? [formatOrigin(label.origin)] : [],
      ),
    );
    const lines = [...binding].map((place): Part => {
      const label = task.needs.find((each) => countsPeople(each) && formatOrigin(each.origin) === place)!;
      return { sentence: this.needInWords(label), place, line: place };
    });
    const everybody = task.members.map((_, index) => index);
    const entries = task.roster.entries.flatMap(({ person, kind, origin }, entry): Part[] =>
      kind === 'set' ? [{ sentence: `what is set for "${person}"`, place: formatOrigin(origin), entry }] : [],
    );
    const parts = [...entries, ...this.ruleParts(), ...this.contractParts(everybody), ...lines];
    const short = (kept: readonly Part[]): boolean =>
      leastShortage(this.highs, ofPeople(this.taskWith(kept, true)), this.effort, isDecided).bound > NOTHING;
    return this.smallest(parts, short);
  }

  /** Leaves out one part after another for as long as the rest conflicts. */
  private smallest(
    parts: readonly Part[],
    conflicts: (kept: readonly Part[]) => boolean,
  ): Pick<RosterConflict, 'parts' | 'smallest'> {
    let kept = parts;
    let tried = true;
    for (const part of parts) {
      if (this.effort.over(this.options.effort / 3)) {
        tried = false;
        break;
      }
      const without = kept.filter((each) => each !== part);
      if (conflicts(without)) kept = without;
    }
    return {
      smallest: tried,
      parts: kept.map(({ sentence, place }) => ({ sentence, ...(place !== undefined && { place }) })),
    };
  }

  private ruleParts(): readonly Part[] {
    return this.task.rules
      .filter(({ kind }) => kind !== 'fair' && kind !== 'notice')
      .map((rule) => ({
        sentence: `${ruleInWords(rule, this.task.model)} (${rule.set})`,
        place: formatOrigin(rule.origin),
        rule,
      }));
  }

  private contractParts(people: readonly number[]): readonly Part[] {
    const { members } = this.task;
    const minutes = people.reduce((sum, person) => sum + members[person]!.contractMinutes, 0);
    const hours = `${formatNumber(Math.round(minutes / 60))} h`;
    const [only] = people;
    const who =
      people.length === 1 && only !== undefined
        ? `"${members[only]!.id}" is contracted for`
        : `${people.length} people are contracted for`;
    const onLeave = people.some((person) => members[person]!.leave.length > 0);
    return [
      { sentence: `${who} ${hours} in all`, without: 'contracts' as const },
      ...(onLeave ? [{ sentence: 'people are on leave', without: 'leave' as const }] : []),
    ];
  }

  /** The task with only these parts of it; of its needs all, where none of the parts tried are lines of needs. */
  private taskWith(kept: readonly Part[], ofNeeds = false): RosterTask {
    const { task, options } = this;
    const has = (without: Part['without']): boolean => kept.some((part) => part.without === without);
    const entries = task.roster.entries.filter(
      ({ kind }, entry) => kind !== 'set' || kept.some((part) => part.entry === entry),
    );
    const made = rosterTask(
      task.model,
      { ...task.roster, entries },
      {
        ...options.made,
        rules: kept.flatMap(({ rule }) => (rule === undefined ? [] : [rule])),
        without: { contracts: !has('contracts'), leave: !has('leave') },
      },
    );
    const lines = new Set(kept.flatMap(({ line }) => (line === undefined ? [] : [line])));
    if (!ofNeeds) return made;
    const rows = made.needs.map(({ origin }) => lines.has(formatOrigin(origin)));
    return {
      ...made,
      needs: made.needs.filter((_, row) => rows[row]),
      problem: { ...made.problem, needs: made.problem.needs.filter((_, row) => rows[row]) },
    };
  }

  private needInWords(label: NeedLabel): string {
    const row = this.task.needs.indexOf(label);
    const { required } = this.task.problem.needs[row]!;
    const when = label.shift ?? 'the hours of the pathways';
    if (label.ratio !== undefined)
      return `${label.ratio.amount} ${peopleOf(label)} for each ${label.ratio.units} ${label.ratio.of}`;
    return `cover ${formatNumber(required)} ${peopleOf(label)} on ${when}`;
  }

  private shiftTitle(id: string): string {
    const shift = this.task.shifts.find((each) => each.id === id);
    return shift === undefined ? id : titleOf(shift);
  }

  private relaxations(missing: number): readonly Relaxation[] {
    return [...this.relaxedRules(missing), ...this.borrowed(), ...this.closed(missing)];
  }

  /**
   * Each rule a step weaker, for the people who then use it, where that leaves fewer hours uncovered; where none of them covers
   * all, two at once as well, and the rest borrowed.
   */
  private relaxedRules(missing: number): readonly Relaxation[] {
    const { task } = this;
    const steps = task.rules.flatMap((rule): Step[] => {
      const weaker = relaxed(rule, task.model);
      return weaker === undefined ? [] : [{ rule, weaker }];
    });
    const base = leastShortage(this.highs, ofPeople(task), this.effort).bound;
    const singles = steps.map((step) => this.candidate([step], base));
    const helping = singles.filter((each) => each !== undefined);
    const pairs = helping.some(({ most }) => most < NOTHING) ? [] : this.pairs(steps, singles, base);
    const candidates = [...helping, ...pairs];
    const share = (this.effort.limit - this.effort.spent) / Math.max(1, candidates.length);
    const solved = candidates.flatMap((each) => this.solvedWith(each, missing, Math.max(0.5, share)));
    const best = [...solved].sort((one, other) => one.relaxation.cost - other.relaxation.cost)[0];
    const isEnough = solved.some(({ relaxation }) => relaxation.missingHours <= 0);
    const completed = best === undefined || isEnough ? undefined : this.withTheRestBorrowed(best);
    return [...solved.map(({ relaxation }) => relaxation), ...(completed === undefined ? [] : [completed])];
  }

  /** Rules a step weaker at once, where every roster would be short by less than `than`; undefined where not, or not known. */
  private candidate(steps: readonly Step[], than: number): Candidate | undefined {
    const { task, options } = this;
    if (this.effort.over()) return undefined;
    const rules = task.rules.map((each) => steps.find(({ rule }) => rule === each)?.weaker ?? each);
    const made = rosterTask(task.model, task.roster, { ...options.made, rules });
    const isKnown = ({ bound, most }: { readonly bound: number; readonly most: number }): boolean =>
      most < NOTHING || bound >= than - NOTHING;
    const { most } = leastShortage(this.highs, ofPeople(made), this.effort, isKnown);
    return most < than - NOTHING ? { steps, made, most } : undefined;
  }

  /** Two rules a step weaker, where that leaves less short than either alone; those that leave least. */
  private pairs(
    steps: readonly Step[],
    singles: readonly (Candidate | undefined)[],
    base: number,
  ): readonly Candidate[] {
    const found: Candidate[] = [];
    for (let a = 0; a < steps.length; a += 1)
      for (let b = a + 1; b < steps.length; b += 1) {
        if (this.effort.over(this.options.effort * PAIRS_SHARE)) break;
        const than = Math.min(singles[a]?.most ?? base, singles[b]?.most ?? base);
        const pair = this.candidate([steps[a]!, steps[b]!], than);
        if (pair !== undefined) found.push(pair);
      }
    return found.sort((one, other) => one.most - other.most).slice(0, MOST_PAIRS);
  }

  private solvedWith({ steps, made }: Candidate, missing: number, effort: number): readonly Solved[] {
    const { task, options, solution } = this;
    const answer = solveRoster(this.highs, made.problem, { seed: options.seed, effort, start: solution.roster });
    this.effort.spend(answer.spent);
    const left = missingHours(made, answer.roster);
    if (left >= missing) return [];
    const broken = new Set(evaluateRoster(task.problem, answer.roster).violations.map(({ person }) => person));
    const people = broken.size === 1 ? '1 person' : `${broken.size} people`;
    const rules = steps.map(({ weaker }) => ruleInWords(weaker, task.model)).join(', and ');
    const allow = `Allow ${rules} for ${people} (${[...broken].slice(0, 6).join(', ')}${broken.size > 6 ? ', …' : ''})`;
    const relaxation: Relaxation = {
      kind: steps.length > 1 ? 'together' : 'rule',
      sentence: `${allow}: ${goes(missing, left)}.`,
      places: steps.map(({ rule }) => formatOrigin(rule.origin)),
      missingHours: left,
      cost: answer.cost + PRICE.person * broken.size,
    };
    return [{ relaxation, allow, people: broken.size, made, roster: answer.roster }];
  }

  /** A relaxation that does not cover all, with what it leaves missing from elsewhere. */
  private withTheRestBorrowed({ relaxation, allow, people, made, roster }: Solved): Relaxation | undefined {
    const rest = borrowedInWords(made, roster);
    if (rest === undefined) return undefined;
    return {
      kind: 'together',
      sentence: `${allow}, and borrow ${rest.words}: nothing is missing.`,
      places: relaxation.places,
      missingHours: 0,
      cost: costWithoutNeeds(made, roster) + PRICE.person * people + PRICE.hour * rest.hours,
    };
  }

  /** What is missing now, from elsewhere. */
  private borrowed(): readonly Relaxation[] {
    const { task, solution } = this;
    const rest = borrowedInWords(task, solution.roster);
    if (rest === undefined) return [];
    return [
      {
        kind: 'borrow',
        sentence: `Borrow ${rest.words}: nothing is missing.`,
        places: [],
        missingHours: 0,
        cost: costWithoutNeeds(task, solution.roster) + PRICE.hour * rest.hours,
      },
    ];
  }

  /** Fewer units of a resource that people are wanted for. */
  private closed(missing: number): readonly Relaxation[] {
    const { task, solution } = this;
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
          places: [],
          missingHours: left,
          cost: costWithoutNeeds(task, solution.roster) + left * 12 + PRICE.bed * Math.ceil(units) * days,
        },
      ];
    });
  }
}

/** A rule and the same a step weaker. */
interface Step {
  readonly rule: NamedRule;
  readonly weaker: NamedRule;
}

/** Rules that are relaxed at once, and what shares of lines are short by then. */
interface Candidate {
  readonly steps: readonly Step[];
  readonly made: RosterTask;
  readonly most: number;
}

interface Solved {
  readonly relaxation: Relaxation;
  /** `Allow … for 2 people (…)`. */
  readonly allow: string;
  readonly people: number;
  readonly made: RosterTask;
  readonly roster: Roster;
}

/** Share of the effort after which no further pairs of rules are looked at, and how many of them are solved for. */
const PAIRS_SHARE = 0.5;
const MOST_PAIRS = 3;

/** Whether it is known that every roster is short, or that shares of lines need not be. */
function isDecided({ bound, most }: { readonly bound: number; readonly most: number }): boolean {
  return bound > NOTHING || most <= NOTHING;
}

/** Needs of people alone: two who are to be together are no shortage, and how deep one is counts once. */
function ofPeople(task: RosterTask): RosterProblem {
  const needs = task.problem.needs.map((need, row) => (countsPeople(task.needs[row]!) ? need : { ...need, under: 0 }));
  return { ...task.problem, needs };
}
