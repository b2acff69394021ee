import { emptyModel } from '@pathway/model';
import type {
  Activity,
  Branch,
  Call,
  Choose,
  Cohort,
  Expression,
  Finish,
  GoTo,
  Hold,
  Model,
  Need,
  Organisation,
  Origin,
  Pathway,
  Release,
  Repeat,
  Resource,
  Role,
  Step,
  Together,
} from '@pathway/model';

/** For maps that show no patients who pass from one organisation to another. */
export const NO_FLOWS = { flows: () => [], waysBetween: () => ({ ways: [], lost: [] }) };

let line = 0;

/** Lines count on, so that every made element has an origin of its own. */
export function nextOrigin(): Origin {
  line += 1;
  return { file: 'care.pathway', line, column: 1, endLine: line, endColumn: 20 };
}

/** Starts counting lines anew, so that a model made twice is the same. */
export function resetOrigins(): void {
  line = 0;
}

export function seconds(value: number): Expression {
  return { kind: 'number', value, dimension: { time: 1, money: 0 } };
}

export function minutes(value: number): Expression {
  return { ...seconds(value * 60), kind: 'number', value: value * 60, dimension: { time: 1, money: 0 }, unit: 'min' };
}

export function days(value: number): Expression {
  return { kind: 'number', value: value * 86_400, dimension: { time: 1, money: 0 }, unit: 'd' };
}

export function plain(value: number): Expression {
  return { kind: 'number', value, dimension: { time: 0, money: 0 } };
}

export function percent(value: number): Expression {
  return { kind: 'number', value: value / 100, dimension: { time: 0, money: 0 }, unit: '%' };
}

export function under(attribute: string, limit: number): Expression {
  return { kind: 'binary', operator: '<', left: { kind: 'attribute', name: attribute }, right: plain(limit) };
}

export function lognormal(mean: Expression, sd: Expression): Expression {
  return { kind: 'distribution', family: 'lognormal', parameters: { mean, sd }, dimension: { time: 1, money: 0 } };
}

export function someone(role: string, amount = 1): Need {
  return { amount: plain(amount), of: [{ kind: 'role', role }], origin: nextOrigin() };
}

export function something(resource: string, amount = 1): Need {
  return { amount: plain(amount), of: [{ kind: 'resource', resource }], origin: nextOrigin() };
}

export function organisation(id: string, title: string): Organisation {
  return { id, name: id, title, origin: nextOrigin(), contact: {} };
}

export function role(id: string, title: string): Role {
  return { id, name: id, title, origin: nextOrigin(), codes: {}, skills: [] };
}

export function resource(id: string, title: string, at?: string): Resource {
  return {
    id,
    name: id,
    title,
    origin: nextOrigin(),
    resourceKind: 'space',
    count: { rules: [], otherwise: plain(4) },
    ...(at === undefined ? {} : { organisation: at }),
  };
}

export function cohort(id: string, title: string, attributes: Cohort['attributes'] = []): Cohort {
  return { id, name: id, title, origin: nextOrigin(), attributes };
}

export function oneOf(name: string, shares: Readonly<Record<string, number>>): Cohort['attributes'][number] {
  const options = Object.entries(shares).map(([value, share]) => ({ value, share: percent(share) }));
  return { name, origin: nextOrigin(), value: { kind: 'one of', options }, categories: Object.keys(shares) };
}

export function pathway(id: string, title: string, body: readonly Activity[], more: Partial<Pathway> = {}): Pathway {
  return { id, name: id, title, origin: nextOrigin(), cohorts: [], body, ...more };
}

export function step(name: string, at: string | undefined, more: Partial<Step> = {}): Step {
  return {
    kind: 'step',
    id: `P.${name}`,
    name,
    origin: nextOrigin(),
    needs: [],
    costs: [],
    dependsOn: [],
    remote: false,
    ...(at === undefined ? {} : { organisation: at }),
    ...more,
  };
}

export function hold(name: string, needs: readonly Need[], body: readonly Activity[], more: Partial<Hold> = {}): Hold {
  return {
    kind: 'hold',
    id: `P.${name}`,
    name,
    origin: nextOrigin(),
    policy: 'all',
    needs,
    freesFirst: false,
    body,
    ...more,
  };
}

export function shareBranch(label: string, share: number, body: readonly Activity[]): Branch {
  return { origin: nextOrigin(), label, when: { kind: 'share', share: percent(share) }, body };
}

export function categoryBranch(value: string, body: readonly Activity[]): Branch {
  return { origin: nextOrigin(), label: value, when: { kind: 'category', values: [value] }, body };
}

export function conditionBranch(label: string, condition: Expression, body: readonly Activity[]): Branch {
  return { origin: nextOrigin(), label, when: { kind: 'condition', condition }, body };
}

export function otherwise(body: readonly Activity[], label = 'otherwise'): Branch {
  return { origin: nextOrigin(), label, when: { kind: 'otherwise' }, body };
}

export function choose(id: string, by: Choose['by'], branches: readonly Branch[], more: Partial<Choose> = {}): Choose {
  return { kind: 'choose', id: `P.#${id}`, origin: nextOrigin(), by, branches, ...more };
}

export function together(id: string, branches: Readonly<Record<string, readonly Activity[]>>): Together {
  const made = Object.entries(branches).map(([name, body]) => ({ name, origin: nextOrigin(), body }));
  return { kind: 'together', id: `P.#${id}`, origin: nextOrigin(), branches: made };
}

export function repeat(id: string, body: readonly Activity[], more: Partial<Repeat>): Repeat {
  return { kind: 'repeat', id: `P.#${id}`, origin: nextOrigin(), body, ...more };
}

export function goTo(id: string, to: string): GoTo {
  return { kind: 'go to', id: `P.#${id}`, origin: nextOrigin(), to: `P.${to}` };
}

export function call(id: string, called: string): Call {
  return { kind: 'call', id: `P.#${id}`, origin: nextOrigin(), pathway: called };
}

export function finish(id: string, outcome: string): Finish {
  return { kind: 'finish', id: `P.#${id}`, origin: nextOrigin(), outcome };
}

export function release(id: string, targets: readonly string[], from: string): Release {
  return { kind: 'release', id: `P.#${id}`, origin: nextOrigin(), targets, hold: `P.${from}` };
}

export function model(parts: Partial<Model>): Model {
  return emptyModel({
    sourceHash: '',
    title: 'Test',
    ...parts,
  });
}
