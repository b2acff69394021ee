import type { InputNeed, SimulationInput } from '../input/types.js';
import { TOLD_RESPONSE } from '../../engine/control.js';
import { mostOwnUnits } from '../input/step-functions.js';
import type { Program } from '../program/program.js';
import type { RunRecord, WaitingRecord } from './run-record.js';

/** Patients who can never go on, by what they wait for. */
export interface Locks {
  /** Facilities that they wait for while others of them keep its units. */
  readonly facilities: readonly number[];
  readonly patients: number;
  /** When the first of them began to wait. */
  readonly since: number;
  /** Facilities that are asked for more than they ever have. */
  readonly impossible: readonly number[];
}

/**
 * Finds a circular wait: whoever can still move is taken to give back all they keep, again and again; those who even
 * then cannot get what they wait for are locked.
 */
export function findLocks(program: Program, record: RunRecord): Locks {
  const { input } = program;
  // Whoever waits for a delivery waits for the calendar, not for others.
  const stocks = new Set(input.stocks.map(({ pool }) => pool));
  const inForce = changesInForce(input, record);
  const most = input.pools.map((pool, p) =>
    pool.capacity === 'unlimited' || stocks.has(p)
      ? Number.MAX_SAFE_INTEGER
      : mostOwnUnits(input, p) + addedUnits(input, p, inForce),
  );
  const waiting = grouped(record.waiting);
  const kept = grouped(record.kept);
  const free = [...most];
  for (const { pool, units } of record.kept) free[pool] = free[pool]! - units;
  const impossible = new Set<number>();
  /** The first of a request's needs that cannot be met with so many units; undefined when all can. */
  const unmet = (request: WaitingRecord, units: readonly number[]): InputNeed | undefined =>
    program.classes[request.requestClass]?.needs.find((need, k) =>
      need.of.every((target) => unitsOf(input, target, units, inForce) < (request.amounts[k] ?? 0)),
    );
  let moved = true;
  while (moved && waiting.size > 0) {
    moved = false;
    for (const [patient, requests] of waiting) {
      if (requests.some((request) => unmet(request, free) !== undefined)) continue;
      waiting.delete(patient);
      moved = true;
      for (const { pool, units } of kept.get(patient) ?? []) free[pool] = free[pool]! + units;
    }
  }
  const facilities = new Set<number>();
  let since = Number.POSITIVE_INFINITY;
  let patients = 0;
  for (const requests of waiting.values()) {
    let locked = false;
    for (const request of requests) {
      const never = unmet(request, most);
      const need = never ?? unmet(request, free);
      if (need === undefined) continue;
      const into = never === undefined ? facilities : impossible;
      for (const target of need.of) {
        for (const { pool } of input.targets[target]?.members ?? []) into.add(input.pools[pool]?.facility ?? 0);
      }
      if (never !== undefined) continue;
      locked = true;
      since = Math.min(since, request.since);
    }
    if (locked) patients++;
  }
  const sorted = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);
  return { facilities: sorted(facilities), patients, since, impossible: sorted(impossible) };
}

/** Changes of the responses that were in force at some time. */
function changesInForce({ control }: SimulationInput, record: RunRecord): ReadonlySet<number> {
  const responses = new Set(
    record.control?.told.flatMap(({ kind, subject }) => (kind === TOLD_RESPONSE ? [subject] : [])),
  );
  return new Set((control?.responses ?? []).flatMap(({ changes }, i) => (responses.has(i) ? changes : [])));
}

/** Units that responses added to a pool that were in force at some time. */
function addedUnits(
  { control, conversions = [] }: SimulationInput,
  pool: number,
  inForce: ReadonlySet<number>,
): number {
  return [...inForce].reduce((sum, i) => {
    const change = control?.changes[i];
    if (change?.kind === 'addition' && change.pool === pool) return sum + change.units;
    const conversion = change?.kind === 'conversion' ? conversions[change.conversion] : undefined;
    return conversion?.to === pool ? sum + conversion.units : sum;
  }, 0);
}

/** Units of a target, and of those who may stand in for it, of those that there are in each pool. */
function unitsOf(
  input: SimulationInput,
  target: number,
  units: readonly number[],
  inForce: ReadonlySet<number>,
): number {
  const { members = [], standIns = [] } = input.targets[target] ?? {};
  const others = standIns.flatMap((a) => {
    const allowance = input.control?.allowances[a];
    return allowance !== undefined && inForce.has(allowance.change) ? allowance.pools : [];
  });
  const pools = new Set([...members.map(({ pool }) => pool), ...others]);
  return [...pools].reduce((sum, pool) => sum + Math.max(0, units[pool]!), 0);
}

/** Records by their patient, in the order in which they come. */
function grouped<T extends { readonly patient: number }>(records: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const record of records) {
    const group = groups.get(record.patient);
    if (group === undefined) groups.set(record.patient, [record]);
    else group.push(record);
  }
  return groups;
}
