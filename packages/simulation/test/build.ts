import { emptyModel } from '@pathway/model';
import type {
  Activity,
  Arrivals,
  BinaryOperator,
  Cohort,
  Conversion,
  Distribution,
  DistributionFamily,
  Expression,
  Formula,
  Hold,
  Indicator,
  Measure,
  Model,
  Need,
  NeedTarget,
  Origin,
  Pathway,
  PresentPatients,
  Resource,
  Schedule,
  StaffGroup,
  Step,
  StudyMoment,
  Weekday,
} from '@pathway/model';
import {
  compileInput,
  type ReplicationResult,
  runReplication,
  type SimulationInput,
  traceReplication,
} from '../src/index.js';

/** Models by hand, for tests that know what must come out. */
export const HERE: Origin = { file: 'test.pathway', line: 1, column: 1, endLine: 1, endColumn: 2 };

export function n(value: number): Expression {
  return { kind: 'number', value, dimension: { time: 0, money: 0 } };
}

export function draw(family: DistributionFamily, parameters: Readonly<Record<string, number>>): Distribution {
  return {
    kind: 'distribution',
    family,
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, n(value)])),
    dimension: { time: 1, money: 0 },
  };
}

function always(amount: number | 'unlimited'): Schedule {
  return { rules: [], otherwise: amount === 'unlimited' ? amount : n(amount) };
}

const declared = (id: string) => ({ id, name: id, origin: HERE });

export function resource(id: string, count: number | 'unlimited' | Schedule, more: Partial<Resource> = {}): Resource {
  return { ...declared(id), resourceKind: 'space', count: typeof count === 'object' ? count : always(count), ...more };
}

/** So many units of one resource become units of another, from one time to another: seconds after the warm-up. */
export function convert(amount: number, from: string, to: string, begins?: number, ends?: number): Conversion {
  const moment = (seconds: number): StudyMoment => ({ kind: 'day', day: seconds / 86_400 });
  return {
    origin: HERE,
    text: `convert ${amount} ${from} to ${to}`,
    amount: n(amount),
    resource: from,
    target: to,
    ...(begins !== undefined && { begins: moment(begins) }),
    ...(ends !== undefined && { ends: moment(ends) }),
  };
}

export function staff(id: string, role: string, onDuty: number | Schedule, more: Partial<StaffGroup> = {}): StaffGroup {
  return {
    ...declared(id),
    role,
    headcount: n(10),
    people: [],
    shifts: [],
    onDuty: typeof onDuty === 'number' ? always(onDuty) : onDuty,
    leave: [],
    supportShares: [],
    ...more,
  };
}

export function need(target: string | readonly NeedTarget[], amount: number | Expression = 1): Need {
  return {
    amount: typeof amount === 'number' ? n(amount) : amount,
    of: typeof target === 'string' ? [{ kind: 'resource', resource: target }] : target,
    origin: HERE,
  };
}

export const byRole = (role: string, from?: string): NeedTarget => ({
  kind: 'role',
  role,
  ...(from !== undefined && { from }),
});
export const bySkill = (skill: string, level?: string): NeedTarget => ({
  kind: 'skill',
  skill,
  ...(level !== undefined && { level }),
});

export function step(
  name: string,
  takes: number | Expression,
  needs: readonly (string | Need)[] = [],
  more: Partial<Step> = {},
): Step {
  return {
    kind: 'step',
    id: `P.${name}`,
    name,
    origin: HERE,
    needs: needs.map((each) => (typeof each === 'string' ? need(each) : each)),
    takes: typeof takes === 'number' ? n(takes) : takes,
    costs: [],
    dependsOn: [],
    remote: false,
    ...more,
  };
}

export function hold(
  name: string,
  needs: readonly (string | Need)[],
  body: readonly Activity[],
  more: Partial<Hold> = {},
): Hold {
  return {
    kind: 'hold',
    id: `P.${name}`,
    name,
    origin: HERE,
    policy: 'all',
    needs: needs.map((each) => (typeof each === 'string' ? need(each) : each)),
    freesFirst: false,
    body,
    ...more,
  };
}

let count = 0;
const id = (): string => `P.#${++count}`;

/** Unnamed activities are numbered from 1 again, so that two models built the same way have the same ids. */
export function freshIds(): void {
  count = 0;
}

export function choose(
  branches: readonly { share?: number; when?: Expression; values?: readonly string[]; body: readonly Activity[] }[],
  attribute?: string,
): Activity {
  const by =
    attribute !== undefined ? 'attribute' : branches.some((b) => b.when !== undefined) ? 'condition' : 'shares';
  return {
    kind: 'choose',
    id: id(),
    origin: HERE,
    by,
    ...(attribute !== undefined && { attribute }),
    branches: branches.map(({ share, when, values, body }) => ({
      origin: HERE,
      label: '',
      body,
      when:
        share !== undefined
          ? { kind: 'share', share: n(share) }
          : when !== undefined
            ? { kind: 'condition', condition: when }
            : values !== undefined
              ? { kind: 'category', values }
              : { kind: 'otherwise' },
    })),
  };
}

export function together(...branches: readonly (readonly Activity[])[]): Activity {
  return {
    kind: 'together',
    id: id(),
    origin: HERE,
    branches: branches.map((body, i) => ({ name: `b${i}`, origin: HERE, body })),
  };
}

export function race(...branches: readonly (readonly Activity[])[]): Activity {
  return {
    kind: 'race',
    id: id(),
    origin: HERE,
    branches: branches.map((body, i) => ({ name: `b${i}`, origin: HERE, body })),
  };
}

export function gather(
  name: string,
  how: { readonly size?: number; readonly after?: number; readonly every?: number; readonly atMost?: number },
  body: readonly Activity[],
): Activity {
  return {
    kind: 'gather',
    id: `P.${name}`,
    name,
    origin: HERE,
    ...(how.size !== undefined && { size: n(how.size) }),
    ...(how.after !== undefined && { after: n(how.after) }),
    ...(how.every !== undefined && { every: n(how.every) }),
    ...(how.atMost !== undefined && { atMost: n(how.atMost) }),
    body,
  };
}

export const waitFor = (duration: number | Expression): Activity => ({
  kind: 'wait',
  id: id(),
  origin: HERE,
  duration: typeof duration === 'number' ? n(duration) : duration,
});
export const waitUntil = (at: number, days?: readonly Weekday[]): Activity => ({
  kind: 'wait',
  id: id(),
  origin: HERE,
  until: { at, ...(days !== undefined && { days }) },
});
export const setTo = (attribute: string, value: number | Expression): Activity => ({
  kind: 'set',
  id: id(),
  origin: HERE,
  attribute,
  value: typeof value === 'number' ? n(value) : value,
});
export const since = (activity: string): Expression => ({
  kind: 'since',
  of: activity === 'arrival' ? activity : `P.${activity}`,
});
export const waited = (activity?: string): Expression => ({
  kind: 'waited',
  ...(activity !== undefined && { of: `P.${activity}` }),
});
export const calculated = (left: Expression, operator: BinaryOperator, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});

export const finish = (outcome: string): Activity => ({ kind: 'finish', id: id(), origin: HERE, outcome });
export const goTo = (to: string): Activity => ({ kind: 'go to', id: id(), origin: HERE, to: `P.${to}` });
export const call = (pathway: string): Activity => ({ kind: 'call', id: id(), origin: HERE, pathway });
export const release = (holdName: string, ...targets: string[]): Activity => ({
  kind: 'release',
  id: id(),
  origin: HERE,
  hold: `P.${holdName}`,
  targets,
});

export function cohort(name: string, arrivals: Arrivals | readonly number[], more: Partial<Cohort> = {}): Cohort {
  return {
    ...declared(name),
    arrivals: 'kind' in arrivals ? arrivals : { kind: 'recorded', times: arrivals },
    attributes: [],
    ...more,
  };
}

export function every(mean: number): Arrivals {
  return { kind: 'every', between: draw('exponential', { mean }) };
}

export function pathway(body: readonly Activity[], cohorts: readonly string[], more: Partial<Pathway> = {}): Pathway {
  return { ...declared('P'), cohorts: cohorts.map((each) => ({ cohort: each })), body, ...more };
}

export function indicator(name: string, measure: Measure, more: Partial<Indicator> = {}): Indicator {
  return { ...declared(name), measure, dimension: { time: 0, money: 0 }, percentage: false, ...more };
}

export const census = (resourceId: string): Formula => ({ kind: 'census', resource: resourceId });
export const plus = (left: Formula, right: Formula): Formula => ({ kind: 'operation', operator: '+', left, right });

/** P(delay) as the stroke study defines it: P(census = n) / P(census <= n). */
export function delayProbability(of: Formula): Formula {
  const variable: Formula = { kind: 'variable', name: 'n' };
  const probability = (operator: '=' | '<='): Formula => ({
    kind: 'probability',
    condition: { kind: 'operation', operator, left: of, right: variable },
  });
  return { kind: 'operation', operator: '/', left: probability('='), right: probability('<=') };
}

export interface TestStudy {
  readonly run: number;
  readonly warmUp?: number;
  readonly seed?: number;
  readonly replications?: number;
  readonly start?: string;
  readonly timezone?: string;
  readonly indicators?: readonly string[];
  readonly present?: readonly PresentPatients[];
}

export function model(parts: Partial<Model>, study: TestStudy): Model {
  return emptyModel({
    sourceHash: '0'.repeat(64),
    title: 'Test',
    studies: [
      {
        ...declared('S'),
        scenarios: (parts.scenarios ?? []).map((each) => each.id),
        start: study.start ?? '2026-01-05T00:00',
        timezone: study.timezone ?? 'UTC',
        run: n(study.run),
        warmUp: n(study.warmUp ?? 0),
        replications: { kind: 'fixed', times: study.replications ?? 5 },
        seed: study.seed ?? 7,
        pathways: [],
        indicators: study.indicators ?? [],
        ...(study.present !== undefined && { present: study.present }),
      },
    ],
    ...parts,
  });
}

export function input(parts: Partial<Model>, study: TestStudy, scenario = ''): SimulationInput {
  return compileInput(model(parts, study), 'S', scenario);
}

/** Rows of the event log as `time who what subject`. */
export function log(
  parts: Partial<Model>,
  study: TestStudy,
  kinds: readonly string[] = ['start', 'end', 'finish', 'give up'],
): string[] {
  return traceReplication(input(parts, study), 0)
    .filter((row) => kinds.includes(row.what))
    .map((row) => `${row.time} ${row.patient} ${row.what} ${row.subject.replace('P.', '')}`.trim());
}

export function run(
  parts: Partial<Model>,
  study: TestStudy,
  replications = study.replications ?? 5,
): ReplicationResult[] {
  const compiled = input(parts, study);
  return Array.from({ length: replications }, (_, r) => runReplication(compiled, r));
}
