import {
  type Activity,
  DURATION,
  NUMBER,
  type Distribution,
  type DistributionFamily,
  type Expression,
  type Hold,
  type NamedNumber,
  type Origin,
  type Patch,
  type Pathway,
  type Response,
  type Step,
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

const base = (id: string) => ({ id, origin: ORIGIN });

/** A step that needs nothing, unless `more` says otherwise. */
export function step(id: string, more: Partial<Step> = {}): Step {
  return {
    ...base(id),
    kind: 'step',
    name: id,
    needs: [],
    costs: [],
    dependsOn: [],
    remote: false,
    takes: seconds(60),
    ...more,
  };
}

export function hold(id: string, resource: string, body: readonly Activity[], more: Partial<Hold> = {}): Hold {
  return {
    ...base(id),
    kind: 'hold',
    name: id,
    policy: 'all',
    needs: [{ amount: plain(1), of: [{ kind: 'resource', resource }], origin: ORIGIN }],
    freesFirst: false,
    body,
    ...more,
  };
}

export function goTo(id: string, to: string): Activity {
  return { ...base(id), kind: 'go to', to };
}

/** A choice of two: half of the patients go each way. */
export function either(id: string, first: readonly Activity[], second: readonly Activity[]): Activity {
  return {
    ...base(id),
    kind: 'choose',
    by: 'shares',
    branches: [
      { origin: ORIGIN, label: '50%', when: { kind: 'share', share: plain(0.5) }, body: first },
      { origin: ORIGIN, label: 'otherwise', when: { kind: 'otherwise' }, body: second },
    ],
  };
}

export function together(id: string, ...bodies: readonly (readonly Activity[])[]): Activity {
  const branches = bodies.map((body, index) => ({ name: `${id}${index}`, origin: ORIGIN, body }));
  return { ...base(id), kind: 'together', branches };
}

export function pathway(body: readonly Activity[], more: Partial<Pathway> = {}): Pathway {
  return { ...base('P'), name: 'P', cohorts: [], body, ...more };
}

type WithoutIds<P> = P extends Patch ? Omit<P, 'id' | 'origin'> : never;

/** A response of pathway P; its patches are numbered as the language numbers them. */
export function response(id: string, patches: readonly WithoutIds<Patch>[], more: Partial<Response> = {}): Response {
  return {
    ...base(id),
    name: id,
    pathway: 'P',
    activations: [],
    patches: patches.map((patch, index) => ({ ...patch, ...base(`${id}.#${index + 1}`) })),
    recovery: { after: [] },
    cards: [],
    ...more,
  };
}
