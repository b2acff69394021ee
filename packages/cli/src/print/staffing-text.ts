import { formatNumber, formatShare } from '@pathway/model';
import type { RoleNeed, StaffingPlan } from '@pathway/staffing';
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
  for (const { subject, message } of plan.gaps)
    parts.push(`${colours.yellow('not counted:')} ${printable(`${subject}: ${message}`)}`);
  return `${parts.join('\n\n')}\n`;
}

function overview(roles: readonly RoleNeed[]): string {
  return table(
    ['role', 'work h/week', 'cover h/week', 'in post', 'needed', 'short', 'WISN'],
    roles.map(({ title, workHoursPerWeek, coverHoursPerWeek, headcount, wisn }) => [
      printable(title),
      formatNumber(workHoursPerWeek),
      formatNumber(coverHoursPerWeek),
      headcount === null ? '–' : formatNumber(headcount.existing),
      headcount === null ? '–' : formatNumber(headcount.needed),
      headcount === null ? '–' : formatNumber(headcount.shortfall),
      wisn === null ? '–' : formatNumber(wisn.required),
    ]),
    [1, 2, 3, 4, 5, 6],
  );
}

function roleText(role: RoleNeed, colours: Colours): string {
  const days = DAYS.map((day, index) => [
    day,
    ...role.coverByHour.slice(index * HOURS_A_DAY, (index + 1) * HOURS_A_DAY).map((people) => formatNumber(people)),
  ]);
  const hours = Array.from({ length: HOURS_A_DAY }, (_, hour) => String(hour).padStart(2, '0'));
  const right = hours.map((_, column) => column + 1);
  const cover = `${colours.bold(printable(role.title))}: people on duty, so that at most ${formatShare(role.delayTarget)} of requests wait`;
  const notes = role.notes.map((note) => `- ${printable(note)}`);
  return [cover, table(['', ...hours], days, right), ...notes].join('\n');
}
