import type { DimensionReport, ReadinessReport } from '@pathway/compiler';
import { formatNumber, formatShare } from '@pathway/model';
import type { Colours } from '../shell/context.js';
import { counted } from './counted.js';
import { printable } from './printable.js';
import { table } from './table.js';

/** How ready a territory is, for people: split dimensions first, then gaps, who could teach, and the plan. */
export function readinessText(report: ReadinessReport, colours: Colours): string {
  const { territory, instrument, assessment, date, raters, alpha, dimensions, requirements, twins, plan } = report;
  const split = dimensions.filter((each) => each.split);
  const agreement =
    alpha === undefined
      ? ''
      : ` Krippendorff's alpha ${formatNumber(alpha, { digits: 3 })} (1: all agree; 0: as by chance).`;
  const parts = [
    `${colours.bold(printable(`${territory}: ${assessment}`))}\n${printable(`${instrument}${date === undefined ? '' : `, ${date}`}, ${counted(raters, 'rater')}.`)}${agreement}`,
    ...(split.length === 0 ? [] : [splitText(split, colours)]),
    dimensionsText(dimensions, colours),
    ...(requirements.length === 0 ? [] : [requirementsText(requirements, colours)]),
    ...(twins.length === 0 ? [] : [twinsText(twins, colours)]),
    ...(plan.length === 0 ? [] : [planText(plan, colours)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function splitText(split: readonly DimensionReport[], colours: Colours): string {
  const lines = split.flatMap(({ title, points, reasons }) => [
    printable(`${title}: ${points.join(', ')}`),
    ...reasons.map(({ rater, points: given, reason }) => printable(`  ${given} by ${rater}: ${reason}`)),
  ]);
  return [colours.bold('Talk about these first: the raters are split'), ...lines].join('\n');
}

function dimensionsText(dimensions: readonly DimensionReport[], colours: Colours): string {
  const before = dimensions[0]?.trend ?? [];
  const header = [
    'dimension',
    'ratings',
    'median',
    ...before.map(({ assessment, date }) => printable(date ?? assessment)),
    'agreed',
    'stage',
    'in the band',
    'spread',
  ];
  const number = (value: number | undefined): string => (value === undefined ? '–' : formatNumber(value));
  const rows = dimensions.map(({ title, points, median, agreed, stage, inside, spread, split, trend }) => [
    printable(title),
    points.join(' '),
    number(median),
    ...trend.map((each) => number(each.agreed)),
    split ? 'split' : number(agreed),
    printable(stage ?? ''),
    inside === undefined ? '–' : formatShare(inside),
    number(spread),
  ]);
  return `${colours.bold('Dimensions')}\n${table(header, rows)}`;
}

function requirementsText(requirements: ReadinessReport['requirements'], colours: Colours): string {
  const rows = requirements.map(({ title, required, agreed, missing, templates }) => [
    printable(title),
    String(required),
    agreed === undefined ? 'not agreed' : String(agreed),
    String(missing),
    printable(templates.join(', ')),
  ]);
  return `${colours.bold('What templates require')}\n${table(['dimension', 'required', 'here', 'missing', 'by'], rows, [1, 2, 3])}`;
}

function twinsText(twins: ReadinessReport['twins'], colours: Colours): string {
  const rows = twins.map(({ territory, helps, isHelped, teaches }) => [
    printable(territory),
    formatShare(helps),
    formatShare(isHelped),
    printable(teaches.join(', ')),
  ]);
  return `${colours.bold('Twins')}\n${table(['territory', 'covers of the gap here', 'of its gap from here', 'ahead in'], rows, [1, 2])}`;
}

function planText(plan: ReadinessReport['plan'], colours: Colours): string {
  const rows = plan.map(({ due, dimension, points, owner, action, isReached }) => [
    due,
    printable(dimension),
    String(points),
    isReached ? 'yes' : 'no',
    printable(owner),
    printable(action ?? ''),
  ]);
  return `${colours.bold('Plan')}\n${table(['by', 'dimension', 'to', 'reached', 'owner', 'what'], rows, [2])}`;
}
