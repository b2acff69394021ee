import { byId } from '../../by-id.js';
import type { Model } from '../../model.js';
import { ModelError } from '../../model-error.js';
import type { Activation } from '../response.js';
import { levelAt, levelIndex, type LevelNow, type LevelPlace, placeKey } from './levels.js';

/** What there is at an instant that responses are called for by, and levels are given by. */
export interface Giving {
  /** Levels of places and gauges, as indexes into their scales. */
  readonly places: ReadonlyMap<string, number>;
  readonly gauges: ReadonlyMap<string, number>;
  readonly activeTriggers: ReadonlySet<string>;
}

/** The level of a place, with the triggers and gauges that give it, in order of declaration. */
export function levelWithGivers(model: Model, place: LevelPlace, { places, gauges, activeTriggers }: Giving): LevelNow {
  const { scale, organisation } = place;
  const index = places.get(placeKey(scale, organisation)) ?? 0;
  const triggers = (model.triggers ?? []).filter(
    ({ id, sets }) =>
      activeTriggers.has(id) &&
      sets?.scale === scale &&
      sets.organisation === organisation &&
      levelIndex(model, scale, sets.level) === index,
  );
  const own = (model.gauges ?? []).filter(
    (gauge) => gauge.scale === scale && gauge.organisation === organisation && gauges.get(gauge.id) === index,
  );
  const because = index === 0 ? [] : [...triggers, ...own].map(({ id }) => id);
  return { ...place, level: levelAt(model, scale, index), because };
}

/** Those of some activations that call now: triggers that are active, levels that are reached. */
export function callsAmong(
  model: Model,
  activations: readonly Activation[],
  { places, gauges, activeTriggers }: Giving,
): readonly Activation[] {
  return activations.filter((each) => {
    if (each.kind === 'trigger') return activeTriggers.has(each.trigger);
    const scale = each.kind === 'gauge' ? byId(model.gauges ?? [], each.gauge)?.scale : each.scale;
    if (scale === undefined)
      throw new ModelError(`There is no gauge ${'gauge' in each ? each.gauge : ''}.`, each.origin);
    const level =
      (each.kind === 'gauge' ? gauges.get(each.gauge) : places.get(placeKey(scale, each.organisation))) ?? 0;
    const wanted = levelIndex(model, scale, each.level);
    return each.only ? level === wanted : level >= wanted;
  });
}
