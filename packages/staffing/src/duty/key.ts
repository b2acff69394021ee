import type { DutyRoster, Shortfall } from './duty-roster.js';
import type { ConflictFact } from './explanation-facts.js';
import type { RosterExplanation } from './explain-roster.js';
import type { RosterRepair } from './roster-repair.js';

/**
 * The names behind pseudonyms. A key belongs to a reader, not to a project: it is used for one output that its holder asks
 * for, shows the names of people in that output alone, and nothing else of it is written anywhere.
 */
export type PersonNames = ReadonlyMap<string, string>;

/** A key that cannot be used, and what to do. */
export class KeyError extends Error {
  constructor(
    message: string,
    readonly advice: string,
  ) {
    super(message);
    this.name = 'KeyError';
  }
}

/**
 * The names of people of a roster from the rows of a key with the columns `id` and `name`. Where two people have one name,
 * their pseudonyms stand beside it.
 * @param shown how messages name the key
 * @param people pseudonyms of the roster; rows of others are left out
 * @throws KeyError for columns that are missing, and for two names of one person
 */
export function namesFromKey(
  rows: readonly Readonly<Record<string, string>>[],
  shown: string,
  people: readonly string[],
): PersonNames {
  const [first] = rows;
  if (first?.id === undefined || first.name === undefined)
    throw new KeyError(
      `${shown} is no key: it needs the columns id and name.`,
      'Write a CSV file like `id,name` and, below it, `N07,Ada Ruiz`.',
    );
  const wanted = new Set(people);
  const found = new Map<string, string>();
  for (const row of rows) {
    const id = (row.id ?? '').trim();
    const name = (row.name ?? '').trim();
    if (!wanted.has(id) || name === '') continue;
    const before = found.get(id);
    if (before !== undefined && before !== name)
      throw new KeyError(`${shown} gives ${id} two different names.`, 'Keep one row for each id.');
    found.set(id, name);
  }
  const times = new Map<string, number>();
  for (const name of found.values()) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map([...found].map(([id, name]) => [id, (times.get(name) ?? 0) > 1 ? `${name} (${id})` : name]));
}

/** A roster in which the people of a key stand by their names. */
export function withNames(roster: DutyRoster, names: PersonNames): DutyRoster {
  const shown = (person: string): string => names.get(person) ?? person;
  const named = naming(names);
  return {
    ...roster,
    people: roster.people.map((line) => ({ ...line, person: shown(line.person) })),
    rules: roster.rules.map((rule) => ({
      ...rule,
      brokenBy: rule.brokenBy.map(shown),
      breaks: rule.breaks.map(({ person, dates }) => ({ person: shown(person), dates })),
    })),
    requests: roster.requests.map(({ person, other, ...rest }) => ({
      ...rest,
      person: shown(person),
      ...(other !== undefined && { other: shown(other) }),
    })),
    withoutLine: roster.withoutLine.map(shown),
    ...(roster.repair !== undefined && { repair: repairWith(roster.repair, shown, named) }),
    ...(roster.explanation !== undefined && { explanation: explanationWith(roster.explanation, shown, named) }),
    shortfalls: roster.shortfalls.map((each) => shortfallWith(each, shown, named)),
  };
}

type Shown = (text: string) => string;

/** A team is wanted by its pseudonyms. */
function shortfallWith(shortfall: Shortfall, shown: Shown, named: Shown): Shortfall {
  const { who, sentence, pair } = shortfall;
  return {
    ...shortfall,
    who: named(who),
    ...(pair !== undefined && { pair: { ...pair, other: shown(pair.other) } }),
    sentence: named(sentence),
  };
}

function repairWith(repair: RosterRepair, shown: Shown, named: Shown): RosterRepair {
  return {
    ...repair,
    changes: repair.changes.map((each) => ({ ...each, person: shown(each.person), sentence: named(each.sentence) })),
    missing: repair.missing.map((each) => shortfallWith(each, shown, named)),
    calls: repair.calls.map((call) => ({
      ...call,
      who: named(call.who),
      people: call.people.map((each) => ({ ...each, person: shown(each.person) })),
    })),
  };
}

function explanationWith(explanation: RosterExplanation, shown: Shown, named: Shown): RosterExplanation {
  return {
    ...explanation,
    conflicts: explanation.conflicts.map(({ person, parts, ...rest }) => ({
      ...rest,
      ...(person !== undefined && { person: shown(person) }),
      parts: parts.map((part) => ({
        ...part,
        sentence: named(part.sentence),
        fact: conflictWith(part.fact, shown, named),
      })),
    })),
    relaxations: explanation.relaxations.map((each) => ({
      ...each,
      sentence: named(each.sentence),
      fact: {
        ...each.fact,
        people: each.fact.people.map(shown),
        ...(each.fact.leaveOut !== undefined && {
          leaveOut: { ...each.fact.leaveOut, person: shown(each.fact.leaveOut.person) },
        }),
      },
    })),
  };
}

function conflictWith(fact: ConflictFact, shown: Shown, named: Shown): ConflictFact {
  switch (fact.what) {
    case 'leave':
    case 'set':
    case 'all set':
      return { ...fact, person: shown(fact.person) };
    case 'shifts':
    case 'contract': {
      const { who } = fact;
      return { ...fact, who: { ...who, ...(who.person !== undefined && { person: shown(who.person) }) } };
    }
    case 'cover':
    case 'people':
      // A team is wanted by its pseudonyms.
      return { ...fact, who: named(fact.who) };
    default:
      return fact;
  }
}

/** Replaces pseudonyms in a sentence, the longest first, and none that is a part of another word. */
function naming(names: PersonNames): Shown {
  if (names.size === 0) return (text) => text;
  const ids = [...names.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const escaped = ids.map((id) => id.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const pattern = new RegExp(`(?<![\\p{L}\\d])(?:${escaped.join('|')})(?![\\p{L}\\d])`, 'gu');
  return (text) => text.replaceAll(pattern, (id) => names.get(id) ?? id);
}
