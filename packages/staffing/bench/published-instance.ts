import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RosterPerson, RosterProblem } from '../src/roster/problem.js';

/** Where the instances of Curtois and Qu (2014) stand; they carry no licence and are not part of the project. */
export const INSTANCES = process.env.PATHWAY_ROSTER_INSTANCES ?? '';

/** Best values known for them (schedulingbenchmarks.org). */
export const BEST_KNOWN: Readonly<Record<number, number>> = {
  1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056, 8: 1300, 10: 4631, 11: 3443, 12: 4040, 14: 1278,
}; // prettier-ignore

/** Reads one instance in the authors' text format. */
export function publishedInstance(number: number): RosterProblem {
  return parseInstance(readFileSync(join(INSTANCES, `Instance${number}.txt`), 'utf8'));
}

/** Ten hospitals like this one that share their people. */
export function tenfold(problem: RosterProblem): RosterProblem {
  return {
    ...problem,
    people: Array.from({ length: 10 }, (_, copy) =>
      problem.people.map((person) => ({ ...person, id: `${person.id}${copy}` })),
    ).flat(),
    needs: problem.needs.map((need) => ({ ...need, required: need.required * 10 })),
  };
}

function sectionsOf(text: string): ReadonlyMap<string, readonly string[][]> {
  const sections = new Map<string, string[][]>();
  let current: string[][] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('SECTION_')) {
      current = [];
      sections.set(line, current);
    } else current.push(line.split(','));
  }
  return sections;
}

function parseInstance(text: string): RosterProblem {
  const sections = sectionsOf(text);
  const rows = (name: string): readonly string[][] => sections.get(`SECTION_${name}`) ?? [];
  const days = Number(rows('HORIZON')[0]![0]);
  const shifts = rows('SHIFTS').map(([id, minutes]) => ({ id: id!, minutes: Number(minutes) }));
  const shiftAt = new Map(shifts.map(({ id }, index) => [id, index]));
  const forbidden = rows('SHIFTS').flatMap(([id, , after = '']) =>
    after
      .split('|')
      .filter((other) => other !== '')
      .map((other): [number, number] => [shiftAt.get(id!)!, shiftAt.get(other)!]),
  );
  const of = (section: string, id: string): readonly string[][] => rows(section).filter(([person]) => person === id);
  const people = rows('STAFF').map((fields): RosterPerson => {
    const [id, most, maxMinutes, minMinutes, maxRun, minRun, minOff, weekends] = fields;
    const mostOf = most!
      .split('|')
      .map((part) => part.split('='))
      .map(([shift, count]) => [shiftAt.get(shift!)!, Number(count)] as const);
    const wishes = (kind: 'on' | 'off', section: string): RosterPerson['wishes'] =>
      of(section, id!).map(([, day, shift, weight]) => ({
        kind,
        day: Number(day),
        shift: shiftAt.get(shift!)!,
        weight: Number(weight),
      }));
    return {
      id: id!,
      shifts: mostOf.filter(([, count]) => count > 0).map(([shift]) => shift),
      rules: {
        minMinutes: Number(minMinutes),
        maxMinutes: Number(maxMinutes),
        maxRun: Number(maxRun),
        minRun: Number(minRun),
        minOff: Number(minOff),
        forbidden,
        limits: [
          { of: 'weekends', most: Number(weekends) },
          ...mostOf
            .filter(([, count]) => count > 0 && count < days)
            .map(([shift, count]) => ({ of: 'shifts' as const, shifts: [shift], most: count, per: 'period' as const })),
        ],
      },
      away: of('DAYS_OFF', id!).flatMap(([, ...dates]) =>
        dates.filter((day) => day !== '').map((day) => ({ day: Number(day) })),
      ),
      fixed: [],
      wishes: [...wishes('on', 'SHIFT_ON_REQUESTS'), ...wishes('off', 'SHIFT_OFF_REQUESTS')],
    };
  });
  const needs = rows('COVER').map(([day, shift, required, under, over]) => ({
    id: `${day} ${shift}`,
    required: Number(required),
    under: Number(under),
    over: Number(over),
    slots: [{ day: Number(day), shift: shiftAt.get(shift!)! }],
  }));
  return { days, firstWeekday: 0, shifts, people, needs };
}
