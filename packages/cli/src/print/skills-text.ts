import { formatNumber, formatShare } from '@pathway/model';
import type { SkillMatching, SkillReport, SkillShiftCover } from '@pathway/staffing';
import type { Colours } from '../shell/context.js';
import { printable } from './printable.js';
import { table } from './table.js';

const MOST_ROWS = 60;
const MOST_TRAININGS = 10;
const MOST_MOVES = 30;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Skills as tables for a terminal: who can do what, where it is thin, what is short, which training helps. */
export function skillsText(report: SkillReport, colours: Colours): string {
  const parts = [colours.bold(printable(`Skills: ${report.title}`)), matrix(report)];
  if (report.spots.length === 0) parts.push('No step asks for a skill.');
  else parts.push(spots(report));
  for (const each of report.matchings) parts.push(matching(each, colours));
  if (report.training.length > 0) parts.push(training(report));
  return `${parts.join('\n\n')}\n`;
}

function matrix({ holders, skills }: SkillReport): string {
  const shown = holders.slice(0, MOST_ROWS);
  const rows = shown.map(({ id, title, people, skills: held }) => [
    printable(id),
    printable(title),
    formatNumber(people),
    ...skills.map(({ skill }) => {
      const found = held.find((each) => each.skill === skill);
      return found === undefined ? '·' : printable(found.level ?? '+');
    }),
  ]);
  const text = table(['who', 'role', 'people', ...skills.map(({ title }) => printable(title))], rows, [2]);
  return holders.length > shown.length
    ? `${text}\n… and ${holders.length - shown.length} more; --format csv has all.`
    : text;
}

function spots(report: SkillReport): string {
  return table(
    ['skill asked for', 'hours a week', 'holders', 'by shift', 'verdict', 'bears absence of'],
    report.spots.map(({ title, workHoursPerWeek, holders, shifts, verdict, alone, bears }) => [
      printable(title),
      formatNumber(workHoursPerWeek),
      formatNumber(holders),
      shifts.map((shift) => `${printable(shift.shift)} ${formatNumber(shift.holders)}`).join(', '),
      printable(alone.length === 0 ? verdict : `${verdict}: ${alone.join(', ')}`),
      formatShare(bears),
    ]),
    [1, 2, 5],
  );
}

function matching(
  {
    crisis,
    title,
    neededHours,
    shortHours,
    cost,
    lent,
    substituted,
    shortages,
    responses,
    leftOut,
    byShift,
  }: SkillMatching,
  colours: Colours,
): string {
  const name = crisis === null ? 'As usual' : printable(title);
  const share = neededHours > 0 ? ` (${formatShare(shortHours / neededHours)})` : '';
  const head = `${colours.bold(name)}: of ${formatNumber(neededHours)} hours of cover a week ${formatNumber(shortHours)}${share} are short`;
  const money = cost === null ? '' : `; those who work cost ${formatNumber(cost)} a week`;
  return [
    `${head}${money}.`,
    ...(crisis === null
      ? []
      : [
          'A mean week of it, as if all that it brings lasted throughout; `pathway staff --scenario` follows it day by day.',
        ]),
    ...(responses.length === 0
      ? []
      : [
          printable(
            `These responses are taken to be in force in all of it, with everybody whom they call in: ${responses.join(', ')}.`,
          ),
        ]),
    ...leftOut.map((each) => colours.yellow(printable(leftOutText(each)))),
    ...lent.map(({ from, to, role, hoursPerWeek }) =>
      printable(`- ${from} lends ${formatNumber(hoursPerWeek)} hours of ${role} to ${to}`),
    ),
    ...substituted.map(({ role, as, hoursPerWeek }) =>
      printable(`- ${role} stands in for ${as} for ${formatNumber(hoursPerWeek)} hours`),
    ),
    ...shortages.map(({ who, hoursPerWeek, worst, worstHour }) =>
      colours.yellow(
        printable(
          `- ${who}: ${formatNumber(hoursPerWeek)} hours short, most on ${DAYS[Math.floor(worstHour / 24)] ?? ''} at ${String(worstHour % 24).padStart(2, '0')}:00 (${formatNumber(worst)} people)`,
        ),
      ),
    ),
    ...(byShift === null ? [] : shiftCover(byShift, colours)),
  ].join('\n');
}

/** What the work leaves out of what responses change. */
function leftOutText({ kind, of }: SkillMatching['leftOut'][number]): string {
  switch (kind) {
    case 'scenarios differ':
      return `What responses change of the work is left out, for the scenarios with this crisis have different ones: ${of}. Name one with --scenario.`;
    case 'not together':
      return `What responses change of the work is left out, for these are not in force together as they are: ${of}.`;
    case 'postponed':
      return `Those whose arrival ${of} postpones count as if they came at their usual time.`;
    case 'no closed form':
      return `What responses change of ${of} has no closed form; its work is not counted as a run would find it.`;
  }
}

/** Who goes where on which shift, in whole people. */
function shiftCover(cover: SkillShiftCover, colours: Colours): readonly string[] {
  const { firstWeekday, wantedHours, shortHours, gap, moves, shortages } = cover;
  const dayOf = (day: number): string => DAYS[(day + firstWeekday) % 7] ?? '';
  const lines = [
    ...moves.map(({ day, shift, people, role, from, for: work, to }) =>
      printable(
        `- ${dayOf(day)}, ${shift}: ${formatNumber(people)} ${role}${from === undefined ? '' : ` of ${from}`} as ${work}${to === undefined ? '' : ` at ${to}`}`,
      ),
    ),
    ...shortages.map(({ day, from, hours, people, who, organisation }) =>
      colours.yellow(
        printable(
          `- ${dayOf(day)}, ${String(from).padStart(2, '0')}:00 for ${formatNumber(hours)} h: ${formatNumber(people)} ${who}${organisation === undefined ? '' : ` at ${organisation}`} short`,
        ),
      ),
    ),
  ];
  const rest = lines.length - MOST_MOVES;
  const proved = gap < 5e-4 ? 'proved best' : `at most ${formatShare(gap)} from the best`;
  return [
    `By shift, in whole people: of ${formatNumber(wantedHours)} hours ${formatNumber(shortHours)} are short (${proved}).`,
    ...lines.slice(0, MOST_MOVES),
    ...(rest > 0 ? [`… and ${rest} more; --format json has all.`] : []),
  ];
}

function training({ training: gains, trainingFor, matchings }: SkillReport): string {
  const state = matchings.find(({ crisis }) => crisis === trainingFor)?.title ?? '';
  const head = `Training one person more${state === '' ? '' : printable(`, in ${state}`)}:`;
  return [
    head,
    table(
      ['who', 'skill', 'removes hours a week', 'days of training', 'counts after days'],
      gains
        .slice(0, MOST_TRAININGS)
        .map(({ title, organisation, skillTitle, level, removesHours, trainingDays, countsAfterDays }) => [
          printable(organisation === undefined ? title : `${title}, ${organisation}`),
          printable(level === undefined ? skillTitle : `${skillTitle}, ${level}`),
          formatNumber(removesHours),
          trainingDays === null ? '–' : formatNumber(trainingDays),
          countsAfterDays === null ? '–' : formatNumber(countsAfterDays),
        ]),
      [2, 3, 4],
    ),
  ].join('\n');
}
