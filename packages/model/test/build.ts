import {
  DURATION,
  NUMBER,
  type Distribution,
  type DistributionFamily,
  type Expression,
  type Model,
  type NamedNumber,
  type Origin,
} from '@pathway/model';

export const ORIGIN: Origin = { file: 'test.pathway', line: 3, column: 5, endLine: 3, endColumn: 9 };
export const NO_NUMBERS = { numbers: [] };
export const DAY = 86_400;

export function plain(value: number): Expression {
  return { kind: 'number', value, dimension: NUMBER, origin: ORIGIN };
}

export function seconds(value: number, unit = 's'): Expression {
  return { kind: 'number', value, dimension: DURATION, unit, origin: ORIGIN };
}

export function number(id: string, value: Expression): NamedNumber {
  return { id, name: id, origin: ORIGIN, value };
}

/** A distribution of plain numbers. */
export function draw(
  family: DistributionFamily,
  parameters: Record<string, number>,
  more: Partial<Distribution> = {},
): Distribution {
  const expressions = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, plain(value)]));
  return { kind: 'distribution', family, parameters: expressions, dimension: NUMBER, origin: ORIGIN, ...more };
}

export function binary(
  left: Expression,
  operator: '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or',
  right: Expression,
): Expression {
  return { kind: 'binary', operator, left, right };
}

export function emptyModel(changes: Partial<Model> = {}): Model {
  return {
    languageVersion: '0.1',
    sourceHash: '',
    title: 'Test',
    sources: [],
    territories: [],
    organisations: [],
    skills: [],
    roles: [],
    shifts: [],
    staff: [],
    resources: [],
    stocks: [],
    travel: [],
    numbers: [],
    cohorts: [],
    pathways: [],
    indicators: [],
    expectations: [],
    scenarios: [],
    studies: [],
    ...changes,
  };
}
