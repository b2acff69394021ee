import type { Activity, Model, Need } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { analyse, type OfferedLoad } from '../src/index.js';
import type { Request } from '../src/offered-load.js';
import { overloadsOf } from '../src/overloads.js';
import { care, hold, HOUR, ORIGIN, pathway, plain, resource, seconds, step, model } from './build.js';

const STATIONS = ['A', 'B', 'C', 'D', 'E'];

function loadOfStation(id: string, capacity: number | null): OfferedLoad {
  const nothing = { load: 0, utilisation: 0, requestRate: 0, meanTimeKept: 0, poisson: false };
  return { id, title: id, kind: 'resource', capacity, ...nothing };
}

function work(able: readonly string[], load: number): Request {
  const of = care([step('A')]);
  const activity = step('A');
  const visit = { activity, pathway: of.pathways[0]!, node: 0, visits: 1, delay: 0, kept: [1], amounts: [1] };
  return { cohort: 'c', visit, need: 0, station: able[0] ?? '', share: 1, able, rate: load, amount: 1, kept: 1 };
}

const oneOf = (...resources: string[]): Need => ({
  amount: plain(1),
  of: resources.map((id) => ({ kind: 'resource', resource: id })),
  origin: ORIGIN,
});
const found = (of: Model, code: string): string[] =>
  analyse(of)
    .diagnostics.filter((each) => each.code === code)
    .map(({ message }) => message);

describe('overloads', () => {
  it('are found wherever a set of stations has too much work of its own, and nowhere else', () => {
    let state = 12_345;
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((state / 2 ** 31) * below);
    };
    const some = (): string[] => STATIONS.filter(() => random(3) === 0);
    let overloaded = 0;
    for (let round = 0; round < 400; round++) {
      const loads = STATIONS.map((id) => loadOfStation(id, 1 + random(4)));
      const requests = Array.from({ length: 6 }, () => some())
        .filter((able) => able.length > 0)
        .map((able) => work(able, 1 + random(3)));
      // Every set of stations, one after the other.
      const isOverloaded = Array.from({ length: 31 }, (_, i) => STATIONS.filter((__, bit) => ((i + 1) >> bit) % 2 > 0))
        .map((set) => ({
          load: requests
            .filter(({ able }) => able.every((id) => set.includes(id)))
            .reduce((sum, { rate }) => sum + rate, 0),
          capacity: loads.filter(({ id }) => set.includes(id)).reduce((sum, each) => sum + (each.capacity ?? 0), 0),
        }))
        .some(({ load, capacity }) => load >= capacity);
      expect(overloadsOf(loads, requests).length > 0, `round ${round}`).toBe(isOverloaded);
      overloaded += Number(isOverloaded);
    }
    expect(overloaded).toBeGreaterThan(100);
    expect(overloaded).toBeLessThan(350);
  });

  it('are none where some of it has no limit, or its load is not known', () => {
    const loads = [loadOfStation('A', 1), loadOfStation('B', null)];
    expect(overloadsOf(loads, [work(['A', 'B'], 5), work(['A'], 0.5)])).toEqual([]);
    expect(overloadsOf(loads, [work(['A', 'C'], 5)])).toEqual([]);
    expect(overloadsOf(loads, [work(['A'], 5)]).map(({ load }) => load)).toEqual([5]);
  });

  // One patient an hour, who stays three hours, and two beds of either kind.
  const stay = step('S', { takes: seconds(3 * HOUR) });
  const resources = [resource('Bed', 2), resource('Couch', 2)];
  it.each<[string, Activity]>([
    ['a step', step('S', { needs: [oneOf('Bed', 'Couch')], takes: seconds(3 * HOUR) })],
    ['a hold', hold('H', 'Bed', [stay], { needs: [oneOf('Bed', 'Couch')] })],
    ['the least busy', hold('H', 'Bed', [stay], { policy: 'least busy', needs: [oneOf('Bed'), oneOf('Couch')] })],
    [
      'the first free',
      hold('H', 'Bed', [stay], { policy: 'first free', needs: [oneOf('Bed'), oneOf('Couch')], otherwise: [] }),
    ],
  ])('of one of two kinds of beds are those of both: %s', (_, activity) => {
    const loads = (of: Model): number[] => analyse(of).facts.loads.map(({ load }) => load);
    expect(loads(care([activity], { resources }))).toEqual([3, 0]);
    expect(found(care([activity], { resources }), 'PW5001')).toEqual([]);
    const [message, ...others] = found(
      care([activity], { resources: [resource('Bed', 2), resource('Couch', 1)] }),
      'PW5001',
    );
    expect(message).toMatch(/^Bed or Couch is asked for 3 at a time on average and has 3: /);
    expect(others).toEqual([]);
  });

  it('leave essential care what all that it may have can give', () => {
    const body = [step('S', { needs: [oneOf('Bed', 'Couch')], takes: seconds(3 * HOUR) })];
    const essential = { essential: { minimum: plain(0.9) } };
    const of = (couches: number): Model =>
      model({
        pathways: [pathway(body, essential)],
        resources: [resource('Bed', 1), resource('Couch', couches)],
      });
    expect(found(of(2), 'PW6001')).toEqual([]);
    expect(found(of(1), 'PW6001').join(' ')).toContain('66.7%');
  });
});
