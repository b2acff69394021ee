import type {
  Diagnostic,
  Dimension,
  Distribution,
  DistributionFamily,
  ParameterDimension,
  ResolvedDistribution,
} from '@pathway/model';
import {
  createDiagnostic,
  describeDimension,
  describeForms,
  DISTRIBUTION_FORMS,
  divideDimensions,
  findDistributionForm,
  ModelError,
  multiplyDimensions,
  NUMBER,
  parseUnit,
  resolveDistribution,
  sameDimension,
} from '@pathway/model';
import type * as ast from '../generated/ast.js';
import { constantOf } from './constants.js';
import { describeType, type ValueType } from './kinds-of-value.js';
import { listed } from './references.js';
import { originOf, originOfProperty, textOf } from './places.js';

type TypeOf = (expression: ast.Expression | undefined) => ValueType;

/** An argument with the parameter that it gives: as named, or by its position. */
interface NamedArgument {
  readonly name: string;
  readonly argument: ast.Argument;
}

function namedArguments(call: ast.FunctionCall, family: DistributionFamily): readonly NamedArgument[] {
  const positional = DISTRIBUTION_FORMS[family].find((form) => form.positional)?.parameters ?? [];
  return call.arguments.map((argument, index) => ({
    argument,
    name: argument.name ?? positional[index]?.name ?? `#${index + 1}`,
  }));
}

function parametersOf(family: DistributionFamily, names: readonly string[]): ReadonlyMap<string, ParameterDimension> {
  const form = findDistributionForm(family, names);
  return new Map(form?.parameters.map(({ name, dimension }) => [name, dimension]));
}

/** What a draw measures, from the first argument that tells; undefined when none does. */
export function drawDimension(
  call: ast.FunctionCall,
  family: DistributionFamily,
  typeOf: TypeOf,
): Dimension | undefined {
  const given = namedArguments(call, family);
  if (family === 'empirical') return quantity(typeOf(given[0]?.argument.value));
  const parameters = parametersOf(
    family,
    given.map(({ name }) => name),
  );
  let sawNumber = false;
  for (const { name, argument } of given) {
    const kind = parameters.get(name);
    if (kind === 'number' || kind === 'probability') {
      const measured = quantity(typeOf(argument.value));
      if (measured === undefined || !sameDimension(measured, NUMBER)) return undefined;
      sawNumber = true;
    }
    if (kind !== 'draw' && kind !== 'rate') continue;
    const found = quantity(typeOf(argument.value));
    if (found === undefined) continue;
    return kind === 'draw' ? found : divideDimensions(NUMBER, found);
  }
  const measured = [...parameters.values()].some((kind) => kind === 'draw' || kind === 'rate');
  return sawNumber && !measured ? NUMBER : undefined;
}

function quantity(type: ValueType): Dimension | undefined {
  return type.kind === 'quantity' ? type.dimension : undefined;
}

/** A distribution has the parameters of one of its forms, each of the dimension that it needs, and possible values. */
export function* distributionIsPossible(
  call: ast.FunctionCall,
  family: DistributionFamily,
  typeOf: TypeOf,
): Generator<Diagnostic> {
  if (call.arguments.some((argument) => argument.value === undefined)) return;
  const given = namedArguments(call, family);
  const names = given.map(({ name }) => name);
  const form = family === 'empirical' ? DISTRIBUTION_FORMS.empirical[0] : findDistributionForm(family, names);
  if (form === undefined || new Set(names).size !== names.length || (family === 'empirical' && names.length === 0)) {
    yield createDiagnostic('PW4005', { found: describeArguments(call), forms: describeForms(family) }, originOf(call));
    return;
  }
  let sound = true;
  for (const diagnostic of argumentsMeasureWhatTheyShould(call, family, given, typeOf)) {
    sound = false;
    yield diagnostic;
  }
  if (sound) yield* valuesExist(call, family, typeOf);
}

function describeArguments(call: ast.FunctionCall): string {
  const named = call.arguments.every((argument) => argument.name !== undefined);
  if (call.arguments.length === 0) return `\`${call.function}\` without parameters`;
  if (named) return `\`${call.function}\` with ${listed(call.arguments.map((argument) => argument.name ?? ''))}`;
  const count = call.arguments.length;
  return `\`${call.function}\` with ${count === 1 ? '1 parameter' : `${count} parameters`}`;
}

function* argumentsMeasureWhatTheyShould(
  call: ast.FunctionCall,
  family: DistributionFamily,
  given: readonly NamedArgument[],
  typeOf: TypeOf,
): Generator<Diagnostic> {
  const draw = drawDimension(call, family, typeOf);
  const kinds = parametersOf(
    family,
    given.map(({ name }) => name),
  );
  for (const { name, argument } of given) {
    const type = typeOf(argument.value);
    if (type.kind === 'unknown') continue;
    const needed = family === 'empirical' ? draw : neededDimension(kinds.get(name), draw);
    if (needed === undefined) continue;
    if (type.kind === 'quantity' && sameDimension(type.dimension, needed)) continue;
    const place = family === 'empirical' ? 'Each value of `empirical`' : `\`${name}\` of \`${family}\``;
    yield createDiagnostic(
      'PW4002',
      { place, expected: describeDimension(needed), found: describeType(type) },
      originOf(argument.value),
      { fixes: meanAndSpread(call, family, given) },
    );
    return;
  }
  if (draw === undefined) return;
  const unit = call.unit === undefined ? undefined : draw;
  if (unit !== undefined && !sameDimension(unit, NUMBER)) {
    yield createDiagnostic(
      'PW4002',
      { place: '`in`', expected: 'draws that are plain numbers', found: `${describeDimension(unit)} already` },
      originOfProperty(call, 'unit'),
    );
  }
}

function neededDimension(kind: ParameterDimension | undefined, draw: Dimension | undefined): Dimension | undefined {
  switch (kind) {
    case 'number':
    case 'probability':
      return NUMBER;
    case 'draw':
      return draw;
    case 'rate':
      return draw && divideDimensions(NUMBER, draw);
    case 'variance':
      return draw && multiplyDimensions(draw, draw);
    case undefined:
      return undefined;
  }
}

/** `lognormal(28 min, 12 min)` surely means its mean and standard deviation. */
function meanAndSpread(call: ast.FunctionCall, family: DistributionFamily, given: readonly NamedArgument[]) {
  if (family !== 'lognormal' || given.length !== 2 || call.arguments.some((argument) => argument.name !== undefined))
    return [];
  const [mean, sd] = given.map(({ argument }) => textOf(argument.value));
  const newText = `lognormal(mean ${mean ?? ''}, sd ${sd ?? ''})`;
  const [first, last] = [originOf(call), originOf(call.arguments.at(-1) ?? call)];
  const head = { ...first, endLine: last.endLine, endColumn: last.endColumn };
  return [{ title: `Write \`${newText}\``, edits: [{ origin: head, newText: newText.slice(0, -1) }] }];
}

function* valuesExist(call: ast.FunctionCall, family: DistributionFamily, typeOf: TypeOf): Generator<Diagnostic> {
  try {
    resolvedCall(call, family, typeOf);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    yield createDiagnostic('PW4006', { sentence: error.message }, originOf(call));
  }
}

/**
 * The law that a call describes, where all its numbers are constant.
 * @throws ModelError for parameters that no such distribution has
 */
export function resolvedCall(
  call: ast.FunctionCall,
  family: DistributionFamily,
  typeOf: TypeOf,
): ResolvedDistribution | undefined {
  const literal = (expression: ast.Expression | undefined) => {
    const value = constantOf(expression);
    const dimension = quantity(typeOf(expression));
    return value === undefined || dimension === undefined ? undefined : ({ kind: 'number', value, dimension } as const);
  };
  const given = namedArguments(call, family).map(({ name, argument }) => ({ name, value: literal(argument.value) }));
  if (given.some(({ value }) => value === undefined)) return undefined;
  const bounds = { from: literal(call.from), to: literal(call.to) };
  if ((call.from !== undefined && bounds.from === undefined) || (call.to !== undefined && bounds.to === undefined))
    return undefined;
  const values = given.map(({ value }) => value?.value ?? 0);
  const scale = call.unit === undefined ? undefined : constantUnit(call.unit);
  const dimension = quantity(typeOf(call)) ?? NUMBER;
  const distribution: Distribution = {
    kind: 'distribution',
    family,
    parameters:
      family === 'empirical'
        ? {}
        : Object.fromEntries(given.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))),
    ...(family === 'empirical' && { values }),
    ...(scale !== undefined && { scale }),
    ...(bounds.from !== undefined && { from: bounds.from }),
    ...(bounds.to !== undefined && { to: bounds.to }),
    dimension,
  };
  return resolveDistribution(distribution, { numbers: [] });
}

function constantUnit(text: string): number | undefined {
  return parseUnit(text)?.factor;
}
