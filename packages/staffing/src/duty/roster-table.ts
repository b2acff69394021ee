import { clock, type DutyRoster } from './duty-roster.js';
import { type Duty, dutiesOf, shiftTitles } from './roster-duties.js';
import { peopleOf } from './roster-needs.js';

interface RosterTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const DUTY = ['person', 'role', 'date', 'shift', 'from', 'to'];
const STANDS_IN = 'stands in for';

/**
 * A roster as a table for spreadsheets: one row a person and day worked. A repaired roster has more columns: `change` says
 * what the row tells (`new` and `instead` of a shift worked, `off` and `absent` of a day that became free, `call` of somebody
 * to call, `missing` of what stays short), beside it what was, until when the person has to be told, and for calls and what is missing
 * the order, the work and the number of people. Only rows of shifts worked have a shift. Where somebody stands in for others, a
 * last column has the role.
 */
export function rosterTable(roster: DutyRoster): RosterTable {
  const duties = dutiesOf(roster);
  const instead = duties.some(({ standsInFor }) => standsInFor !== undefined) ? [STANDS_IN] : [];
  const insteadCells = ({ standsInFor = '' }: Partial<Duty>): readonly string[] => instead.map(() => standsInFor);
  if (roster.repair === undefined)
    return { header: [...DUTY, ...instead], rows: duties.map((duty) => [...dutyCells(duty), ...insteadCells(duty)]) };
  const titles = shiftTitles(roster);
  const roles = new Map(roster.people.map(({ person, role }) => [person, role]));
  const calls = roster.repair.calls.flatMap(({ date, shift, missing, people, ...call }) => {
    const work = [`${shift}: ${peopleOf(call)}`, String(missing)];
    if (people.length === 0) return [['', '', date, '', '', '', 'call', '', '', '', ...work]];
    return people.map(({ person }, index) => [
      ...[person, roles.get(person) ?? '', date, '', '', ''],
      ...['call', '', '', String(index + 1), ...work],
    ]);
  });
  return {
    header: [...DUTY, 'change', 'was', 'tell by', 'order', 'wanted for', 'people missing', ...instead],
    rows: [
      ...duties.map((duty) => [...dutyCells(duty), ...changeCells(duty, titles), '', '', '', ...insteadCells(duty)]),
      ...calls.map((call) => [...call, ...insteadCells({})]),
      ...roster.repair.missing.map((each) => [
        ...['', '', each.date, '', '', '', 'missing', '', '', ''],
        `${each.shift ?? `${clock(each.from)} to ${clock(each.to)}`}: ${peopleOf(each)}`,
        String(each.missing),
        ...insteadCells({}),
      ]),
    ],
  };
}

function dutyCells({ person, role, date, shift, from, to, isWorked }: Duty): readonly string[] {
  return isWorked ? [person, role, date, shift, from, to] : [person, role, date, '', '', ''];
}

function changeCells({ change, isWorked }: Duty, titles: ReadonlyMap<string, string>): readonly string[] {
  if (change === undefined) return ['', '', ''];
  const was = titles.get(change.was ?? '') ?? '';
  const what = isWorked ? (was === '' ? 'new' : 'instead') : change.tell === undefined ? 'absent' : 'off';
  return [what, was, change.tell?.by.replace('T', ' ') ?? ''];
}
