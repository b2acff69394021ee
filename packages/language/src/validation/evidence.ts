import { AstUtils } from 'langium';
import type { Diagnostic, Dimension } from '@pathway/model';
import { createDiagnostic, describeDimension, nearestText, NUMBER, sameDimension, stableJson } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerStatistic } from '../lowering/measure-parts.js';
import { tableValues } from '../lowering/measurement.js';
import type { ValidationContext } from './context.js';
import { originOf, originOfHead, originOfKeyword, originOfProperty, textOf } from './places.js';
import { listed, targetOf } from './references.js';
import { measuresLike } from './demands.js';

type MeasureNode = ast.TimeMeasure | ast.WaitMeasure | ast.ShareMeasure | ast.ValueMeasure;

function measuresOf(indicator: ast.Indicator): readonly MeasureNode[] {
  return indicator.properties.filter(
    (each) =>
      ast.isTimeMeasure(each) || ast.isWaitMeasure(each) || ast.isShareMeasure(each) || ast.isValueMeasure(each),
  );
}

/** An indicator measures one thing. */
export function* indicatorHasOneMeasure(indicator: ast.Indicator): Generator<Diagnostic> {
  const measures = measuresOf(indicator);
  const [first, second] = measures;
  if (first === undefined) {
    yield createDiagnostic(
      'PW7004',
      { indicator: `\`${indicator.name}\``, found: 'no measure' },
      originOfHead(indicator),
    );
  } else if (second !== undefined) {
    const found = `${measures.length} measures`;
    yield createDiagnostic('PW7004', { indicator: `\`${indicator.name}\``, found }, originOf(second), {
      related: [{ message: 'The first measure is here.', origin: originOf(first) }],
    });
  }
}

/** The rows of a table run upwards, and there are not more than a table can show. */
export function* rowsExist(variable: ast.TableVariable): Generator<Diagnostic> {
  const { first, last } = variable;
  if (first === undefined || last === undefined) return;
  if (last < first) {
    yield createDiagnostic(
      'PW4006',
      { sentence: `The rows run from ${first} down to ${last}; swap them.` },
      originOfProperty(variable, 'last'),
    );
  } else if (last - first >= MOST_ROWS) {
    const sentence = `A table has at most ${MOST_ROWS} rows, and this one ${Math.floor(last - first) + 1}.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(variable, 'last'));
  }
}

const MOST_ROWS = 1000;

/** A figure of the run as a whole, which has no spread over patients. */
function isOneFigure(indicator: ast.Indicator): boolean {
  const [measure] = measuresOf(indicator);
  return ast.isValueMeasure(measure) || ast.isShareMeasure(measure);
}

const STATISTICS = ['mean', 'median', 'sd', 'minimum', 'maximum', 'count', 'p0 to p100'];
const SUGGESTED = ['mean', 'median', 'sd', 'minimum', 'maximum', 'count'];
const STATISTIC_SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['average', 'mean'],
  ['avg', 'mean'],
  ['max', 'maximum'],
  ['min', 'minimum'],
  ['med', 'median'],
  ['std', 'sd'],
  ['stdev', 'sd'],
  ['n', 'count'],
  ['number', 'count'],
]);

/** The statistic of a figure exists, and its indicator has it. */
export function* statisticExists(expectation: ast.Expectation | ast.FigureReference): Generator<Diagnostic> {
  const { statistic } = expectation;
  if (statistic === undefined) return;
  const range = originOfProperty(expectation, 'statistic');
  const percentile = /^p([0-9]+)$/.exec(statistic)?.[1];
  const known = percentile === undefined ? SUGGESTED.includes(statistic) : /^([0-9]|[1-9][0-9]|100)$/.test(percentile);
  const indicator = targetOf(expectation.indicator);
  if (!known) {
    const suggestion = STATISTIC_SYNONYMS.get(statistic.toLowerCase()) ?? nearestText(statistic, SUGGESTED);
    const fixes =
      suggestion === undefined
        ? []
        : [{ title: `Write \`${suggestion}\``, edits: [{ origin: range, newText: suggestion }] }];
    yield createDiagnostic('PW7005', { statistic, known: listed(STATISTICS) }, range, { fixes });
  } else if (indicator !== undefined && isOneFigure(indicator) && statistic !== 'mean') {
    const known = `\`mean\` or nothing, since \`${indicator.name}\` is one figure for a whole run`;
    yield createDiagnostic('PW7005', { statistic, known }, range);
  }
}

/** The limit of an expectation measures what its indicator measures. */
export function* limitMeasuresTheSame(expectation: ast.Expectation, context: ValidationContext): Generator<Diagnostic> {
  const indicator = targetOf(expectation.indicator);
  if (indicator === undefined) return;
  const type = context.types.ofIndicator(indicator);
  if (type.kind !== 'quantity') return;
  const wanted = expectation.statistic === 'count' ? NUMBER : type.dimension;
  const { limit, against } = expectation;
  if (ast.isNameReference(limit) && ast.isIndicator(targetOf(limit.target))) {
    const text = `${indicator.name} in Plan ${expectation.operator} ${textOf(limit)} in Today`;
    const sentence = `Two figures are compared with the scenario of each beside it, as in \`expect ${text}\`.`;
    yield createDiagnostic('PW4006', { sentence }, originOf(limit));
    return;
  }
  yield* measuresLike(limit, `The limit of ${indicator.name}`, wanted, context);
  if (against !== undefined) yield* comparedFigureFits(expectation, against, wanted, context);
  if (expectation.operator === '=') {
    const sentence = 'An expectation cannot use `=`: a simulated figure is never exactly a number; use `<=` or `>=`.';
    yield createDiagnostic('PW4006', { sentence }, originOfKeyword(expectation, '='));
  }
}

/** The other figure measures the same and is another one; its share is a number and what is added measures the same too. */
function* comparedFigureFits(
  expectation: ast.Expectation,
  against: ast.ComparedFigure,
  wanted: Dimension,
  context: ValidationContext,
): Generator<Diagnostic> {
  const { figure, factor, joint, margin, scenario } = against;
  if (factor !== undefined && joint === undefined) {
    const scenarios = expectation.scenarios.map((each) => each.$refText).join(', ');
    const sentence = `Scenarios stand after a limit: \`${expectation.operator} ${textOf(factor)} in ${scenarios}\`.`;
    yield createDiagnostic('PW4006', { sentence }, originOf(factor));
    return;
  }
  if (joint === '*') {
    const range = originOfProperty(against, 'joint');
    const fixes = [{ title: 'Write `of`', edits: [{ origin: range, newText: 'of' }] }];
    const sentence = `The share of a figure is written with \`of\`: \`${textOf(factor)} of ${textOf(figure)}\`.`;
    yield createDiagnostic('PW4006', { sentence }, range, { fixes });
  }
  yield* measuresLike(factor, 'The share of a figure', NUMBER, context);
  yield* measuresLike(margin, 'The amount that is added to a figure', wanted, context);
  if (figure === undefined) return;
  const other = targetOf(figure.indicator);
  const indicator = targetOf(expectation.indicator);
  if (other === undefined || indicator === undefined) return;
  const type = context.types.ofIndicator(other);
  const found = figure.statistic === 'count' ? NUMBER : type.kind === 'quantity' ? type.dimension : undefined;
  if (found !== undefined && !sameDimension(found, wanted)) {
    yield createDiagnostic(
      'PW4002',
      {
        place: `The figure that \`${indicator.name}\` is compared with`,
        expected: describeDimension(wanted),
        found: describeDimension(found),
      },
      originOf(figure),
    );
  }
  if (other !== indicator || figure.argument !== expectation.argument) return;
  const [own, compared] = [expectation.statistic ?? 'mean', figure.statistic ?? 'mean'];
  if (stableJson(lowerStatistic(own)) !== stableJson(lowerStatistic(compared))) {
    const text = textOf(figure).replace(/^.* of /, '');
    const newText = own === 'mean' ? text : `${own} of ${text}`;
    const params = { sentence: `The ${own} of \`${other.name}\` is compared with its ${compared}.` };
    const fixes = [{ title: `Write \`${newText}\``, edits: [{ origin: originOf(figure), newText }] }];
    yield createDiagnostic('PW7014', params, originOf(figure), { fixes });
  } else if (expectation.scenarios.some((each) => targetOf(each) === targetOf(scenario))) {
    const params = { sentence: `\`${other.name}\` is compared with itself in the same scenario.` };
    yield createDiagnostic('PW7014', params, originOf(against));
  }
}

/** A figure is one row of an indicator that has rows, and none of one that has none. */
export function* rowExists(expectation: ast.Expectation | ast.FigureReference): Generator<Diagnostic> {
  const indicator = targetOf(expectation.indicator);
  if (indicator === undefined) return;
  const { argument } = expectation;
  const { variable } = indicator;
  const name = `\`${indicator.name}\``;
  if (variable === undefined && argument !== undefined) {
    const sentence = `${name} is one figure and has no row ${argument}; leave out the parentheses.`;
    yield createDiagnostic('PW7009', { sentence }, originOfProperty(expectation, 'argument'));
  }
  if (variable === undefined) return;
  const rows = tableValues(variable);
  if (argument === undefined) {
    // A precision without a row is that of every row.
    if (ast.isPrecisionTarget(expectation.$container)) return;
    const sentence = `${name} has a row for each ${variable.name}; say which one, as in \`${indicator.name}(${rows[0] ?? 0})\`.`;
    yield createDiagnostic('PW7009', { sentence }, originOfProperty(expectation, 'indicator'));
  } else if (!rows.includes(argument)) {
    const first = rows[0] ?? 0;
    const last = rows.at(-1) ?? 0;
    const range = variable.first === undefined ? listed(rows.map(String)) : `${first} to ${last}`;
    yield createDiagnostic(
      'PW7009',
      { sentence: `${name} has no row ${argument}; its rows are ${range}.` },
      originOfProperty(expectation, 'argument'),
    );
  }
}

/** Some study simulates each scenario for which something is expected. */
export function* expectationIsMeasured(
  expectation: ast.Expectation,
  context: ValidationContext,
): Generator<Diagnostic> {
  const simulated = context.simulated();
  if (expectation.scenarios.length === 0 && simulated.size === 0) {
    yield createDiagnostic('PW7003', { text: expectationText(expectation) }, originOf(expectation));
  }
  for (const [index, reference] of expectation.scenarios.entries()) {
    const scenario = targetOf(reference);
    if (scenario === undefined || simulated.has(scenario)) continue;
    yield createDiagnostic(
      'PW7003',
      { text: expectationText(expectation) },
      originOfProperty(expectation, 'scenarios', index),
    );
  }
  yield* comparedTogether(expectation, context);
}

/** The same study simulates both scenarios of a comparison: only then are its patients the same. */
function* comparedTogether(expectation: ast.Expectation, context: ValidationContext): Generator<Diagnostic> {
  const { against, scenarios } = expectation;
  const base = targetOf(against?.scenario);
  if (against === undefined || base === undefined) return;
  const simulated = context.simulated();
  for (const scenario of [...new Set(scenarios.map(targetOf))]) {
    if (scenario === undefined || !simulated.has(scenario)) continue;
    if (context.comparisons().some((compared) => compared.has(scenario) && compared.has(base))) continue;
    yield createDiagnostic('PW7003', { text: expectationText(expectation) }, originOfProperty(against, 'scenario'));
    return;
  }
}

function expectationText(expectation: ast.Expectation): string {
  return textOf(expectation).replace(/\s+/g, ' ');
}

/** What an indicator measures lies on a way: `from` and `to` are not the same moment. */
export function* timeHasLength(measure: ast.TimeMeasure): Generator<Diagnostic> {
  const { from, to } = measure;
  if (from === undefined || to === undefined) return;
  if (from.kind === 'exit' && from.activity === undefined) {
    yield createDiagnostic(
      'PW4006',
      { sentence: 'Nothing comes after `exit`, so no time can be counted from it.' },
      originOf(from),
    );
    return;
  }
  if (to.kind === 'arrival' && to.activity === undefined) {
    yield createDiagnostic(
      'PW4006',
      { sentence: 'Nothing comes before `arrival`, so no time can be counted up to it.' },
      originOf(to),
    );
    return;
  }
  const same =
    from.kind === to.kind && targetOf(from.activity) === targetOf(to.activity) && from.activity !== undefined;
  if (!same || AstUtils.getContainerOfType(targetOf(from.activity), ast.isRepeat) !== undefined) return;
  yield createDiagnostic(
    'PW4006',
    { sentence: 'Both moments are the same, so the time between them is always 0.' },
    originOf(measure),
  );
}
