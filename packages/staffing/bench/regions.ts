import { randomNumbers } from '../src/roster/random.js';
import type { MixMatch, MixNeed, MixPool, MixProblem } from '../src/skills/skill-mix.js';

const HOURS = [8, 8, 9];
const SHARES = [1, 0.9, 0.6];
const GRADES = 3;
/** Lent people lose two ways of half an hour on a shift of eight hours. */
const LENT_SPEED = 1 - 1 / 8;
const STAND_IN_SPEED = 0.8;

/**
 * Sites that lend people to their two neighbours on either side, each with roles in families of three grades: whoever has a
 * higher grade can do the work of a lower one, and a lower one stands in for the next above under supervision (one for three).
 * A fifth of the people of each role have a skill of the next family as well. On average one of twenty is missing, here more
 * and there fewer.
 */
export function region(sites: number, roles: number, days: number, seed: number): MixProblem {
  const random = randomNumbers(seed);
  const turns = Array.from({ length: days * HOURS.length }, (_, turn) => ({ id: `${turn}`, hours: HOURS[turn % 3]! }));
  const tasks = Array.from({ length: sites * roles }, (_, index) => ({ id: `T${index}` }));
  const needs: MixNeed[] = [];
  const pools: MixPool[] = [];
  const homes: { readonly site: number; readonly skills: readonly number[] }[] = [];
  for (const task of tasks.keys()) {
    const size = 1 + random() * 6;
    const [site, role] = [Math.floor(task / roles), task % roles];
    const below = Array.from({ length: (role % GRADES) + 1 }, (_, step) => role - step);
    const [onDuty, both]: [number[], number[]] = [[], []];
    for (const [turn, { hours }] of turns.entries()) {
      const mean = size * SHARES[turn % 3]!;
      needs.push({ task, required: Math.max(1, Math.round(mean * (0.7 + 0.6 * random()))), hours, turns: [turn] });
      const people = Math.max(0, Math.round(mean * 0.95 * (0.7 + 0.6 * random())));
      const also = Math.round(people * 0.4 * random());
      onDuty.push(people - also);
      both.push(also);
    }
    const cost = 22 + 8 * (role % GRADES);
    pools.push({ id: `P${task}`, onDuty, cost }, { id: `P${task} both`, onDuty: both, cost: cost + 2 });
    homes.push({ site, skills: below }, { site, skills: [...below, (role + GRADES) % roles] });
  }
  return { turns, pools, tasks, needs, matches: matchesOf(sites, roles, homes), shortCost: 8 * 40, disruptionCost: 2 };
}

function matchesOf(
  sites: number,
  roles: number,
  homes: readonly { readonly site: number; readonly skills: readonly number[] }[],
): readonly MixMatch[] {
  const matches: MixMatch[] = [];
  const able = new Map<number, number[]>();
  for (const [pool, { site, skills }] of homes.entries())
    for (let away = -2; away <= 2; away += 1)
      for (const skill of skills) {
        const task = ((site + away + sites) % sites) * roles + skill;
        if (away === 0) able.set(task, [...(able.get(task) ?? []), pool]);
        matches.push({ pool, task, speed: away === 0 ? 1 : LENT_SPEED, kind: away === 0 ? 'own' : 'lent' });
      }
  const rules = new Map<number, { readonly ratio: number; readonly by: readonly number[] }>();
  for (const [pool, { site, skills }] of homes.entries()) {
    const above = skills[0]! + 1;
    if (above % GRADES === 0) continue;
    const task = site * roles + above;
    const supervision = rules.get(task) ?? { ratio: 3, by: able.get(task) ?? [] };
    rules.set(task, supervision);
    matches.push({ pool, task, speed: STAND_IN_SPEED, kind: 'substitute', supervision });
  }
  return matches;
}
