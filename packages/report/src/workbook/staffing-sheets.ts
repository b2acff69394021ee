import type { DailyNeed, RoleNeed, StaffingPlan } from '@pathway/staffing';
import { heatStep } from '../html/heat-map.js';
import type { ReportInput } from '../input.js';
import { LIGHT } from '../palette.js';
import { noteWords, roleAtPlace } from '../staff-words.js';
import { headcountSentence } from '../summary.js';
import { named } from '../text.js';
import { type Cell, headCell, type Sheet, tableSheet } from './workbook.js';
import type { Words } from '../words/words.js';

/** The staffing need of each scenario: a table of roles, a week of cover by hour for each role, and the days of crises. */
export function staffingSheets(words: Words, input: ReportInput): readonly Sheet[] {
  return input.plans.flatMap((plan) => [
    ...(plan.roles.length === 0 ? [] : [needSheet(words, plan, input), coverSheet(words, plan, input)]),
    ...(plan.byDay === undefined ? [] : [crisisSheet(words, plan.title, plan.byDay, input)]),
  ]);
}

function needSheet(words: Words, plan: StaffingPlan, input: ReportInput): Sheet {
  const { say } = words;
  const head = [
    say`Role`,
    say`Work, h a week`,
    say`Cover, h a week`,
    say`Contract, h a week`,
    say`Absence`,
    say`In post`,
    say`Needed`,
    say`Short of`,
    say`Needed (WISN)`,
    say`In words`,
  ];
  const rows = plan.roles.map((role): Cell[] => [
    { value: roleAtPlace(role, input.model) },
    { value: role.workHoursPerWeek, format: '0.0' },
    { value: role.coverHoursPerWeek, format: '0.0' },
    { value: role.headcount?.contractHoursPerWeek, format: '0.0' },
    { value: role.headcount?.absence, format: '0.0%' },
    { value: role.headcount?.existing, format: '0.0' },
    { value: role.headcount?.needed, format: '0.0' },
    shortfallCell(role),
    { value: role.wisn?.required, format: '0.00' },
    { value: headcountSentence(words, role), wrap: true },
  ]);
  return {
    name: say`Staff ${named(plan.title)}`,
    widths: [40, 12, 12, 12, 10, 10, 10, 10, 12, 70],
    frozenRows: 1,
    frozenColumns: 1,
    rows: [head.map(headCell), ...rows],
  };
}

function shortfallCell({ headcount }: RoleNeed): Cell {
  return headcount === null ? {} : shortCell(Math.max(0, headcount.shortfall));
}

/** How much is missing, in colour where it is something. */
function shortCell(short: number): Cell {
  return short === 0
    ? { value: 0, format: '0.0' }
    : { value: short, format: '0.0', bold: true, surface: LIGHT.warningSurface, colour: LIGHT.warningText };
}

/** Seven days by 24 hours for each role; darker is more, and an hour with fewer on duty than needed stands in bold. */
function coverSheet(words: Words, plan: StaffingPlan, input: ReportInput): Sheet {
  const { say } = words;
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const head = [say`Role`, say`Day`, ...hours.map((hour) => `${String(hour).padStart(2, '0')}:00`)];
  const rows = plan.roles.flatMap((role) => {
    const largest = Math.max(0, ...role.coverByHour);
    return words.weekdays.map((day, dayIndex): Cell[] => [
      { value: roleAtPlace(role, input.model) },
      { value: day },
      ...hours.map((hour) => coverCell(role, dayIndex * 24 + hour, largest)),
    ]);
  });
  return {
    name: say`Cover ${named(plan.title)}`,
    widths: [36, 6, ...hours.map(() => 6)],
    frozenRows: 1,
    frozenColumns: 2,
    rows: [
      head.map(headCell),
      ...rows,
      [],
      [{ value: say`People needed on duty; in bold and underlaid where fewer are declared on duty than needed.` }],
    ],
  };
}

function coverCell(role: RoleNeed, hour: number, largest: number): Cell {
  const needed = role.coverByHour[hour] ?? 0;
  const isShort = role.onDutyByHour !== null && (role.onDutyByHour[hour] ?? 0) < needed;
  if (isShort) return { value: needed, bold: true, surface: LIGHT.warningSurface, colour: LIGHT.warningText };
  const step = LIGHT.heat[heatStep(needed, largest)];
  return step === undefined ? { value: needed } : { value: needed, surface: step.surface, colour: step.text };
}

/** The days of a scenario's crises, a row for each role and days on which the same holds, and what these figures assume. */
function crisisSheet(words: Words, title: string, byDay: DailyNeed, { model }: ReportInput): Sheet {
  const { say } = words;
  const head = [
    ...[say`Role`, say`From`, say`To`, say`Cover, h a day`, say`Most needed at once`, say`On duty`, say`Called in`],
    ...[say`Missing, h`, say`What holds`],
  ];
  const rows = byDay.roles.flatMap((role) =>
    role.stretches.map((each): Cell[] => [
      { value: roleAtPlace(role, model) },
      { value: each.from },
      { value: each.until },
      { value: each.coverHoursPerDay, format: '0.0' },
      { value: each.mostNeeded, format: '0.##' },
      { value: each.onDuty ?? undefined, format: '0.0' },
      { value: each.calledIn, format: '0.##' },
      shortCell(each.missingHours),
      { value: [...each.crises, ...each.responses].map((of) => named(of)).join(', '), wrap: true },
    ]),
  );
  const widths = [36, 12, 12, 12, 12, 10, 10, 10, 70];
  const sheet = tableSheet(say`On the days of crises: ${named(title)}`, head, rows, widths);
  const notes = byDay.notes.map((note): Cell[] => [{ value: noteWords(words, note) }]);
  return { ...sheet, frozenColumns: 1, rows: notes.length === 0 ? sheet.rows : [...sheet.rows, [], ...notes] };
}
