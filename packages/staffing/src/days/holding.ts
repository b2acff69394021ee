import type {
  DailyDemand,
  Effect,
  LevelReference,
  Model,
  Patch,
  Response,
  RosterDeclaration,
  Spell,
} from '@pathway/model';
import { byId } from '@pathway/model';
import { dayOf } from '../duty/roster-days.js';

/** Something of a crisis or a response, and when it holds. */
export interface Holding<T> {
  readonly what: T;
  readonly spell: Spell;
}

/** How much of an hour something holds. */
export function held({ from, until }: Pick<Spell, 'from' | 'until'>, hour: number): number {
  return Math.max(0, Math.min(hour + 1, until) - Math.max(hour, from));
}

/** The effects of crises that hold at some time. */
export function effectsIn(model: Model, { spells }: DailyDemand): readonly Holding<Effect>[] {
  const effects = (model.crises ?? []).flatMap((crisis) => crisis.effects);
  return spells.flatMap((spell) => {
    const what = spell.kind === 'effect' ? effects.find(({ id }) => id === spell.id) : undefined;
    return what === undefined ? [] : [{ what, spell }];
  });
}

/** The responses that are in force at some time. */
function responsesIn(model: Model, { spells }: DailyDemand): readonly Holding<Response>[] {
  return spells.flatMap((spell) => {
    const what = spell.kind === 'response' ? byId(model.responses ?? [], spell.id) : undefined;
    return what === undefined ? [] : [{ what, spell }];
  });
}

/** Patches of one kind of the responses that are in force at some time. */
export function patchesIn<K extends Patch['kind']>(
  model: Model,
  daily: DailyDemand,
  kind: K,
): readonly (Holding<Extract<Patch, { readonly kind: K }>> & { readonly response: Response })[] {
  return responsesIn(model, daily).flatMap(({ what: response, spell }) =>
    response.patches
      .filter((patch): patch is Extract<Patch, { readonly kind: K }> => patch.kind === kind)
      .map((what) => ({ what, spell, response })),
  );
}

/**
 * The level of a scale that is reached in an hour, by its number; -1 for none. It is the highest of those that an alert sets,
 * that call for a response in force, or that a roster expects on that date: others are known from a run alone.
 */
export function reachedIn(
  model: Model,
  daily: DailyDemand,
  roster?: RosterDeclaration,
): (scale: string, hour: number) => number {
  const levelsOf = (scale: string): readonly string[] =>
    byId(model.scales ?? [], scale)?.levels.map(({ name }) => name) ?? [];
  const spans: { readonly scale: string; readonly rank: number; readonly from: number; readonly until: number }[] = [];
  const add = (level: Pick<LevelReference, 'scale' | 'level'> | undefined, from: number, until: number): void => {
    if (level !== undefined)
      spans.push({ scale: level.scale, rank: levelsOf(level.scale).indexOf(level.level), from, until });
  };
  for (const { what, spell } of effectsIn(model, daily))
    if (what.kind === 'alert') add(byId(model.triggers ?? [], what.trigger)?.sets, spell.from, spell.until);
  for (const { what, spell } of responsesIn(model, daily))
    for (const activation of what.activations) {
      if (activation.kind === 'trigger')
        add(byId(model.triggers ?? [], activation.trigger)?.sets, spell.from, spell.until);
      else {
        const scale =
          activation.kind === 'level' ? activation.scale : byId(model.gauges ?? [], activation.gauge)?.scale;
        if (scale !== undefined) add({ scale, level: activation.level }, spell.from, spell.until);
      }
    }
  for (const { scale, level, since, until } of roster?.levels ?? []) {
    const first = dayOf({ from: daily.from, days: daily.days }, since);
    const last = until === undefined ? daily.days : dayOf({ from: daily.from, days: daily.days }, until) + 1;
    add({ scale, level }, first * 24, last * 24);
  }
  return (scale, hour) =>
    spans.reduce((most, each) => (each.scale === scale && held(each, hour) > 0 ? Math.max(most, each.rank) : most), -1);
}
