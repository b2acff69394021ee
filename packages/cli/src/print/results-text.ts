import { formatDuration } from '@pathway/model';
import type { IndicatorResult, ScenarioResults, StudyResults } from '@pathway/simulation';
import type { Colours } from '../shell/context.js';
import { counted } from './counted.js';
import { difference, differenceInterval, figure, interval, meanFigure } from './figure.js';
import { methodsText } from './methods-text.js';
import { printable } from './printable.js';
import { table } from './table.js';
import { timelineText } from './timeline-text.js';

/** What a study found, as tables for a terminal. */
export function resultsText(study: StudyResults, colours: Colours): string {
  const about = `${formatDuration(study.runLength)} after ${formatDuration(study.warmUp)} of warm-up, seed ${study.seed}`;
  const parts = [`${colours.bold(printable(study.title))}\n${about}`];
  if (study.interrupted)
    parts.push(colours.yellow('Interrupted: the figures hold for the replications that were done.'));
  const unit = study.batches === undefined ? 'replication' : 'batch';
  for (const scenario of study.scenarios) parts.push(scenarioText(scenario, unit, colours));
  const comparisons = comparisonRows(study);
  if (comparisons.length > 0)
    parts.push(
      `${colours.bold('Differences, with the same patients')}\n${table(['indicator', 'scenario', 'difference', '95 % interval'], comparisons, [2])}`,
    );
  if (study.unmeasured !== undefined) parts.push(`Not measured by this study: ${study.unmeasured.join(', ')}.`);
  parts.push(...methodsText(study, colours));
  return `${parts.join('\n\n')}\n`;
}

function scenarioText(scenario: ScenarioResults, unit: 'replication' | 'batch', colours: Colours): string {
  const count = counted(scenario.replications, unit, unit === 'batch' ? 'batches' : undefined);
  const parts = [`${colours.bold(printable(scenario.title))} (${count})`];
  if (scenario.indicators.length > 0) parts.push(indicatorTable(scenario.indicators));
  if (scenario.resources.length > 0)
    parts.push(
      table(
        ['resource', 'there', 'in use', 'utilisation', 'waiting', 'mean wait', 'waited'],
        scenario.resources.map(({ title, capacity, census, utilisation, queue, wait, waitedShare }) => [
          printable(title),
          capacity === null ? 'unlimited' : figure(capacity, 'number'),
          meanFigure(census, 'number'),
          utilisation === null ? '–' : meanFigure(utilisation, 'share'),
          meanFigure(queue, 'number'),
          meanFigure(wait, 'duration'),
          meanFigure(waitedShare, 'share'),
        ]),
        [1, 2, 3, 4, 5, 6],
      ),
    );
  const stocks = scenario.stocks ?? [];
  if (stocks.length > 0)
    parts.push(
      table(
        ['stock', 'mean level', 'lowest', 'used up', 'delivered', 'no room', 'short', 'mean wait'],
        stocks.map(({ title, unit, level, lowest, consumed, delivered, refused, short, wait }) => [
          printable(unit === undefined ? title : `${title} (${unit})`),
          meanFigure(level, 'number'),
          meanFigure(lowest, 'number'),
          meanFigure(consumed, 'number'),
          meanFigure(delivered, 'number'),
          meanFigure(refused, 'number'),
          meanFigure(short, 'share'),
          meanFigure(wait, 'duration'),
        ]),
        [1, 2, 3, 4, 5, 6, 7],
      ),
    );
  if (scenario.timeline !== undefined) parts.push(...timelineText(scenario.timeline));
  for (const { text, verdict, estimate, unit, against } of scenario.expectations) {
    const found = against?.ratio ?? estimate;
    const measured = against?.ratio === undefined ? unit : 'share';
    const what = against === undefined ? '' : against.ratio === undefined ? 'difference ' : 'ratio ';
    parts.push(
      `${verdictMark(verdict, colours)} ${printable(text)} (${what}${meanFigure(found, measured)}, ${interval(found, measured)})`,
    );
  }
  for (const { message } of scenario.warnings) parts.push(`${colours.yellow('warning:')} ${printable(message)}`);
  for (const { law, subject, left, right } of scenario.checks.filter(({ holds }) => !holds))
    parts.push(`${colours.red('check failed:')} ${printable(`${law}, ${subject}: ${left} and ${right}`)}`);
  return parts.join('\n\n');
}

/** `✓ holds`, in the colour of what it means. */
export function verdictMark(verdict: 'holds' | 'fails' | 'not decided', colours: Colours): string {
  switch (verdict) {
    case 'holds':
      return colours.green('✓ holds');
    case 'fails':
      return colours.red('✗ broken');
    case 'not decided':
      return colours.yellow('? undecided');
  }
}

const PERCENTILES = [50, 90, 95];

/** Percentiles and exact values have columns only where some figure has them. */
function indicatorTable(indicators: readonly IndicatorResult[]): string {
  const percentiles = indicators.some(({ distribution }) => distribution !== undefined) ? PERCENTILES : [];
  const exact = indicators.some(({ closedForm }) => closedForm !== undefined);
  const header = [
    'indicator',
    'mean',
    '95 % interval',
    ...percentiles.map((each) => `p${each}`),
    ...(exact ? ['exact'] : []),
  ];
  const rows = indicators.map((indicator): readonly string[] => {
    const { unit, currency, estimate, distribution, closedForm } = indicator;
    return [
      nameOf(indicator),
      meanFigure(estimate, unit, currency),
      interval(estimate, unit, currency),
      ...percentiles.map((wanted) => {
        const found = distribution?.percentiles.find((each) => each.percentile === wanted);
        return found === undefined ? '' : meanFigure(found.estimate, unit, currency);
      }),
      ...(exact ? [closedForm === undefined ? '' : figure(closedForm.value, unit, currency)] : []),
    ];
  });
  return table(
    header,
    rows,
    [...header.keys()].filter((column) => column !== 0 && column !== 2),
  );
}

function nameOf({ title, argument, group }: IndicatorResult): string {
  return printable(
    `${title}${argument === undefined ? '' : ` (${argument})`}${group === undefined ? '' : `, ${group}`}`,
  );
}

function comparisonRows({ comparisons, scenarios }: StudyResults): (readonly string[])[] {
  return comparisons.flatMap(({ scenario, indicators }) => {
    const results = scenarios.find((each) => each.scenario === scenario);
    return indicators.flatMap(({ indicator, argument, group, difference: found }) => {
      const about = results?.indicators.find(
        (each) => each.indicator === indicator && each.argument === argument && each.group === group,
      );
      if (about === undefined) return [];
      return [
        [
          nameOf(about),
          printable(results?.title ?? scenario),
          difference(found, about.unit, about.currency),
          differenceInterval(found, about.unit, about.currency),
        ],
      ];
    });
  });
}
