import type { Program } from '../program/program.js';
import type { Pools } from './pools.js';
import { type Population, WAITING } from './population.js';

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
export function findLocks(program: Program, population: Population, pools: Pools): Locks {
  const most = program.input.pools.map((pool) =>
    pool.capacity === 'unlimited' ? Number.MAX_SAFE_INTEGER : Math.max(...pool.capacity.value),
  );
  const waiting = new Map<number, number[]>();
  for (let token = 0; token < population.tokenEnd; token++) {
    const patient = population.patient[token]!;
    if (patient < 0 || population.state[token] !== WAITING) continue;
    if (population.deadline[token] !== Number.POSITIVE_INFINITY) continue;
    waiting.set(patient, [...(waiting.get(patient) ?? []), token]);
  }
  const kept = keptUnits(population, pools, waiting);
  const free = most.map((units, pool) => units - (kept.total.get(pool) ?? 0));
  const impossible = new Set<number>();
  const canHave = (token: number, units: readonly number[]): number => {
    const c = population.requestClass[token]!;
    for (let need = program.classNeeds[c]!; need < program.classNeeds[c + 1]!; need++) {
      const amount = population.amount[token * population.needs + need - program.classNeeds[c]!]!;
      const targets = [...program.needTargets[need]!];
      const enough = targets.some((target) => {
        const members = program.targetPools[target]!;
        return members.reduce((sum, pool) => sum + Math.max(0, units[pool]!), 0) >= amount;
      });
      if (!enough) return need;
    }
    return -1;
  };
  let moved = true;
  while (moved && waiting.size > 0) {
    moved = false;
    for (const [patient, tokens] of waiting) {
      if (tokens.some((token) => canHave(token, free) >= 0)) continue;
      waiting.delete(patient);
      moved = true;
      for (const [pool, units] of kept.byPatient.get(patient) ?? []) free[pool] = free[pool]! + units;
    }
  }
  const facilities = new Set<number>();
  let since = Number.POSITIVE_INFINITY;
  let patients = 0;
  for (const tokens of waiting.values()) {
    let locked = false;
    for (const token of tokens) {
      const never = canHave(token, most);
      const need = never >= 0 ? never : canHave(token, free);
      if (need < 0) continue;
      const into = never >= 0 ? impossible : facilities;
      for (const target of program.needTargets[need]!) {
        for (const pool of program.targetPools[target]!) into.add(pools.facility[pool]!);
      }
      if (never < 0) locked = true;
      if (never < 0) since = Math.min(since, population.requestTime[token]!);
    }
    if (locked) patients++;
  }
  const sorted = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);
  return { facilities: sorted(facilities), patients, since, impossible: sorted(impossible) };
}

/** What those who wait keep meanwhile, in all their tokens. */
function keptUnits(
  population: Population,
  pools: Pools,
  waiting: ReadonlyMap<number, readonly number[]>,
): { total: Map<number, number>; byPatient: Map<number, Map<number, number>> } {
  const total = new Map<number, number>();
  const byPatient = new Map<number, Map<number, number>>();
  for (let token = 0; token < population.tokenEnd; token++) {
    const patient = population.patient[token]!;
    if (patient < 0 || !waiting.has(patient)) continue;
    const own = byPatient.get(patient) ?? new Map<number, number>();
    byPatient.set(patient, own);
    for (let i = 0; i < population.slots; i++) {
      let grant = population.slot[token * population.slots + i]!;
      while (grant >= 0) {
        const pool = pools.grantPool[grant]!;
        const units = pools.grantUnits[grant]!;
        own.set(pool, (own.get(pool) ?? 0) + units);
        total.set(pool, (total.get(pool) ?? 0) + units);
        grant = pools.grantNext[grant]!;
      }
    }
  }
  return { total, byPatient };
}
