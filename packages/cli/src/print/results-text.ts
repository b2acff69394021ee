import { formatDuration } from '@pathway/model';
import type { IndicatorResult, ScenarioResults, StudyResults } from '@pathway/simulation';
import type { Colours } from '../shell/context.js';
import { counted } from './counted.js';
import { figure, interval, meanFigure } from './figure.js';
import { printable } from './printable.js';
import { table } from './table.js';

/** What a study found, as tables for a terminal. */
export function resultsText(study: StudyResults, colours: Colours): string {
  const about = `${formatDuration(study.runLength)} after ${formatDuration(study.warmUp)} of warm-up, seed ${study.seed}`;
  const parts = [`${colours.bold(printable(study.title))}\n${about}`];
  if (study.interrupted)
    parts.push(colours.yellow('Interrupted: the figures hold for the replications that were done.'));
  for (const scenario of study.scenarios) parts.push(scenarioText(scenario, colours));
  const comparisons = comparisonRows(study);
  if (comparisons.length > 0)
    parts.push(
      `${colours.bold('Differences, with the same patients')}\n${table(['indicator', 'scenario', 'difference', '95 % interval'], comparisons, [2])}`,
    );
  return `${parts.join('\n\n')}\n`;
}

function scenarioText(scenario: ScenarioResults, colours: Colours): string {
  const parts = [`${colours.bold(printable(scenario.title))} (${counted(scenario.replications, 'replication')})`];
  if (scenario.indicators.length > 0)
    parts.push(
      table(
        ['indicator', 'mean', '95 % interval', 'p50', 'p90', 'p95', 'exact'],
        scenario.indicators.map(indicatorRow),
        [1, 3, 4, 5, 6],
      ),
    );
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
  for (const { text, verdict, estimate, unit } of scenario.expectations)
    parts.push(
      `${verdictMark(verdict, colours)} ${printable(text)} (${meanFigure(estimate, unit)}, ${interval(estimate, unit)})`,
    );
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

function indicatorRow(indicator: IndicatorResult): readonly string[] {
  const { unit, currency, estimate, distribution, closedForm } = indicator;
  const percentile = (wanted: number): string => {
    const found = distribution?.percentiles.find((each) => each.percentile === wanted);
    return found === undefined ? '' : meanFigure(found.estimate, unit, currency);
  };
  return [
    nameOf(indicator),
    meanFigure(estimate, unit, currency),
    interval(estimate, unit, currency),
    percentile(50),
    percentile(90),
    percentile(95),
    closedForm === undefined ? '' : figure(closedForm.value, unit, currency),
  ];
}

function nameOf({ title, argument, group }: IndicatorResult): string {
  return printable(
    `${title}${argument === undefined ? '' : ` (${argument})`}${group === undefined ? '' : `, ${group}`}`,
  );
}

function comparisonRows({ comparisons, scenarios }: StudyResults): (readonly string[])[] {
  return comparisons.flatMap(({ scenario, indicators }) => {
    const results = scenarios.find((each) => each.scenario === scenario);
    return indicators.flatMap(({ indicator, argument, group, difference }) => {
      const about = results?.indicators.find(
        (each) => each.indicator === indicator && each.argument === argument && each.group === group,
      );
      if (about === undefined) return [];
      return [
        [
          nameOf(about),
          printable(results?.title ?? scenario),
          meanFigure(difference, about.unit, about.currency),
          interval(difference, about.unit, about.currency),
        ],
      ];
    });
  });
}
