import { formatNumber } from '@pathway/model';
import { coverTargetText, type DailyNeed, type RoleNeed, type StaffingPlan } from '@pathway/staffing';
import type { Colours } from '../shell/context.js';
import { printable } from './printable.js';
import { table } from './table.js';

const HOURS_A_DAY = 24;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The need for staff as tables for a terminal. */
export function staffingText(plan: StaffingPlan, colours: Colours): string {
  const parts = [colours.bold(printable(`Staff needed: ${plan.title}`))];
  if (plan.roles.length === 0) parts.push('No step asks for staff, so nobody is needed.');
  else parts.push(overview(plan.roles));
  for (const { subject, message } of plan.gaps)
    parts.push(`${colours.yellow('not counted:')} ${printable(`${subject}: ${message}`)}`);
  for (const role of plan.roles) parts.push(roleText(role, colours));
  if (plan.skills.length > 0)
    parts.push(
      table(
        ['skill', 'hours a week', 'people who have it'],
        plan.skills.map(({ title, level, workHoursPerWeek, holders }) => [
          printable(level === undefined ? title : `${title}, ${level}`),
          formatNumber(workHoursPerWeek),
          formatNumber(holders),
        ]),
        [1, 2],
      ),
    );
  if (plan.byDay !== undefined) parts.push(...daysText(plan.byDay, colours));
  return `${parts.join('\n\n')}\n`;
}

function overview(roles: readonly RoleNeed[]): string {
  const rows = overviewTable(roles);
  if (roles.every(({ countedInPart }) => countedInPart === undefined)) return rows;
  return `${rows}\n* not all of their work is counted, or not when it is done: more, or fewer, may be needed`;
}

function overviewTable(roles: readonly RoleNeed[]): string {
  return table(
    ['role', 'work h/week', 'cover h/week', 'in post', 'needed', 'short', 'WISN', 'patient days'],
    roles.map(({ title, countedInPart, workHoursPerWeek, coverHoursPerWeek, headcount, wisn, patientDays }) => [
      `${printable(title)}${countedInPart === undefined ? '' : ' *'}`,
      formatNumber(workHoursPerWeek),
      formatNumber(coverHoursPerWeek),
      headcount === null ? '–' : formatNumber(headcount.existing),
      headcount === null ? '–' : formatNumber(headcount.needed),
      headcount === null ? '–' : formatNumber(headcount.shortfall),
      wisn === null ? '–' : formatNumber(wisn.required),
      patientDays === null ? '–' : formatNumber(patientDays.required),
    ]),
    [1, 2, 3, 4, 5, 6, 7],
  );
}

function roleText(role: RoleNeed, colours: Colours): string {
  const days = DAYS.map((day, index) => [
    day,
    ...role.coverByHour.slice(index * HOURS_A_DAY, (index + 1) * HOURS_A_DAY).map((people) => formatNumber(people)),
  ]);
  const hours = Array.from({ length: HOURS_A_DAY }, (_, hour) => String(hour).padStart(2, '0'));
  const right = hours.map((_, column) => column + 1);
  const cover = `${colours.bold(printable(role.title))}: people on duty for the target ${coverTargetText(role.target)}${minimumText(role)}`;
  const notes = role.notes.map((note) => `- ${printable(note)}`);
  return [cover, table(['', ...hours], days, right), ...factors(role), ...notes].join('\n');
}

function minimumText({ minimumFrom }: RoleNeed): string {
  return minimumFrom.length === 0 ? '' : ` and at least what ${printable(minimumFrom.join(', '))} wants`;
}

/** How headcount, WISN and hours per patient day come about, a line each. */
function factors({ headcount, wisn, patientDays, simulated, teams }: RoleNeed): readonly string[] {
  const number = (value: number): string => formatNumber(value);
  const lines: string[] = [];
  if (headcount !== null) {
    const lost = headcount.lostPerShift
      .map(({ name, hours }) => ` less ${number(hours)} h ${printable(name)}`)
      .join('');
    const leave = headcount.leave > 0 ? `, ${number(headcount.leave * 100)} % on leave` : '';
    const high =
      headcount.neededAtHighAbsence === null
        ? 'what one case in ten takes cannot be told'
        : `${number(headcount.neededAtHighAbsence)} at the ${leave === '' ? 'absence' : 'absence and leave'} of one case in ten`;
    lines.push(
      `headcount: a shift of ${number(headcount.shiftHours)} h${lost}, ${number(headcount.contractHoursPerWeek)} h a week, ` +
        `${number(headcount.absence * 100)} % absent${leave}: ${number(headcount.needed)} people, ${high}`,
    );
  }
  if (wisn !== null) {
    const absences = wisn.absences
      .map(({ name, daysPerYear }) => ` − ${number(daysPerYear)} ${printable(name)}`)
      .join('');
    lines.push(
      `WISN: (${number(wisn.possibleDays)} days${absences}) × ${number(wisn.hoursPerDay)} h = ${number(wisn.availableHoursPerYear)} h a year; ` +
        `× ${formatNumber(wisn.categoryAllowanceFactor, { digits: 4 })} + ${number(wisn.individualAllowanceFactor)}; ` +
        `${number(wisn.required)} people, rounded ${wisn.rounded}; ratio ${number(wisn.ratio)}`,
    );
  }
  if (patientDays !== null)
    lines.push(
      `hours per patient day: ${number(patientDays.patients)} patients × ${number(patientDays.hoursEach)} h / ` +
        `${number(patientDays.productiveHoursPerShift)} h a shift = ${number(patientDays.workersPerDay)} workers a day; ` +
        `${number(patientDays.required)} people`,
    );
  if (simulated !== null)
    lines.push(
      `simulated: ${number(simulated.mean)} at work on average, in 90 % of the time at most ${simulated.percentiles.p90}, in 95 % at most ${simulated.percentiles.p95}`,
    );
  for (const { level, amount, per, resource, byHour } of teams)
    lines.push(
      `level ${printable(level)}: ${number(amount)} for each ${number(per)} ${printable(resource)}, at most ${number(Math.max(0, ...byHour))} at once`,
    );
  return lines;
}

/** The days of the scenario's crises: for each role a line for days with the same effects and responses. */
function daysText(byDay: DailyNeed, colours: Colours): readonly string[] {
  const number = (value: number): string => formatNumber(value);
  const tables = byDay.roles.map((role) => {
    const rows = role.stretches.map((each) => [
      each.from,
      each.until,
      number(each.coverHoursPerDay),
      number(each.mostNeeded),
      each.onDuty === null ? '–' : number(each.onDuty),
      number(each.calledIn),
      number(each.missingHours),
      number(each.mostMissing),
      printable([...each.crises, ...each.responses].join(', ')) || '–',
    ]);
    const head = [
      'from',
      'until',
      'cover h/day',
      'most',
      'on duty',
      'called in',
      'short h',
      'most short',
      'what holds',
    ];
    const title = `${colours.bold(printable(role.title))}: on the days of the crises`;
    return [title, table(head, rows, [2, 3, 4, 5, 6, 7])].join('\n');
  });
  const notes = byDay.notes.map((note) => `- ${printable(note)}`);
  return notes.length === 0 ? tables : [...tables, notes.join('\n')];
}
