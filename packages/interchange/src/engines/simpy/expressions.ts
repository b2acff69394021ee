import type { InputExpression, SimulationInput } from '@pathway/simulation';
import { timeText } from '../program-text.js';

type Draw = Extract<InputExpression, { op: 'draw' }>;

/** How values are written: times by the constants of the program, categories by their names. */
type Writing = 'plain' | 'time' | { readonly attribute: number };

/** The surroundings of an expression: names of the program, and the parts of the toolkit that it comes to need. */
export interface PythonScope {
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

/** A text of Python. */
export function pythonText(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (each) => `\\U${(each.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`);
  return `'${escaped}'`;
}

export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'math.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'math.inf' : '-math.inf';
  return String(value);
}

/** A category by its place in the input's list, as a text; numbers that are none stay numbers. */
function categoryText(input: SimulationInput, value: number): string {
  const name = input.categories[value];
  return name === undefined ? pythonNumber(value) : pythonText(name);
}

function isCategorical(input: SimulationInput, attribute: number): boolean {
  return (input.attributes[attribute]?.categories.length ?? 0) > 0;
}

/** An expression in Python. */
export function pythonExpression(expression: InputExpression, scope: PythonScope, writing: Writing = 'plain'): string {
  const { input, patient: p } = scope;
  const go = (part: InputExpression, how: Writing = 'plain'): string => pythonExpression(part, scope, how);
  const value = (number: number): string =>
    typeof writing === 'object' && isCategorical(input, writing.attribute)
      ? categoryText(input, number)
      : writing === 'time'
        ? timeText(number)
        : pythonNumber(number);
  switch (expression.op) {
    case 'number':
      return value(expression.value);
    case 'attribute':
      return `${p}.${scope.attributes[expression.attribute] ?? ''}`;
    case 'negate':
      return `-${bracketed(expression.of, go(expression.of, writing))}`;
    case 'not':
      return `(not ${bracketed(expression.of, go(expression.of))})`;
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
      const list = (all: readonly string[]): string => (all.length > 20 ? scope.constant(all) : `[${all.join(', ')}]`);
      return bounded(expression, scope, writing, `pick(${list(values)}${equal ? '' : `, ${list(weights)}`})`);
    }
    case 'element':
      scope.used.add('element');
      return `element(${scope.constant(expression.values.map(value))}, ${go(expression.at)})`;
    case 'row':
      return `${p}.number % ${expression.of}`;
    case 'match': {
      const { attribute, cases, otherwise } = expression;
      const name = `${p}.${scope.attributes[attribute] ?? ''}`;
      const texts = cases.map(
        ({ values, then }) => `${go(then, writing)} if ${isOneOf(name, values, attribute, input)} else `,
      );
      return `(${texts.join('')}${otherwise === undefined ? 'math.nan' : go(otherwise, writing)})`;
    }
    case 'state':
      return stateText(expression, scope);
    case 'since':
      return expression.clock === undefined
        ? `(env.now - ${p}.arrived)`
        : `${p}.since(${clockText(expression.clock, scope)})`;
    case 'variable':
      return '1';
    case 'waited':
      return expression.clock === undefined ? 'waited' : `${p}.waited_for(${clockText(expression.clock, scope)})`;
  }
}

/** A test of an attribute against values. */
export function isOneOf(name: string, values: readonly number[], attribute: number, input: SimulationInput): string {
  const texts = values.map((value) =>
    isCategorical(input, attribute) ? categoryText(input, value) : pythonNumber(value),
  );
  const [only] = texts;
  return texts.length === 1 ? `${name} == ${only ?? ''}` : `${name} in (${texts.join(', ')})`;
}

function clockText(clock: number, scope: PythonScope): string {
  const activity = scope.input.clocks?.[clock]?.activity;
  return activity === undefined ? 'None' : (scope.activities[activity] ?? 'None');
}

const OPERATORS = { '=': '==', '!=': '!=' } as const;

type Operation = Extract<InputExpression, { op: 'operation' }>;

function operation({ operator, left, right }: Operation, scope: PythonScope, writing: Writing): string {
  // What an attribute is compared with is written as the attribute's values are.
  const compared = left.op === 'attribute' ? left : right.op === 'attribute' ? right : undefined;
  const isComparison = ['<', '<=', '>', '>=', '=', '!='].includes(operator);
  const how: Writing = isComparison && compared !== undefined ? { attribute: compared.attribute } : 'plain';
  // Of a product of a time and a number the first is written as a time.
  const first: Writing = writing === 'time' && ['+', '-', '*', '/'].includes(operator) && !isComparison ? 'time' : how;
  const second: Writing = writing === 'time' && (operator === '+' || operator === '-') ? 'time' : how;
  const a = bracketed(left, pythonExpression(left, scope, first));
  const b = bracketed(right, pythonExpression(right, scope, second));
  if (operator === '/' && right.op !== 'number') return `ratio(${a}, ${b})`;
  const sign = operator === '=' || operator === '!=' ? OPERATORS[operator] : operator;
  return `${a} ${sign} ${b}`;
}

function bracketed(expression: InputExpression, text: string): string {
  return expression.op === 'operation' || expression.op === 'row' || / [*/] /.test(text) || text.startsWith('-')
    ? text.startsWith('(') && expression.op !== 'operation'
      ? text
      : `(${text})`
    : text;
}

const FUNCTIONS = {
  absolute: 'abs',
  floor: 'math.floor',
  ceiling: 'math.ceil',
  round: 'rounded',
  'square root': 'math.sqrt',
  'exponential function': 'math.exp',
  logarithm: 'math.log',
  greatest: 'max',
  least: 'min',
  power: 'math.pow',
} as const;

type FunctionExpression = Extract<InputExpression, { op: 'function' }>;

/** The name of a function of the language in Python. */
export function pythonFunction(name: FunctionExpression['name']): string {
  return FUNCTIONS[name];
}

function functionText(expression: FunctionExpression, scope: PythonScope, writing: Writing): string {
  const keepsUnit = ['greatest', 'least', 'absolute'].includes(expression.name);
  const values = expression.arguments.map((each) => pythonExpression(each, scope, keepsUnit ? writing : 'plain'));
  const [only] = values;
  if (values.length === 1 && (expression.name === 'greatest' || expression.name === 'least')) return only ?? '';
  return `${FUNCTIONS[expression.name]}(${values.join(', ')})`;
}

const STATES = {
  queue: (f: string) => `${f}.queue.value`,
  busy: (f: string) => `${f}.busy.value`,
  capacity: (f: string) => `${f}.there.value`,
} as const;

function stateText({ measure, facilities }: Extract<InputExpression, { op: 'state' }>, scope: PythonScope): string {
  const names = facilities.map((each) => scope.facilities[each] ?? '');
  const sum = (of: keyof typeof STATES): string => `(${names.map((name) => STATES[of](name)).join(' + ') || '0'})`;
  if (measure === 'free') return `(${sum('capacity')} - ${sum('busy')})`;
  if (measure === 'occupancy') return `ratio(${sum('busy')}, ${sum('capacity')})`;
  return sum(measure);
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

function drawText(draw: Draw, scope: PythonScope, writing: Writing): string {
  const form = LAW_FORMS[draw.family]?.[draw.form];
  if (form === undefined) throw new RangeError(`There is no law ${draw.family} in form ${draw.form}.`);
  scope.used.add(form.name);
  const scaled = draw.scale !== undefined && draw.scale !== 1;
  const time = writing === 'time' && !scaled;
  const values = draw.parameters.map((each, i) =>
    pythonExpression(each, scope, time && form.times.includes(i) ? 'time' : 'plain'),
  );
  const [first = '', second = ''] = values;
  const isVariance =
    (['normal', 'lognormal', 'gamma'].includes(draw.family) && draw.form === 2) ||
    (draw.family === 'normal' && draw.form === 1);
  const parameters =
    draw.family === 'exponential' && draw.form === 1
      ? [`1 / (${first})`]
      : isVariance
        ? [first, `math.sqrt(${second})`]
        : values;
  const text = `${form.name}(${parameters.join(', ')})`;
  if (!scaled) return text;
  return `${writing === 'time' ? timeText(draw.scale) : pythonNumber(draw.scale)} * ${text}`;
}

function bounded(
  { from, to }: { readonly from?: InputExpression; readonly to?: InputExpression },
  scope: PythonScope,
  writing: Writing,
  text: string,
): string {
  if (from === undefined && to === undefined) return text;
  scope.used.add('within');
  const low = from === undefined ? '-math.inf' : pythonExpression(from, scope, writing);
  const high = to === undefined ? 'math.inf' : pythonExpression(to, scope, writing);
  return `within(lambda: ${text}, ${low}, ${high})`;
}
