import type { InputExpression, SimulationInput } from '@pathway/simulation';
import { partsOf } from './expression-parts.js';
import { timeText } from './program-text.js';

type Draw = Extract<InputExpression, { op: 'draw' }>;

/** How values are written: times by the constants of the program, categories by their names. */
export type Writing = 'plain' | 'time' | { readonly attribute: number };

/** How a language of programs writes what expressions are made of. */
export interface Dialect {
  number(value: number): string;
  text(text: string): string;
  readonly not: string;
  readonly notANumber: string;
  readonly infinite: string;
  /** A comparison one of whose sides may be no number, where the language needs more than its sign to say that it does not hold. */
  compared?(text: string): string;
  readonly operators: Readonly<Partial<Record<Operation['operator'], string>>>;
  readonly functions: Readonly<Record<FunctionExpression['name'], string>>;
  attribute(patient: string, name: string): string;
  list(parts: readonly string[]): string;
  either(condition: string, then: string, otherwise: string): string;
  isOneOf(value: string, values: readonly string[]): string;
  /** A function of nothing. */
  lazily(text: string): string;
  /** What is there of a facility now. */
  state(facility: string, of: 'queue' | 'busy' | 'there'): string;
  /** The patient's number in the cohort, modulo a number. */
  row(patient: string, of: number): string;
  /** Time since an activity ended last, or since arrival. */
  since(patient: string, activity: string | undefined): string;
  waitedFor(patient: string, activity: string): string;
}

/** The surroundings of an expression: names of the program, and the parts of the toolkit that it comes to need. */
export interface ExpressionScope {
  readonly dialect: Dialect;
  readonly input: SimulationInput;
  /** Attributes of a patient by their place. */
  readonly attributes: readonly string[];
  /** Facilities by their place. */
  readonly facilities: readonly string[];
  /** Activities by their place, as texts. */
  readonly activities: readonly string[];
  /** The name of the patient. */
  readonly patient: string;
  readonly used: Set<string>;
  /** A list of numbers or texts that stands at the beginning of the program. */
  constant(values: readonly string[]): string;
}

/** A category by its place in the input's list, as a text; numbers that are none stay numbers. */
function categoryText({ input, dialect }: ExpressionScope, value: number): string {
  const name = input.categories[value];
  return name === undefined ? dialect.number(value) : dialect.text(name);
}

function isCategorical(input: SimulationInput, attribute: number): boolean {
  return (input.attributes[attribute]?.categories.length ?? 0) > 0;
}

/** An expression in the language of a program. */
export function expressionText(
  expression: InputExpression,
  scope: ExpressionScope,
  writing: Writing = 'plain',
): string {
  const { input, dialect, patient: p } = scope;
  const go = (part: InputExpression, how: Writing = 'plain'): string => expressionText(part, scope, how);
  const value = (number: number): string =>
    typeof writing === 'object' && isCategorical(input, writing.attribute)
      ? categoryText(scope, number)
      : writing === 'time'
        ? timeText(number)
        : dialect.number(number);
  switch (expression.op) {
    case 'number':
      return value(expression.value);
    case 'attribute':
      return dialect.attribute(p, scope.attributes[expression.attribute] ?? '');
    case 'negate':
      return `-${bracketed(expression.of, go(expression.of, writing))}`;
    case 'not':
      return `(${dialect.not}${bracketed(expression.of, go(expression.of))})`;
    case 'operation':
      return operation(expression, scope, writing);
    case 'function':
      return functionText(expression, scope, writing);
    case 'draw':
      return bounded(expression, scope, writing, drawText(expression, scope, writing));
    case 'pick': {
      const scale = expression.scale ?? 1;
      const values = expression.values.map((each) => value(scale === 1 ? each : each * scale));
      scope.used.add('pick');
      const weights = expression.weights.map((each) => go(each));
      const equal = new Set(weights).size <= 1;
      const list = (all: readonly string[]): string => (all.length > 20 ? scope.constant(all) : dialect.list(all));
      return bounded(expression, scope, writing, `pick(${list(values)}${equal ? '' : `, ${list(weights)}`})`);
    }
    case 'element':
      scope.used.add('element');
      return `element(${scope.constant(expression.values.map(value))}, ${go(expression.at)})`;
    case 'row':
      return dialect.row(p, expression.of);
    case 'match': {
      const { attribute, cases, otherwise } = expression;
      return cases.reduceRight(
        (rest, { values, then }) => dialect.either(isOneOf(values, attribute, scope), go(then, writing), rest),
        otherwise === undefined ? dialect.notANumber : go(otherwise, writing),
      );
    }
    case 'state':
      return stateText(expression, scope);
    case 'waiting':
      // Refused before anything is written.
      return scope.dialect.notANumber;
    case 'since':
      return dialect.since(p, expression.clock === undefined ? undefined : clockText(expression.clock, scope));
    case 'variable':
      return '1';
    case 'waited':
      return expression.clock === undefined ? 'waited' : dialect.waitedFor(p, clockText(expression.clock, scope));
  }
}

/** A test of an attribute against values. */
export function isOneOf(values: readonly number[], attribute: number, scope: ExpressionScope): string {
  const { input, dialect } = scope;
  const texts = values.map((value) =>
    isCategorical(input, attribute) ? categoryText(scope, value) : dialect.number(value),
  );
  return dialect.isOneOf(dialect.attribute(scope.patient, scope.attributes[attribute] ?? ''), texts);
}

function clockText(clock: number, scope: ExpressionScope): string {
  const activity = scope.input.clocks?.[clock]?.activity;
  return activity === undefined ? scope.dialect.text('') : (scope.activities[activity] ?? '');
}

type Operation = Extract<InputExpression, { op: 'operation' }>;

function operation({ operator, left, right }: Operation, scope: ExpressionScope, writing: Writing): string {
  // What an attribute is compared with is written as the attribute's values are.
  const compared = left.op === 'attribute' ? left : right.op === 'attribute' ? right : undefined;
  const isComparison = ['<', '<=', '>', '>=', '=', '!='].includes(operator);
  const how: Writing = isComparison && compared !== undefined ? { attribute: compared.attribute } : 'plain';
  // Of a product of a time and a number the first is written as a time.
  const first: Writing = writing === 'time' && ['+', '-', '*', '/'].includes(operator) && !isComparison ? 'time' : how;
  const second: Writing = writing === 'time' && (operator === '+' || operator === '-') ? 'time' : how;
  const a = bracketed(left, expressionText(left, scope, first));
  const b = bracketed(right, expressionText(right, scope, second));
  if (operator === '/' && right.op !== 'number') return `ratio(${a}, ${b})`;
  const text = `${a} ${scope.dialect.operators[operator] ?? operator} ${b}`;
  const { dialect } = scope;
  if (!isComparison || dialect.compared === undefined || !(mayBeNoNumber(left) || mayBeNoNumber(right))) return text;
  return operator === '!=' ? `${dialect.not}${dialect.compared(`${a} == ${b}`)}` : dialect.compared(text);
}

/** Whether an expression may be no number: it looks at what may not have happened yet, or rests on an attribute or a quotient. */
function mayBeNoNumber(expression: InputExpression): boolean {
  return partsOf(expression).some(
    (each) =>
      ((each.op === 'since' || each.op === 'waited') && each.clock !== undefined) ||
      each.op === 'attribute' ||
      (each.op === 'operation' && each.operator === '/') ||
      (each.op === 'state' && each.measure === 'occupancy'),
  );
}

function bracketed(expression: InputExpression, text: string): string {
  return expression.op === 'operation' || expression.op === 'row' || / [*/] /.test(text) || text.startsWith('-')
    ? text.startsWith('(') && expression.op !== 'operation'
      ? text
      : `(${text})`
    : text;
}

type FunctionExpression = Extract<InputExpression, { op: 'function' }>;

function functionText(expression: FunctionExpression, scope: ExpressionScope, writing: Writing): string {
  const keepsUnit = ['greatest', 'least', 'absolute'].includes(expression.name);
  const values = expression.arguments.map((each) => expressionText(each, scope, keepsUnit ? writing : 'plain'));
  const [only] = values;
  if (values.length === 1 && (expression.name === 'greatest' || expression.name === 'least')) return only ?? '';
  return `${scope.dialect.functions[expression.name]}(${values.join(', ')})`;
}

function stateText({ measure, facilities }: Extract<InputExpression, { op: 'state' }>, scope: ExpressionScope): string {
  const names = facilities.map((each) => scope.facilities[each] ?? '');
  const sum = (of: 'queue' | 'busy' | 'there'): string =>
    `(${names.map((name) => scope.dialect.state(name, of)).join(' + ') || '0'})`;
  if (measure === 'free') return `(${sum('there')} - ${sum('busy')})`;
  if (measure === 'occupancy') return `ratio(${sum('busy')}, ${sum('there')})`;
  return sum(measure === 'capacity' ? 'there' : measure);
}

/** How a law is called, by family and form; parameters that are times, by their places. */
const LAW_FORMS: Readonly<Record<string, readonly { readonly name: string; readonly times: readonly number[] }[]>> = {
  exponential: [
    { name: 'exponential', times: [0] },
    { name: 'exponential', times: [] },
  ],
  uniform: [{ name: 'uniform', times: [0, 1] }],
  triangular: [{ name: 'triangular', times: [0, 1, 2] }],
  pert: [{ name: 'pert', times: [0, 1, 2] }],
  normal: [
    { name: 'normal', times: [0, 1] },
    { name: 'normal', times: [0] },
  ],
  lognormal: [
    { name: 'lognormal_of_logs', times: [] },
    { name: 'lognormal', times: [0, 1] },
    { name: 'lognormal', times: [0] },
  ],
  gamma: [
    { name: 'gamma', times: [1] },
    { name: 'gamma_of_mean', times: [0, 1] },
    { name: 'gamma_of_mean', times: [0] },
  ],
  erlang: [{ name: 'erlang', times: [1] }],
  weibull: [
    { name: 'weibull', times: [1] },
    { name: 'weibull_of_mean', times: [0, 1] },
  ],
  beta: [
    { name: 'beta', times: [] },
    { name: 'beta_of_mean', times: [] },
  ],
  poisson: [{ name: 'poisson', times: [] }],
  binomial: [{ name: 'binomial', times: [] }],
  geometric: [{ name: 'geometric', times: [] }],
};

function drawText(draw: Draw, scope: ExpressionScope, writing: Writing): string {
  const form = LAW_FORMS[draw.family]?.[draw.form];
  if (form === undefined) throw new RangeError(`There is no law ${draw.family} in form ${draw.form}.`);
  scope.used.add(form.name);
  const scaled = draw.scale !== undefined && draw.scale !== 1;
  const time = writing === 'time' && !scaled;
  const values = draw.parameters.map((each, i) =>
    expressionText(each, scope, time && form.times.includes(i) ? 'time' : 'plain'),
  );
  const [first = '', second = ''] = values;
  const isVariance =
    (['normal', 'lognormal', 'gamma'].includes(draw.family) && draw.form === 2) ||
    (draw.family === 'normal' && draw.form === 1);
  const parameters =
    draw.family === 'exponential' && draw.form === 1
      ? [`1 / (${first})`]
      : isVariance
        ? [first, `${scope.dialect.functions['square root']}(${second})`]
        : values;
  const text = `${form.name}(${parameters.join(', ')})`;
  if (!scaled) return text;
  return `${writing === 'time' ? timeText(draw.scale) : scope.dialect.number(draw.scale)} * ${text}`;
}

function bounded(
  { from, to }: { readonly from?: InputExpression; readonly to?: InputExpression },
  scope: ExpressionScope,
  writing: Writing,
  text: string,
): string {
  if (from === undefined && to === undefined) return text;
  scope.used.add('within');
  const { dialect } = scope;
  const low = from === undefined ? `-${dialect.infinite}` : expressionText(from, scope, writing);
  const high = to === undefined ? dialect.infinite : expressionText(to, scope, writing);
  return `within(${dialect.lazily(text)}, ${low}, ${high})`;
}
