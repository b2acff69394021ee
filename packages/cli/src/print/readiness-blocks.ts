import type { DimensionReport, ReadinessReport } from '@pathway/compiler';
import { formatNumber } from '@pathway/model';
import { type Block, heading, paragraph, percent, type Words } from '@pathway/report';

/** How ready a territory is, for people: split dimensions first, then gaps, who could teach, and the plan. */
export function readinessBlocks(words: Words, report: ReadinessReport): readonly Block[] {
  const { say } = words;
  const { territory, instrument, assessment, date, raters, alpha, dimensions, requirements, twins, plan } = report;
  const { picture, trendPicture } = report;
  const split = dimensions.filter((each) => each.split);
  const agreement =
    alpha === undefined
      ? ''
      : ` ${say`Krippendorff's alpha ${words.digits(formatNumber(alpha, { digits: 3 }))} (1: all agree; 0: as by chance).`}`;
  const about = [instrument, ...(date === undefined ? [] : [date])].join(', ');
  return [
    heading(2, say`${territory}: ${assessment}`),
    paragraph(`${say`${about}, ${raters} raters.`}${agreement}`),
    ...(split.length === 0 ? [] : splitBlocks(words, split)),
    heading(3, say`Dimensions`),
    { kind: 'drawing', title: say`Readiness as a radar`, svg: picture },
    dimensionTable(words, dimensions),
    ...(trendPicture === undefined
      ? []
      : [{ kind: 'drawing' as const, title: say`Readiness over the years`, svg: trendPicture }]),
    ...(requirements.length === 0 ? [] : requirementBlocks(words, report)),
    ...(twins.length === 0 ? [] : twinBlocks(words, twins)),
    ...(plan.length === 0 ? [] : planBlocks(words, plan)),
  ];
}

function splitBlocks({ say }: Words, split: readonly DimensionReport[]): readonly Block[] {
  const lists = split.map(({ title, points, reasons }): Block => {
    const items = reasons.map(({ rater, points: given, reason }) => say`${given} by ${rater}: ${reason}`);
    return { kind: 'list', lead: `${title}: ${points.join(', ')}`, items };
  });
  return [heading(3, say`Talk about these first: the raters are split`), ...lists];
}

function dimensionTable(words: Words, dimensions: readonly DimensionReport[]): Block {
  const { say } = words;
  const before = dimensions[0]?.trend ?? [];
  const number = (value: number | undefined): string => (value === undefined ? '–' : words.digits(formatNumber(value)));
  const head = [
    say`Dimension`,
    say`Ratings`,
    say`Median`,
    ...before.map(({ assessment, date }) => date ?? assessment),
    say`Agreed`,
    say`Stage`,
    say`In the band`,
    say`Spread`,
  ];
  const rows = dimensions.map(({ title, points, median, agreed, stage, inside, spread, split, trend }) => [
    title,
    points.join(' '),
    number(median),
    ...trend.map((each) => number(each.agreed)),
    split ? say`split` : number(agreed),
    stage ?? '',
    inside === undefined ? '–' : percent(words, inside),
    number(spread),
  ]);
  return { kind: 'table', align: head.map(() => 'left'), head, rows };
}

function requirementBlocks({ say }: Words, { requirements, plan }: ReadinessReport): readonly Block[] {
  const planned = ({ title, required, missing }: ReadinessReport['requirements'][number]): string => {
    if (missing === 0) return '';
    const step = plan.find((each) => each.dimension === title && each.points >= required);
    return step === undefined ? say`nobody yet` : say`${step.owner}, by ${step.due}`;
  };
  const rows = requirements.map((each) => [
    each.title,
    String(each.required),
    each.agreed === undefined ? say`not agreed` : String(each.agreed),
    String(each.missing),
    each.templates.join(', '),
    planned(each),
  ]);
  const head = [say`Dimension`, say`Required`, say`Here`, say`Missing`, say`By`, say`Who improves it`];
  return [
    heading(3, say`What templates require`),
    { kind: 'table', align: ['left', 'right', 'right', 'right', 'left', 'left'], head, rows },
  ];
}

function twinBlocks(words: Words, twins: ReadinessReport['twins']): readonly Block[] {
  const { say } = words;
  const rows = twins.map(({ territory, helps, isHelped, teaches }) => [
    territory,
    percent(words, helps),
    percent(words, isHelped),
    teaches.join(', '),
  ]);
  const head = [say`Territory`, say`Covers of the gap here`, say`Of its gap from here`, say`Ahead in`];
  return [heading(3, say`Twins`), { kind: 'table', align: ['left', 'right', 'right', 'left'], head, rows }];
}

function planBlocks({ say }: Words, plan: ReadinessReport['plan']): readonly Block[] {
  const rows = plan.map(({ due, dimension, points, owner, action, isReached }) => [
    due,
    dimension,
    String(points),
    isReached ? say`yes` : say`no`,
    owner,
    action ?? '',
  ]);
  const head = [say`Due`, say`Dimension`, say`To reach`, say`Reached`, say`Owner`, say`What`];
  return [
    heading(3, say`Plan`),
    { kind: 'table', align: ['left', 'left', 'right', 'left', 'left', 'left'], head, rows },
  ];
}
