import {
  type Activity,
  type Arrivals,
  type Attribute,
  type BinaryOperator,
  type Choose,
  type Cohort,
  type Distribution,
  type DistributionFamily,
  DURATION,
  type Expression,
  type Finish,
  type Formula,
  type GoTo,
  type Hold,
  type Indicator,
  type Measure,
  type Model,
  type Need,
  NUMBER,
  type Origin,
  type Pathway,
  RATE,
  type Repeat,
  type Resource,
  type Step,
  type Study,
  type Together,
  emptyModel,
} from '@pathway/model';
import { trafficOf } from '../src/index.js';

export const ORIGIN: Origin = { file: 'test.pathway', line: 7, column: 3, endLine: 7, endColumn: 9 };
export const HOUR = 3600;
export const DAY = 86_400;

export const plain = (value: number): Expression => ({ kind: 'number', value, dimension: NUMBER });
export const seconds = (value: number): Expression => ({ kind: 'number', value, dimension: DURATION });
export const attribute = (name: string): Expression => ({ kind: 'attribute', name });
export const perDay = (value: number): Arrivals => ({
  kind: 'rate',
  rate: { kind: 'number', value: value / DAY, dimension: RATE },
});
export const every = (between: Expression): Arrivals => ({ kind: 'every', between });

export function binary(left: Expression, operator: BinaryOperator, right: Expression): Expression {
  return { kind: 'binary', operator, left, right };
}

/** A draw of a duration; parameters in seconds, or plain for a plain number. */
export function draw(
  family: DistributionFamily,
  parameters: Readonly<Record<string, number>>,
  dimension = DURATION,
): Distribution {
  const written = Object.entries(parameters).map(([name, value]): [string, Expression] => [
    name,
    { kind: 'number', value, dimension },
  ]);
  return { kind: 'distribution', family, parameters: Object.fromEntries(written), dimension, origin: ORIGIN };
}

export const exponential = (mean: number): Distribution => draw('exponential', { mean });
export const age = (mean: number, sd: number): Attribute => numeric('age', draw('normal', { mean, sd }, NUMBER));

export function numeric(name: string, value: Expression): Attribute {
  return { name, origin: ORIGIN, value, categories: [] };
}

/** A `one of` with shares. */
export function categorical(name: string, shares: Readonly<Record<string, number>>): Attribute {
  const options = Object.entries(shares).map(([value, part]) => ({ value, share: plain(part) }));
  return { name, origin: ORIGIN, value: { kind: 'one of', options }, categories: Object.keys(shares) };
}

export function uses(resource: string, amount: Expression = plain(1)): Need {
  return { amount, of: [{ kind: 'resource', resource }], origin: ORIGIN };
}

export function step(name: string, more: Partial<Step> = {}): Step {
  return {
    kind: 'step',
    id: `P.${name}`,
    name,
    origin: ORIGIN,
    needs: [],
    takes: seconds(HOUR),
    costs: [],
    dependsOn: [],
    remote: false,
    ...more,
  };
}

export function hold(name: string, resource: string, body: readonly Activity[], more: Partial<Hold> = {}): Hold {
  return {
    kind: 'hold',
    id: `P.${name}`,
    name,
    origin: ORIGIN,
    policy: 'all',
    needs: [uses(resource)],
    freesFirst: false,
    body,
    ...more,
  };
}

type When = Choose['branches'][number]['when'];
export const share = (value: number): When => ({ kind: 'share', share: plain(value) });
export const category = (...values: string[]): When => ({ kind: 'category', values });
export const condition = (written: Expression): When => ({ kind: 'condition', condition: written });
export const OTHERWISE: When = { kind: 'otherwise' };

export function choose(
  id: string,
  by: Choose['by'] | { readonly attribute: string },
  ...branches: readonly (readonly [When, readonly Activity[]])[]
): Choose {
  return {
    kind: 'choose',
    id: `P.${id}`,
    origin: ORIGIN,
    by: typeof by === 'string' ? by : 'attribute',
    ...(typeof by !== 'string' && { attribute: by.attribute }),
    branches: branches.map(([when, body]) => ({ origin: ORIGIN, label: '', when, body })),
  };
}

export function together(id: string, ...bodies: readonly (readonly Activity[])[]): Together {
  const branches = bodies.map((body, i) => ({ name: `b${i}`, origin: ORIGIN, body }));
  return { kind: 'together', id: `P.${id}`, origin: ORIGIN, branches };
}

export function repeat(id: string, more: Partial<Repeat>, body: readonly Activity[]): Repeat {
  return { kind: 'repeat', id: `P.${id}`, origin: ORIGIN, body, ...more };
}

export const goTo = (id: string, to: string): GoTo => ({ kind: 'go to', id: `P.${id}`, origin: ORIGIN, to: `P.${to}` });
export const call = (id: string, pathway: string): Activity => ({
  kind: 'call',
  id: `P.${id}`,
  origin: ORIGIN,
  pathway,
});
export const finish = (id: string): Finish => ({ kind: 'finish', id: `P.${id}`, origin: ORIGIN, outcome: 'Home' });

export function cohort(more: Partial<Cohort> = {}): Cohort {
  return { id: 'Patients', name: 'Patients', origin: ORIGIN, arrivals: perDay(24), attributes: [], ...more };
}

export function pathway(body: readonly Activity[], more: Partial<Pathway> = {}): Pathway {
  return { id: 'P', name: 'P', origin: ORIGIN, cohorts: [{ cohort: 'Patients' }], body, ...more };
}

export function resource(id: string, count: number | 'unlimited'): Resource {
  const otherwise = count === 'unlimited' ? count : plain(count);
  return { id, name: id, origin: ORIGIN, resourceKind: 'space', count: { rules: [], otherwise } };
}

export function study(more: Partial<Study> = {}): Study {
  return {
    id: 'Study',
    name: 'Study',
    origin: ORIGIN,
    scenarios: ['Today'],
    start: '2026-01-05T00:00',
    timezone: 'UTC',
    run: seconds(28 * DAY),
    warmUp: seconds(0),
    replications: { kind: 'fixed', times: 1 },
    seed: 1,
    indicators: [],
    pathways: [],
    ...more,
  };
}

export const census = (id: string): Formula => ({ kind: 'census', resource: id });

export function indicator(id: string, measure: Measure | Formula, values?: readonly number[]): Indicator {
  const isMeasure = ['time', 'wait', 'share', 'outcome share', 'value'].includes(measure.kind);
  return {
    id,
    name: id,
    origin: ORIGIN,
    measure: isMeasure ? (measure as Measure) : { kind: 'value', value: measure as Formula },
    ...(values && { table: { variable: 'n', values } }),
    dimension: NUMBER,
    percentage: false,
  };
}

/** `P(census = n) / P(census <= n)` of one or several resources together. */
export function blockedAt(...resources: readonly string[]): Formula {
  const [first, ...others] = resources.map(census);
  if (first === undefined) throw new Error('A census needs a resource.');
  const all = others.reduce<Formula>((left, right) => ({ kind: 'operation', operator: '+', left, right }), first);
  const chance = (operator: '=' | '<='): Formula => ({
    kind: 'probability',
    condition: { kind: 'operation', operator, left: all, right: { kind: 'variable', name: 'n' } },
  });
  return { kind: 'operation', operator: '/', left: chance('='), right: chance('<=') };
}

export function model(changes: Partial<Model>): Model {
  return emptyModel({
    sourceHash: '',
    title: 'Test',
    cohorts: [cohort()],
    scenarios: [{ id: 'Today', name: 'Today', origin: ORIGIN, basedOn: [], overrides: [] }],
    ...changes,
  });
}

/** A model of one pathway for one cohort. */
export function care(body: readonly Activity[], changes: Partial<Model> = {}): Model {
  return model({ pathways: [pathway(body)], ...changes });
}

/** Visits of each step and hold per patient of the only cohort, by name; and the limits that are told. */
export function visits(of: Model): { readonly visits: Readonly<Record<string, number>>; readonly limits: string[] } {
  const found: Record<string, number> = {};
  const limits: string[] = [];
  for (const traffic of trafficOf(of)) {
    limits.push(...traffic.limits.map(({ message }) => message));
    for (const visit of traffic.kinds.flatMap((kind) => kind.visits))
      found[visit.activity.name] = (found[visit.activity.name] ?? 0) + visit.visits;
  }
  return { visits: found, limits };
}
