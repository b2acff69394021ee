import type {
  Aim,
  Approval,
  ComparedFigure,
  Dimension,
  Expectation,
  Expression,
  Formula,
  Indicator,
  Measure,
  Moment,
} from '@pathway/model';
import { dimensionOf, divideDimensions, DURATION, moneyDimension, multiplyDimensions, NUMBER } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import { lowerFormula } from './formulas.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerStatistic, measureTarget } from './measure-parts.js';
import { readsAsPercentage } from './reads-as-share.js';
import { lowerActivation } from './responses.js';
import { sourceText } from './source-text.js';

const AIMS: readonly Aim[] = ['health', 'experience', 'cost', 'staff', 'equity'];

export function lowerIndicator(node: ast.Indicator, context: LoweringContext): Indicator {
  const measure = lowerMeasure(node, context);
  const written = node.properties.find(ast.isAimProperty)?.aim;
  const aim = AIMS.find((each) => each === written);
  const by = node.properties.find(ast.isByAttributeProperty)?.attribute.ref?.name;
  const dimension = measureDimension(measure, context);
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    measure,
    ...(aim === undefined ? {} : { aim }),
    ...(by === undefined ? {} : { by }),
    ...(node.variable === undefined
      ? {}
      : { table: { variable: node.variable.name, values: tableValues(node.variable) } }),
    dimension,
    percentage: readsAsPercentage(measure, dimension),
  };
}

/** The values of `n from 9 to 16` or `n in 22, 26`. */
export function tableValues(variable: ast.TableVariable): readonly number[] {
  const { first, last } = variable;
  if (first === undefined || last === undefined) return variable.values;
  return Array.from({ length: Math.max(0, Math.floor(last - first) + 1) }, (_, index) => first + index);
}

function lowerMeasure(node: ast.Indicator, context: LoweringContext): Measure {
  const cohorts = node.properties
    .filter(ast.isOnlyProperty)
    .flatMap((only) => only.cohorts.map((cohort) => context.idOf(cohort.ref)));
  const filter = cohorts.length === 0 ? {} : { cohorts };
  const time = node.properties.find(ast.isTimeMeasure);
  if (time !== undefined) return timeMeasure(time, filter, context);
  const wait = node.properties.find(ast.isWaitMeasure);
  if (wait !== undefined) return { kind: 'wait', of: measureTarget(wait.target.ref, context), ...filter };
  const share = node.properties.find(ast.isShareMeasure);
  if (share?.state !== undefined) {
    return { kind: 'value', value: { kind: 'time share', of: lowerState(share.state, context) } };
  }
  if (share !== undefined) return shareMeasure(share, filter, context);
  const value = node.properties.find(ast.isValueMeasure)?.value;
  return { kind: 'value', value: lowerFormula(value, context) };
}

interface CohortFilter {
  readonly cohorts?: readonly string[];
}

function timeMeasure(node: ast.TimeMeasure, filter: CohortFilter, context: LoweringContext): Measure {
  return { kind: 'time', from: lowerMoment(node.from, context), to: lowerMoment(node.to, context), ...filter };
}

function lowerMoment(node: ast.Moment, context: LoweringContext): Moment {
  if (node.activity === undefined) return { kind: node.kind === 'exit' ? 'exit' : 'arrival' };
  const at = node.kind === 'request' || node.kind === 'end' ? node.kind : 'start';
  return { kind: 'activity', activity: context.activityId(node.activity.ref), at };
}

function shareMeasure(node: ast.ShareMeasure, filter: CohortFilter, context: LoweringContext): Measure {
  if (node.outcome !== undefined) {
    return { kind: 'outcome share', outcome: node.outcome.ref?.name ?? node.outcome.$refText, ...filter };
  }
  const of: Measure =
    node.time !== undefined
      ? timeMeasure(node.time, filter, context)
      : { kind: 'wait', of: measureTarget(node.target?.ref, context), ...filter };
  return { kind: 'share', of, operator: node.operator ?? '>', limit: lowerExpression(node.limit, context) };
}

function lowerState(node: ast.StateInForce, context: LoweringContext): Extract<Formula, { kind: 'time share' }>['of'] {
  const on = node.on.ref;
  return ast.isResponse(on) ? { kind: 'response', response: context.idOf(on) } : lowerActivation(node, context);
}

function measureDimension(measure: Measure, context: LoweringContext): Dimension {
  if (measure.kind === 'time' || measure.kind === 'wait') return DURATION;
  return measure.kind === 'value' ? (formulaDimension(measure.value, context) ?? NUMBER) : NUMBER;
}

function formulaDimension(formula: Formula, context: LoweringContext): Dimension | undefined {
  switch (formula.kind) {
    case 'constant':
      return dimensionOf(formula.value, context);
    case 'cost':
      return context.currency === undefined ? NUMBER : moneyDimension(context.currency);
    case 'busy time':
    case 'overtime':
    case 'duration of window':
      return DURATION;
    case 'negate':
      return formulaDimension(formula.operand, context);
    case 'operation': {
      const left = formulaDimension(formula.left, context);
      const right = formulaDimension(formula.right, context);
      if (left === undefined || right === undefined) return left ?? right;
      if (formula.operator === '*') return multiplyDimensions(left, right);
      return formula.operator === '/' ? divideDimensions(left, right) : left;
    }
    default:
      return NUMBER;
  }
}

export function lowerExpectation(node: ast.Expectation, index: number, context: LoweringContext): Expectation {
  const operator = node.operator === '=' ? '<=' : node.operator;
  return {
    id: `expect-${index + 1}`,
    origin: context.originOf(node),
    text: sourceText(node).replace(/^expect /, ''),
    indicator: context.idOf(node.indicator.ref),
    statistic: lowerStatistic(node.statistic),
    ...(node.argument === undefined ? {} : { argument: node.argument }),
    operator,
    limit: lowerLimit(node, context),
    scenarios: node.scenarios.map((scenario) => context.idOf(scenario.ref)),
    ...(node.against?.scenario === undefined ? {} : { against: lowerComparedFigure(node.against, context) }),
  };
}

/** The limit itself, or how much more than the figure that it is compared with. */
function lowerLimit({ limit, against }: ast.Expectation, context: LoweringContext): Expression {
  if (limit !== undefined) return lowerExpression(limit, context);
  if (against?.margin === undefined) return { kind: 'number', value: 0, dimension: NUMBER };
  const margin = lowerExpression(against.margin, context);
  if (against.sign === '+') return margin;
  return margin.kind === 'number'
    ? { ...margin, value: -margin.value }
    : { kind: 'unary', operator: '-', operand: margin };
}

function lowerComparedFigure(
  { factor, figure, scenario }: ast.ComparedFigure,
  context: LoweringContext,
): ComparedFigure {
  const { indicator, statistic, argument } = figure;
  return {
    indicator: context.idOf(indicator.ref),
    statistic: lowerStatistic(statistic),
    ...(argument === undefined ? {} : { argument }),
    scenario: context.idOf(scenario.ref),
    ...(factor === undefined ? {} : { factor: lowerExpression(factor, context) }),
  };
}

export function lowerApproval(node: ast.Approval, context: LoweringContext): Approval {
  const [subject, approver] = [context.idOf(node.subject.ref), context.idOf(node.approver.ref)];
  const { date, hash } = node;
  return { id: `${subject} by ${approver}`, origin: context.originOf(node), subject, approver, date, hash };
}
