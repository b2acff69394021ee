import { commented, Names, quoted } from '../write/names.js';
import type { HaveFacility } from './have-report.js';
import { readHave } from './read-have.js';

/** A report of availability as text of the language. */
export interface ImportedHave {
  /** Not in the canonical form yet. */
  readonly text: string;
  /** In plain words, each once. */
  readonly notSaid: readonly string[];
  readonly organisations: number;
  readonly resources: number;
}

/**
 * Turns a message of Hospital Availability Exchange into text: an organisation for each hospital, and a resource for each
 * type of bed with as many as there usually are. How many are free is told beside it: who is in the others is said where a
 * pathway and its steps are.
 * @throws HaveError for what cannot be read
 */
export function importHave(file: string | Uint8Array): ImportedHave {
  const { facilities, problems, version, status } = readHave(file);
  const names = new Names();
  const notSaid = problems.map(({ line, message }) => `Line ${line}: ${message}`);
  if (status !== undefined && status !== 'Actual') notSaid.unshift(`Its distribution is no real one: ${status}.`);
  let resources = 0;
  const texts = facilities.flatMap((facility) => {
    for (const { name, value, line } of facility.states)
      notSaid.push(`Line ${line}: ${facility.name}: ${name} is ${value}.`);
    const lines = facilityLines(facility, names, notSaid);
    resources += facility.beds.length;
    return lines;
  });
  const head = `// Written by \`pathway import\` from EDXL-HAVE ${version}. What could not be represented is listed by the command.`;
  return {
    text: `${[head, '', ...texts].join('\n')}\n`,
    notSaid: [...new Set(notSaid)],
    organisations: facilities.length,
    resources,
  };
}

function facilityLines(facility: HaveFacility, names: Names, notSaid: string[]): readonly string[] {
  const organisation = names.fresh(facility.name);
  const known = [
    facility.id === undefined ? undefined : `Identifier ${facility.id}.`,
    facility.updated === undefined ? undefined : `Reported ${facility.updated}.`,
  ].filter((part) => part !== undefined);
  return [
    ...(known.length === 0 ? [] : [`/** ${commented(known.join(' '))} */`]),
    `organisation ${organisation} ${quoted(facility.name)} { sector hospital }`,
    ...facility.beds.flatMap(({ type, available, baseline, line }) => {
      const title = type.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
      if (baseline === undefined)
        notSaid.push(
          `Line ${line}: ${type} of ${facility.name}: how many there usually are must be set; those that are free stand in.`,
        );
      const free = available === undefined ? [] : [`/** ${available} of them free. */`];
      const name = names.fresh(`${title} beds at ${facility.name}`);
      return [
        ...(baseline === undefined ? [] : free),
        `resource ${name} ${quoted(/beds?$|rooms?$/i.test(title) ? title : `${title} beds`)} { at ${organisation} kind space count ${baseline ?? available ?? 0} }`,
      ];
    }),
    '',
  ];
}
