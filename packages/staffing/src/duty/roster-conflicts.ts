import { formatNumber, formatOrigin, titleOf } from '@pathway/model';
import { leastShortage, type LeastShortage, NOTHING } from '../roster/least-shortage.js';
import { canCount, type RosterProblem } from '../roster/problem.js';
import { solveRoster } from '../roster/solve-roster.js';
import { joinedNeeds, limitParts, needParts, type Part, ruleParts, taskWith } from './conflict-parts.js';
import { type Explaining, ofPeople, type RosterConflict } from './explaining.js';
import type { ConflictFact } from './explanation-facts.js';
import { countsPeople, peopleOf } from './roster-needs.js';
import type { RosterTask } from './roster-task.js';

/** A conflict, and the parts of the roster that it is made of. */
export interface FoundConflict {
  readonly conflict: RosterConflict;
  readonly parts: readonly Part[];
}

/** What leaves one person without a line. */
export function conflictOfPerson(explaining: Explaining, person: number): FoundConflict {
  const { task } = explaining;
  const { id } = task.members[person]!;
  const own = task.roster.entries.flatMap(({ person: of, kind, origin, dates, shifts, only }, entry): Part[] => {
    if (of !== id || kind !== 'set') return [];
    const what =
      shifts.length === 0 ? (only ? 'only' : 'off') : shifts.map((shift) => shiftTitle(task, shift)).join(', ');
    const fact: ConflictFact = {
      what: 'set',
      person: id,
      shifts: shifts.map((shift) => shiftTitle(task, shift)),
      only: only === true,
      dates,
    };
    return [{ sentence: `"${id}" ${what} on ${dates.join(', ')}`, fact, place: formatOrigin(origin), entry }];
  });
  const { parts, isSmallest } = smallest(
    explaining,
    [...ruleParts(task), ...limitParts(task, [person]), ...own],
    (kept) => hasNoLine(explaining, taskWith(task, explaining.made, kept), person),
  );
  return { conflict: { person: id, smallest: isSmallest, parts: parts.map(inWords) }, parts };
}

/** Whether no line of a person keeps all that a task asks of them. */
export function hasNoLine({ highs }: Explaining, { problem }: RosterTask, person: number): boolean {
  const alone: RosterProblem = { ...problem, people: [problem.people[person]!], needs: [] };
  return solveRoster(highs, alone, { seed: 1, effort: 0.01 }).withoutLine.length > 0;
}

/**
 * What leaves shifts uncovered; undefined where it is not proved that any roster would be short.
 * @param whole what every roster of the task is short by
 */
export function conflictOfNeeds(explaining: Explaining, whole: LeastShortage): RosterConflict | undefined {
  const { task, highs, effort, made } = explaining;
  if (whole.bound < NOTHING) return undefined;
  const everybody = task.members.map((_, index) => index);
  const entries = task.roster.entries.flatMap(({ person, kind, origin }, entry): Part[] =>
    kind === 'set'
      ? [
          {
            sentence: `what is set for "${person}"`,
            fact: { what: 'all set', person },
            place: formatOrigin(origin),
            entry,
          },
        ]
      : [],
  );
  const others = [...entries, ...ruleParts(task), ...limitParts(task, everybody)];
  const short = (kept: readonly Part[]): boolean =>
    leastShortage(highs, ofPeople(taskWith(task, made, kept, true)), effort, isDecided).bound > NOTHING;
  // The needs that the proof uses are short by themselves.
  const rows = task.needs.flatMap((label, row) => (countsPeople(label) && whole.duals[row]! > 1e-6 ? [row] : []));
  const { parts, isSmallest } = smallest(explaining, [...others, ...needParts(task, rows)], short);
  const joined = joinedNeeds(task, parts);
  const facts = joined.every(({ rows: own }) => own !== undefined) ? joined.map((part) => peopleThere(task, part)) : [];
  return {
    smallest: isSmallest,
    parts: [...joined.map(inWords), ...new Map(facts.map((each) => [each.sentence, each])).values()],
  };
}

/** Where needs alone are more than people: how many of them there are. */
function peopleThere(task: RosterTask, { rows = [] }: Part): RosterConflict['parts'][number] {
  const label = task.needs[rows[0]!]!;
  const need = task.problem.needs[rows[0]!]!;
  const able = task.members.filter((_, person) => canCount(need, person));
  const [first] = able;
  const count = able.length === 0 ? 'nobody' : `no more than ${formatNumber(able.length)}`;
  return {
    sentence: `the roster has ${count} ${peopleOf(label)}`,
    fact: { what: 'people', of: label.of, who: label.who, count: able.length },
    ...(first !== undefined && { place: formatOrigin(first.group.origin) }),
  };
}

/** Leaves out one part after another for as long as the rest conflicts; what is needed as a whole is then tried in its parts. */
function smallest(
  { effort }: Explaining,
  all: readonly Part[],
  conflicts: (kept: readonly Part[]) => boolean,
): { readonly parts: readonly Part[]; readonly isSmallest: boolean } {
  let kept = all;
  const waiting = [...all];
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const place = kept.indexOf(part);
    const without = kept.toSpliced(place, 1);
    if (conflicts(without)) kept = without;
    // Where the effort ended, nobody knows whether the rest could be kept.
    else if (effort.over()) return { parts: kept, isSmallest: false };
    else if (part.parts !== undefined) {
      kept = kept.toSpliced(place, 1, ...part.parts);
      waiting.unshift(...part.parts);
    }
  }
  return { parts: kept, isSmallest: true };
}

function inWords({ sentence, fact, place }: Part): RosterConflict['parts'][number] {
  return { sentence, fact, ...(place !== undefined && { place }) };
}

function shiftTitle({ shifts }: RosterTask, id: string): string {
  const shift = shifts.find((each) => each.id === id);
  return shift === undefined ? id : titleOf(shift);
}

/** Whether it is known that every roster is short, or that shares of lines need not be. */
function isDecided({ bound, most }: { readonly bound: number; readonly most: number }): boolean {
  return bound > NOTHING || most <= NOTHING;
}
