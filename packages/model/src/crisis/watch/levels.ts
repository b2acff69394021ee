import { byId } from '../../by-id.js';
import { constantValue } from '../../evaluate.js';
import type { Model } from '../../model.js';
import type { Gauge, GaugeMember } from '../watching.js';

/**
 * What has a level of a scale: an organisation, or, without one, all together. Levels at organisations make no level of
 * all together by themselves; gauges bring them together.
 */
export interface LevelPlace {
  readonly scale: string;
  readonly organisation?: string;
}

/** A level, and the triggers and gauges that give it; at the calmest level nothing has to. */
export interface LevelNow extends LevelPlace {
  readonly level: string;
  readonly because: readonly string[];
}

/** The places that triggers, gauges or responses of a model speak of, in the order of scales and of first mention. */
export function levelPlaces(model: Model): readonly LevelPlace[] {
  const found = new Map<string, LevelPlace>();
  const add = (scale: string, organisation: string | undefined): void => {
    const key = placeKey(scale, organisation);
    if (!found.has(key)) found.set(key, { scale, ...(organisation !== undefined && { organisation }) });
  };
  for (const { sets } of model.triggers ?? []) if (sets !== undefined) add(sets.scale, sets.organisation);
  for (const gauge of model.gauges ?? []) {
    add(gauge.scale, gauge.organisation);
    for (const member of membersOf(gauge)) if (member.kind === 'organisation') add(gauge.scale, member.organisation);
  }
  for (const { activations } of model.responses ?? [])
    for (const each of activations) if (each.kind === 'level') add(each.scale, each.organisation);
  const order = (model.scales ?? []).map(({ id }) => id);
  return [...found.values()].sort((a, b) => order.indexOf(a.scale) - order.indexOf(b.scale));
}

export function placeKey(scale: string, organisation: string | undefined): string {
  return organisation === undefined ? scale : `${scale} at ${organisation}`;
}

function membersOf({ worstOf, counted }: Gauge): readonly GaugeMember[] {
  return [...worstOf, ...counted.flatMap(({ members }) => members)];
}

/** Points of a gauge's scores; undefined where a value of one is not known. */
export function scoreOf(
  gauge: Gauge,
  value: (reading: Gauge['scores'][number]['value']) => number | undefined,
  model: Model,
): number | undefined {
  let total = 0;
  for (const score of gauge.scores) {
    const found = value(score.value);
    if (found === undefined) return undefined;
    const line = score.points.find(({ below }) => {
      if (below === undefined) return true;
      const limit = constantValue(below, model);
      return limit !== undefined && found < limit;
    });
    total += line?.points ?? 0;
  }
  return total;
}

/** What gives levels at an instant. */
export interface LevelGivers {
  readonly activeTriggers: ReadonlySet<string>;
  /** Points of gauges with scores, as far as they are known. */
  readonly scores: ReadonlyMap<string, number>;
  /** Levels of gauges that are not read at this instant and stay as they are. */
  readonly held: ReadonlyMap<string, number>;
}

/**
 * The levels of all places and gauges, as indexes into their scale: the least ones that agree with everything that gives a
 * level. Gauges may look at each other in a circle: none of them has a level only because of itself.
 */
export function levelsNow(
  model: Model,
  givers: LevelGivers,
): { readonly places: ReadonlyMap<string, number>; readonly gauges: ReadonlyMap<string, number> } {
  const gauges = new Map<string, number>();
  const places = new Map<string, number>();
  const raise = (into: Map<string, number>, key: string, level: number): boolean => {
    if (level <= (into.get(key) ?? 0)) return false;
    into.set(key, level);
    return true;
  };
  for (const trigger of model.triggers ?? []) {
    const { id, sets } = trigger;
    if (sets === undefined || !givers.activeTriggers.has(id)) continue;
    raise(places, placeKey(sets.scale, sets.organisation), levelIndex(model, sets.scale, sets.level));
  }
  const memberLevel = (member: GaugeMember, scale: string): number =>
    (member.kind === 'gauge' ? gauges.get(member.gauge) : places.get(placeKey(scale, member.organisation))) ?? 0;
  for (let changed = true; changed;) {
    changed = false;
    for (const gauge of model.gauges ?? []) {
      const level =
        givers.held.get(gauge.id) ??
        gaugeLevel(gauge, model, givers.scores.get(gauge.id), (member) => memberLevel(member, gauge.scale));
      if (raise(gauges, gauge.id, level)) changed = true;
      if (raise(places, placeKey(gauge.scale, gauge.organisation), level)) changed = true;
    }
  }
  return { places, gauges };
}

function gaugeLevel(
  gauge: Gauge,
  model: Model,
  score: number | undefined,
  memberLevel: (member: GaugeMember) => number,
): number {
  const index = (level: string): number => levelIndex(model, gauge.scale, level);
  const reached = [
    ...gauge.thresholds.filter(({ from }) => score !== undefined && score >= from).map(({ level }) => index(level)),
    ...gauge.worstOf.map(memberLevel),
    ...gauge.counted
      .filter(({ members, least, count }) => members.filter((m) => memberLevel(m) >= index(least)).length >= count)
      .map(({ level }) => index(level)),
  ];
  return Math.max(0, ...reached);
}

/** The place of a level in its scale, the calmest 0; also 0 for one that is not there. */
export function levelIndex(model: Model, scale: string, level: string): number {
  return Math.max(0, byId(model.scales ?? [], scale)?.levels.findIndex(({ name }) => name === level) ?? 0);
}

/** The name of the level at a place of its scale. */
export function levelAt(model: Model, scale: string, index: number): string {
  return byId(model.scales ?? [], scale)?.levels[index]?.name ?? '';
}
