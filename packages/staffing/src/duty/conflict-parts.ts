import { formatNumber, formatOrigin, titleOf } from '@pathway/model';
import {
  type ConflictFact,
  type CoverFact,
  daysInWords,
  type PeopleFact,
  ruleFact,
  someDays,
} from './explanation-facts.js';
import { countsPeople, type NeedLabel, peopleOf } from './roster-needs.js';
import { rosterTask, type RosterTask, type TaskOptions } from './roster-task.js';
import { ownShifts } from './roster-people.js';
import { ruleInWords } from './rule-words.js';
import type { NamedRule } from './working-rules.js';

/** Something that a roster has to keep and could do without. */
export interface Part {
  readonly sentence: string;
  readonly fact: ConflictFact;
  readonly place?: string;
  readonly rule?: NamedRule;
  /** What limits these people, by their places in the roster. */
  readonly limit?: { readonly of: 'contract' | 'leave' | 'shifts'; readonly people: readonly number[] };
  /** An entry of the roster by its place. */
  readonly entry?: number;
  /** Needs by their rows. */
  readonly rows?: readonly number[];
  /** What it is made of: tried one by one where it is needed as a whole. */
  readonly parts?: readonly Part[];
}

export function ruleParts(task: RosterTask): readonly Part[] {
  return task.rules
    .filter(({ kind }) => kind !== 'fair' && kind !== 'notice')
    .map((rule) => ({
      sentence: `${ruleInWords(rule, task.model)} (${rule.set})`,
      fact: { ...ruleFact(rule, task), set: rule.set },
      place: formatOrigin(rule.origin),
      rule,
    }));
}

/** Which shifts people work, what they are contracted for and when they are on leave, by their groups and then one by one. */
export function limitParts(task: RosterTask, people: readonly number[]): readonly Part[] {
  const limited = people.filter((person) => ownShifts(task.members[person]!, task.shifts).length < task.shifts.length);
  const away = people.filter((person) => task.members[person]!.leave.length > 0);
  return [
    ...whole(
      'shifts',
      byGroup(task, limited).map((each) => shiftsPart(task, each)),
    ),
    ...whole(
      'contract',
      byGroup(task, people).map((each) => contractPart(task, each)),
    ),
    ...whole(
      'leave',
      away.map((person) => leavePart(task, person)),
    ),
  ];
}

/** Limits of one kind as one part, so that those that nothing hangs on are tried only once. */
function whole(of: 'contract' | 'leave' | 'shifts', parts: readonly Part[]): readonly Part[] {
  if (parts.length < 2) return parts;
  const people = parts.flatMap(({ limit }) => limit?.people ?? []);
  const sentence = { shifts: 'people work only their shifts', contract: 'contracts', leave: 'people are on leave' }[of];
  const fact = { shifts: 'all shifts', contract: 'all contracts', leave: 'all leave' } as const;
  return [{ sentence, fact: { what: fact[of] }, limit: { of, people }, parts }];
}

function byGroup({ members }: RosterTask, people: readonly number[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const person of people) {
    const { id } = members[person]!.group;
    groups.set(id, [...(groups.get(id) ?? []), person]);
  }
  return [...groups.values()];
}

function shiftsPart(task: RosterTask, people: readonly number[]): Part {
  const { group } = task.members[people[0]!]!;
  const own = new Set(people.flatMap((person) => ownShifts(task.members[person]!, task.shifts)));
  const titles = task.shifts.filter((_, shift) => own.has(shift)).map(titleOf);
  return {
    sentence: `${whoOf(task, people)} ${people.length === 1 ? 'works' : 'work'} only ${titles.join(', ')}`,
    fact: { what: 'shifts', who: peopleFact(task, people), shifts: titles },
    place: formatOrigin(group.origin),
    limit: { of: 'shifts', people },
  };
}

function contractPart(task: RosterTask, people: readonly number[]): Part {
  const { group } = task.members[people[0]!]!;
  const minutes = people.reduce((sum, person) => sum + task.members[person]!.contractMinutes, 0);
  const verb = people.length === 1 ? 'is' : 'are';
  return {
    sentence: `${whoOf(task, people)} ${verb} contracted for ${formatNumber(Math.round(minutes / 60))} h in all`,
    fact: { what: 'contract', who: peopleFact(task, people), hours: Math.round(minutes / 60) },
    place: formatOrigin(group.origin),
    limit: { of: 'contract', people },
  };
}

/** `6 people of Nurse, Ward`, or a person by their pseudonym. */
function whoOf({ members }: RosterTask, people: readonly number[]): string {
  const { id, group } = members[people[0]!]!;
  return people.length === 1 ? `"${id}"` : `${people.length} people of ${titleOf(group)}`;
}

function peopleFact({ members }: RosterTask, people: readonly number[]): PeopleFact {
  const { id, group } = members[people[0]!]!;
  return { group: titleOf(group), people: people.length, ...(people.length === 1 && { person: id }) };
}

function leavePart(task: RosterTask, person: number): Part {
  const { id, group, leave } = task.members[person]!;
  const row = group.people.find((each) => each.id === id);
  const days = someDays(task, leave);
  return {
    sentence: `"${id}" is on leave ${daysInWords(days)}`,
    fact: { what: 'leave', person: id, days },
    ...(row !== undefined && { place: formatOrigin(row.origin) }),
    limit: { of: 'leave', people: [person] },
  };
}

/** The lines of needs that have one of these rows, and in each its shifts. */
export function needParts(task: RosterTask, rows: readonly number[]): readonly Part[] {
  const lines = grouped(rows, (row) => formatOrigin(task.needs[row]!.origin));
  return lines.map((own) => {
    const shifts = grouped(own, (row) => task.needs[row]!.shift ?? '').map((each) => needPart(task, each));
    return shifts.length > 1 ? { ...needPart(task, own), parts: shifts } : needPart(task, own);
  });
}

/** Needs of one line as one again: those of its shifts that were kept. */
export function joinedNeeds(task: RosterTask, parts: readonly Part[]): readonly Part[] {
  const rows = parts.flatMap((part) => part.rows ?? []);
  const others = parts.filter((part) => part.rows === undefined);
  return [
    ...others,
    ...grouped(rows, (row) => formatOrigin(task.needs[row]!.origin)).map((own) => needPart(task, own)),
  ];
}

function needPart(task: RosterTask, rows: readonly number[]): Part {
  const { origin } = task.needs[rows[0]!]!;
  const fact = needFact(task, rows);
  return { sentence: needInWords(fact), fact, place: formatOrigin(origin), rows };
}

function needFact(task: RosterTask, rows: readonly number[]): CoverFact {
  const label = task.needs[rows[0]!]!;
  const { origin, of, who, ratio } = label;
  const days = rows.map((row) => task.needs[row]!.day);
  const isOfLine = (each: NeedLabel): boolean =>
    formatOrigin(each.origin) === formatOrigin(origin) && countsPeople(each);
  const every = new Set(task.needs.filter(isOfLine).map(({ day }) => day));
  return {
    what: 'cover',
    of,
    who,
    amount: ratio?.amount ?? Math.max(...rows.map((row) => task.problem.needs[row]!.required)),
    ...(ratio !== undefined && { per: { units: ratio.units, of: ratio.of } }),
    shifts: [...new Set(rows.flatMap((row) => task.needs[row]!.shift ?? []))],
    ...(every.size > new Set(days).size && { days: someDays(task, days) }),
  };
}

function needInWords(fact: CoverFact): string {
  const shifts = fact.shifts.join(', ') || 'the hours of the pathways';
  const when = fact.days === undefined ? '' : ` ${daysInWords(fact.days)}`;
  if (fact.per !== undefined)
    return `${fact.amount} ${peopleOf(fact)} for each ${fact.per.units} ${fact.per.of} on ${shifts}${when}`;
  return `cover ${formatNumber(fact.amount)} ${peopleOf(fact)} on ${shifts}${when}`;
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}

/** The task with only these parts of it; of its needs all, where none of the parts tried are needs. */
export function taskWith(task: RosterTask, made: TaskOptions, kept: readonly Part[], ofNeeds = false): RosterTask {
  const everybody = task.members.map((_, index) => index);
  const free = (of: 'contract' | 'leave' | 'shifts'): readonly number[] => {
    const limited = new Set(kept.flatMap(({ limit }) => (limit?.of === of ? limit.people : [])));
    return everybody.filter((person) => !limited.has(person));
  };
  const entries = task.roster.entries.filter(
    ({ kind }, entry) => kind !== 'set' || kept.some((part) => part.entry === entry),
  );
  const all = task.shifts.map(({ id }) => id);
  const remade = rosterTask(
    task.model,
    { ...task.roster, entries },
    {
      ...made,
      rules: kept.flatMap(({ rule }) => (rule === undefined ? [] : [rule])),
      without: {
        contract: new Set(free('contract')),
        leave: new Set(free('leave')),
        shifts: new Map(free('shifts').map((person) => [person, all])),
      },
    },
  );
  if (!ofNeeds) return remade;
  const rows = new Set(kept.flatMap((part) => part.rows ?? []));
  return {
    ...remade,
    needs: remade.needs.filter((_, row) => rows.has(row)),
    problem: { ...remade.problem, needs: remade.problem.needs.filter((_, row) => rows.has(row)) },
  };
}
