import { titleOf } from '@pathway/model';
import type { RoleNeed, SkillNeed, StaffingPlan, WisnResult } from '@pathway/staffing';
import { fixed, percent, plain } from '../figures.js';
import { HOURS_OF_WEEK, weekHeatMap } from '../html/heat-map.js';
import { below, heading, type HeadingLevel, type Html, html, type HtmlPart, lines } from '../html/html.js';
import { folded, table } from '../html/table.js';
import { headcountSentence } from '../summary.js';
import { named } from '../text.js';
import type { PageContext } from './context.js';

/** The staffing need of each scenario: by role, hour by hour, and by the WHO method beside it. */
export function staffingSection(context: PageContext): Html | undefined {
  const { plans } = context.input;
  if (plans.length === 0) return undefined;
  return lines(
    plans.map((plan) =>
      plans.length === 1
        ? planContent(context, plan, 3)
        : html`${heading(3, named(plan.title))} ${planContent(context, plan, 4)}`,
    ),
  );
}

function planContent(context: PageContext, plan: StaffingPlan, level: HeadingLevel): Html {
  const gaps = plan.gaps.map((gap) => html`<li>${named(gap.subject)}: ${named(gap.message)}</li>`);
  return lines([
    plan.roles.length === 0 ? html`<p>No step of this model asks for staff.</p>` : needTable(context, plan),
    gaps.length === 0
      ? undefined
      : html`<p class="lead">Not in these figures:</p>
          <ul>
            ${gaps}
          </ul>`,
    ...plan.roles.map((role) => roleContent(context, plan, role, level)),
    skillTable(context, plan),
  ]);
}

function needTable(context: PageContext, plan: StaffingPlan): Html {
  const labels = [
    'Work, h a week',
    'Cover, h a week',
    'Contract, h a week',
    'Absence',
    'In post',
    'Needed',
    'Short of',
  ];
  return table(context.ids, {
    caption: `Staffing need, ${named(plan.title)}`,
    columns: [{ label: 'Role' }, ...labels.map((label) => ({ label, numeric: true })), { label: 'In words' }],
    rows: plan.roles.map((role) => [
      roleTitle(context, role),
      plain(role.workHoursPerWeek),
      plain(role.coverHoursPerWeek),
      ...headcountCells(role),
      headcountSentence(role),
    ]),
    note: 'Work is what the steps take; cover is the presence needed so that few have to wait, around the clock.',
  });
}

function headcountCells(role: RoleNeed): readonly string[] {
  if (role.headcount === null) return ['–', '–', '–', '–', '–'];
  const { contractHoursPerWeek, absence, existing, needed, shortfall } = role.headcount;
  const short = shortfall > 0 ? plain(shortfall) : '0';
  return [plain(contractHoursPerWeek), percent(absence), plain(existing), plain(needed), short];
}

function roleTitle(context: PageContext, role: RoleNeed): string {
  const organisation = context.input.model.organisations.find((each) => each.id === role.organisation);
  const at = organisation === undefined ? role.organisation : titleOf(organisation);
  return at === undefined ? named(role.title) : `${named(role.title)}, ${named(at)}`;
}

function roleContent(context: PageContext, plan: StaffingPlan, role: RoleNeed, level: HeadingLevel): Html {
  const title = roleTitle(context, role);
  const of = `${title}, ${named(plan.title)}`;
  return lines([
    heading(level, title),
    coverHeatMap(context, role, of),
    folded('Work and presence hour by hour', hourTables(context, role, of)),
    activityTable(context, role, of),
    role.wisn === null ? undefined : wisnContent(context, role.wisn, of, below(level)),
    role.notes.length === 0
      ? undefined
      : html`<p class="lead">How to read these figures:</p>
          <ul>
            ${role.notes.map((note) => html`<li>${named(note)}</li>`)}
          </ul>`,
  ]);
}

function coverHeatMap(context: PageContext, role: RoleNeed, of: string): Html {
  const onDuty = role.onDutyByHour;
  const isShort = (hour: number): boolean => onDuty !== null && (onDuty[hour] ?? 0) < (role.coverByHour[hour] ?? 0);
  const shortHours = Array.from({ length: HOURS_OF_WEEK }, (_, hour) => hour).filter(isShort).length;
  const target = `Cover keeps the share of those who wait at or below ${percent(role.delayTarget)}.`;
  const duty =
    onDuty === null
      ? 'No presence is declared to compare it with.'
      : `An exclamation mark: fewer are on duty than needed, ${shortHours} of ${HOURS_OF_WEEK} hours.`;
  return weekHeatMap(context.ids, {
    caption: `People needed on duty by hour of the week: ${of}`,
    values: role.coverByHour,
    mark: (hour) => (isShort(hour) ? '!' : undefined),
    note: `${target} ${duty}`,
  });
}

function hourTables(context: PageContext, role: RoleNeed, of: string): Html {
  const load = weekHeatMap(context.ids, {
    caption: `Mean people at work by hour of the week: ${of}`,
    values: role.loadByHour,
  });
  if (role.onDutyByHour === null) return load;
  return lines([
    load,
    weekHeatMap(context.ids, { caption: `People on duty by hour of the week: ${of}`, values: role.onDutyByHour }),
  ]);
}

function activityTable(context: PageContext, role: RoleNeed, of: string): Html | undefined {
  if (role.workByActivity.length === 0) return undefined;
  return table(context.ids, {
    caption: `Where the work comes from: ${of}`,
    columns: [{ label: 'Step' }, { label: 'Hours a week', numeric: true }],
    rows: role.workByActivity.map((each) => [named(each.title), plain(each.hoursPerWeek)]),
  });
}

function wisnContent(context: PageContext, wisn: WisnResult, of: string, level: HeadingLevel): Html {
  return lines([
    heading(level, 'Workload indicators of staffing need (WHO)'),
    table(context.ids, {
      caption: `WISN, every factor: ${of}`,
      columns: [{ label: 'Factor' }, { label: 'Value', numeric: true }],
      rows: wisnFactors(wisn),
    }),
    wisn.activities.length === 0
      ? undefined
      : table(context.ids, {
          caption: `WISN, activities: ${of}`,
          columns: [
            { label: 'Activity' },
            ...['A year', 'Hours each', 'People required'].map((label) => ({ label, numeric: true })),
          ],
          rows: wisn.activities.map((each) => [
            named(each.title),
            plain(each.volumePerYear, 0),
            plain(each.hoursEach, 2),
            plain(each.required, 2),
          ]),
        }),
  ]);
}

function wisnFactors(wisn: WisnResult): readonly (readonly HtmlPart[])[] {
  return [
    ['Possible working days a year', plain(wisn.possibleDays)],
    ...wisn.absences.map((absence) => [`less ${named(absence.name)}, days a year`, plain(absence.daysPerYear)]),
    ['Hours a day', plain(wisn.hoursPerDay, 2)],
    ['Available working time, hours a year', plain(wisn.availableHoursPerYear)],
    ['Work that everyone does beside (category allowance)', percent(wisn.categoryAllowanceShare)],
    ['Category allowance factor', `× ${fixed(wisn.categoryAllowanceFactor, 3)}`],
    ['Work of some people only (individual allowance), hours a year', plain(wisn.individualAllowanceHours)],
    ['Individual allowance factor', `+ ${fixed(wisn.individualAllowanceFactor, 3)}`],
    ['People required', plain(wisn.required, 2)],
    ['People in post', plain(wisn.existing, 2)],
    ['Ratio of in post to required', `${fixed(wisn.ratio, 2)}: ${ratioWords(wisn.ratio)}`],
  ];
}

function ratioWords(ratio: number): string {
  if (!Number.isFinite(ratio)) return 'no work';
  if (Math.abs(ratio - 1) < 0.005) return 'as many as required';
  return ratio < 1 ? 'fewer than required' : 'more than required';
}

function skillTable(context: PageContext, plan: StaffingPlan): Html | undefined {
  if (plan.skills.length === 0) return undefined;
  return table(context.ids, {
    caption: `Skills asked for, ${named(plan.title)}`,
    columns: [
      { label: 'Skill' },
      ...['Work, h a week', 'People at work in the busiest hour', 'People who have it'].map((label) => ({
        label,
        numeric: true,
      })),
    ],
    rows: plan.skills.map((skill) => [
      skillTitle(skill),
      plain(skill.workHoursPerWeek),
      plain(Math.max(0, ...skill.loadByHour), 2),
      plain(skill.holders),
    ]),
  });
}

function skillTitle(skill: SkillNeed): string {
  return skill.level === undefined ? named(skill.title) : `${named(skill.title)} (${named(skill.level)})`;
}
