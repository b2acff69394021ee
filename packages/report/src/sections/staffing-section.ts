import { titleOf } from '@pathway/model';
import type { PatientDayResult, RoleNeed, SkillNeed, StaffingPlan, WisnResult } from '@pathway/staffing';
import { fixed, percent, plain } from '../figures.js';
import { HOURS_OF_WEEK, weekHeatMap } from '../html/heat-map.js';
import { below, heading, type HeadingLevel, type Html, html, type HtmlPart, lines } from '../html/html.js';
import { folded, table } from '../html/table.js';
import { roleAtPlace } from '../staff-words.js';
import { headcountSentence } from '../summary.js';
import { targetWords } from '../target-words.js';
import { named } from '../text.js';
import type { PageContext } from './context.js';
import { crisisDays } from './crisis-days.js';
import type { Words } from '../words/words.js';

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
  const { words } = context;
  const { say } = words;
  const gaps = plan.gaps.map((gap) => html`<li>${named(gap.subject)}: ${words.known(named(gap.message))}</li>`);
  return lines([
    plan.roles.length === 0 ? html`<p>${say`No step of this model asks for staff.`}</p>` : needTable(context, plan),
    gaps.length === 0
      ? undefined
      : html`<p class="lead">${say`Not in these figures:`}</p>
          <ul>
            ${gaps}
          </ul>`,
    ...plan.roles.map((role) => roleContent(context, plan, role, level)),
    crisisDays(context, plan),
    skillTable(context, plan),
  ]);
}

function needTable(context: PageContext, plan: StaffingPlan): Html {
  const { words } = context;
  const { say } = words;
  const labels = [
    say`Work, h a week`,
    say`Cover, h a week`,
    say`Contract, h a week`,
    say`Absence`,
    say`In post`,
    say`Needed`,
    say`Short of`,
  ];
  return table(context.ids, {
    caption: say`Staffing need, ${named(plan.title)}`,
    columns: [{ label: say`Role` }, ...labels.map((label) => ({ label, numeric: true })), { label: say`In words` }],
    rows: plan.roles.map((role) => [
      roleAtPlace(role, context.input.model),
      plain(words, role.workHoursPerWeek),
      plain(words, role.coverHoursPerWeek),
      ...headcountCells(words, role),
      headcountSentence(words, role),
    ]),
    note: say`Work is what the steps take; cover is the presence needed so that few have to wait, around the clock.`,
  });
}

function headcountCells(words: Words, role: RoleNeed): readonly string[] {
  if (role.headcount === null) return ['–', '–', '–', '–', '–'];
  const { contractHoursPerWeek, absence, existing, needed, shortfall } = role.headcount;
  const short = shortfall > 0 ? plain(words, shortfall) : '0';
  return [
    plain(words, contractHoursPerWeek),
    percent(words, absence),
    plain(words, existing),
    plain(words, needed),
    short,
  ];
}

function roleContent(context: PageContext, plan: StaffingPlan, role: RoleNeed, level: HeadingLevel): Html {
  const { words } = context;
  const { say } = words;
  const title = roleAtPlace(role, context.input.model);
  const of = `${title}, ${named(plan.title)}`;
  return lines([
    heading(level, title),
    coverHeatMap(context, role, of),
    folded(say`Work and presence hour by hour`, hourTables(context, role, of)),
    activityTable(context, role, of),
    simulatedSentence(context, role),
    teamTable(context, role, of),
    role.wisn === null ? undefined : wisnContent(context, role.wisn, of, below(level)),
    role.patientDays === null ? undefined : patientDayTable(context, role.patientDays, of),
    role.notes.length === 0
      ? undefined
      : html`<p class="lead">${words.say`How to read these figures:`}</p>
          <ul>
            ${role.notes.map((note) => html`<li>${words.known(named(note))}</li>`)}
          </ul>`,
  ]);
}

function coverHeatMap(context: PageContext, role: RoleNeed, of: string): Html {
  const { words } = context;
  const { say } = words;
  const onDuty = role.onDutyByHour;
  const isShort = (hour: number): boolean => onDuty !== null && (onDuty[hour] ?? 0) < (role.coverByHour[hour] ?? 0);
  const shortHours = Array.from({ length: HOURS_OF_WEEK }, (_, hour) => hour).filter(isShort).length;
  const target = say`Cover is what it takes so that ${targetWords(words, role.target)}, and the minimum that must be there.`;
  const duty =
    onDuty === null
      ? say`No presence is declared to compare it with.`
      : say`An exclamation mark: fewer are on duty than needed, ${shortHours} of ${HOURS_OF_WEEK} hours.`;
  return weekHeatMap(words, context.ids, {
    caption: say`People needed on duty by hour of the week: ${of}`,
    values: role.coverByHour,
    mark: (hour) => (isShort(hour) ? '!' : undefined),
    note: `${target} ${duty}`,
  });
}

function hourTables(context: PageContext, role: RoleNeed, of: string): Html {
  const { words } = context;
  const { say } = words;
  const load = weekHeatMap(words, context.ids, {
    caption: say`Mean people at work by hour of the week: ${of}`,
    values: role.loadByHour,
  });
  if (role.onDutyByHour === null) return load;
  return lines([
    load,
    weekHeatMap(words, context.ids, {
      caption: say`People on duty by hour of the week: ${of}`,
      values: role.onDutyByHour,
    }),
  ]);
}

function activityTable(context: PageContext, role: RoleNeed, of: string): Html | undefined {
  const { words } = context;
  const { say } = words;
  if (role.workByActivity.length === 0) return undefined;
  return table(context.ids, {
    caption: say`Where the work comes from: ${of}`,
    columns: [{ label: say`Step` }, { label: say`Hours a week`, numeric: true }],
    rows: role.workByActivity.map((each) => [named(each.title), plain(words, each.hoursPerWeek)]),
  });
}

function simulatedSentence({ words }: PageContext, { simulated }: RoleNeed): Html | undefined {
  if (simulated === null) return undefined;
  const { p50, p90, p95 } = simulated.percentiles;
  return html`<p>
    ${words.say`In the simulation ${plain(words, simulated.mean, 2)} were at work on average; half of the time at most ${p50}, nine tenths of it at most ${p90}, and 95 % of it at most ${p95}.`}
  </p>`;
}

/** Who must be there for units in use, at each level of surge. */
function teamTable(context: PageContext, role: RoleNeed, of: string): Html | undefined {
  const { words } = context;
  const { say } = words;
  if (role.teams.length === 0) return undefined;
  return table(context.ids, {
    caption: say`Teams by level of surge: ${of}`,
    columns: [
      { label: say`Level` },
      { label: say`For each` },
      { label: say`People`, numeric: true },
      { label: say`At the busiest hour`, numeric: true },
      { label: say`Hours a week`, numeric: true },
    ],
    rows: role.teams.map(({ level, resource, amount, per, byHour }) => {
      const declared = context.input.model.resources.find(({ id }) => id === resource);
      return [
        named(level),
        `${per} ${named(declared === undefined ? resource : titleOf(declared))}`,
        plain(words, amount),
        plain(words, Math.max(0, ...byHour)),
        plain(
          words,
          byHour.reduce((sum, people) => sum + people, 0),
        ),
      ];
    }),
  });
}

function patientDayTable({ words, ids }: PageContext, days: PatientDayResult, of: string): Html {
  const { say } = words;
  const source = {
    given: say`given for this plan`,
    team: say`from the team of the lowest level`,
    work: say`from the work of the steps`,
  };
  return table(ids, {
    caption: say`Hours per patient day: ${of}`,
    columns: [{ label: say`Factor` }, { label: say`Value`, numeric: true }],
    rows: [
      [say`Patients in beds and places`, plain(words, days.patients, 2)],
      [say`Hours of care for each in a day (${source[days.source]})`, plain(words, days.hoursEach, 2)],
      [say`Hours that one worker gives on a shift`, plain(words, days.productiveHoursPerShift, 2)],
      [say`Workers a day`, plain(words, days.workersPerDay, 2)],
      [say`Shifts a week by the contract`, plain(words, days.shiftsPerWeek, 2)],
      [say`Absence`, percent(words, days.absence)],
      [say`People required`, plain(words, days.required, 2)],
    ],
  });
}

function wisnContent(context: PageContext, wisn: WisnResult, of: string, level: HeadingLevel): Html {
  const { words } = context;
  const { say } = words;
  return lines([
    heading(level, say`Workload indicators of staffing need (WHO)`),
    table(context.ids, {
      caption: say`WISN, every factor: ${of}`,
      columns: [{ label: say`Factor` }, { label: say`Value`, numeric: true }],
      rows: wisnFactors(words, wisn),
    }),
    wisn.activities.length === 0
      ? undefined
      : table(context.ids, {
          caption: say`WISN, activities: ${of}`,
          columns: [
            { label: say`Activity` },
            ...[say`A year`, say`Hours each`, say`People required`].map((label) => ({ label, numeric: true })),
          ],
          rows: wisn.activities.map((each) => [
            named(each.title),
            plain(words, each.volumePerYear, 0),
            plain(words, each.hoursEach, 2),
            plain(words, each.required, 2),
          ]),
        }),
  ]);
}

function wisnFactors(words: Words, wisn: WisnResult): readonly (readonly HtmlPart[])[] {
  const { say } = words;
  return [
    [say`Possible working days a year`, plain(words, wisn.possibleDays)],
    ...wisn.absences.map((absence) => [
      say`less ${words.known(named(absence.name))}, days a year`,
      plain(words, absence.daysPerYear),
    ]),
    [say`Hours a day`, plain(words, wisn.hoursPerDay, 2)],
    [say`Available working time, hours a year`, plain(words, wisn.availableHoursPerYear)],
    [say`Work that everyone does beside (category allowance)`, percent(words, wisn.categoryAllowanceShare)],
    ...wisn.support.map(({ name, share }) => [words.known(named(name)), percent(words, share)]),
    [say`Category allowance factor`, `× ${fixed(words, wisn.categoryAllowanceFactor, 3)}`],
    [say`Work of some people only (individual allowance), hours a year`, plain(words, wisn.individualAllowanceHours)],
    ...wisn.individual.map(({ name, people, hoursPerYear }) => [
      say`${words.known(named(name))}, by ${people}`,
      plain(words, hoursPerYear),
    ]),
    [say`Individual allowance factor`, `+ ${fixed(words, wisn.individualAllowanceFactor, 3)}`],
    [say`People required`, plain(words, wisn.required, 2)],
    [say`People required, rounded as WISN does`, plain(words, wisn.rounded)],
    [say`People in post`, plain(words, wisn.existing, 2)],
    [say`Ratio of in post to required`, `${fixed(words, wisn.ratio, 2)}: ${ratioWords(words, wisn.ratio)}`],
  ];
}

function ratioWords(words: Words, ratio: number): string {
  const { say } = words;
  if (!Number.isFinite(ratio)) return say`no work`;
  if (Math.abs(ratio - 1) < 0.005) return say`as many as required`;
  return ratio < 1 ? say`fewer than required` : say`more than required`;
}

function skillTable(context: PageContext, plan: StaffingPlan): Html | undefined {
  const { words } = context;
  const { say } = words;
  if (plan.skills.length === 0) return undefined;
  return table(context.ids, {
    caption: say`Skills asked for, ${named(plan.title)}`,
    columns: [
      { label: say`Skill` },
      ...[say`Work, h a week`, say`People at work in the busiest hour`, say`People who have it`].map((label) => ({
        label,
        numeric: true,
      })),
    ],
    rows: plan.skills.map((skill) => [
      skillTitle(skill),
      plain(words, skill.workHoursPerWeek),
      plain(words, Math.max(0, ...skill.loadByHour), 2),
      plain(words, skill.holders),
    ]),
  });
}

function skillTitle(skill: SkillNeed): string {
  return skill.level === undefined ? named(skill.title) : `${named(skill.title)} (${named(skill.level)})`;
}
