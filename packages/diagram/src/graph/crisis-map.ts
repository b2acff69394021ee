import {
  type AlertFilter,
  type GaugeMember,
  type Model,
  readingText,
  signalsIn,
  type Trigger,
  titleOf,
} from '@pathway/model';
import { crisisHits, crisisNotes } from './crisis-hits.js';
import { CRISIS_STAGES, type CrisisStage } from './crisis-stages.js';
import { LevelPoints } from './level-points.js';
import { MapBuilder } from './map-builder.js';
import { mapWords, type MapWords } from './map-words.js';
import type { PathwayGraph } from './graph.js';

import { patchEffects } from './patch-effects.js';

/** Whether there is anything to draw on a crisis map. */
export function hasCrisisMap(model: Model): boolean {
  return [model.crises, model.responses, model.triggers, model.gauges].some((each) => (each ?? []).length > 0);
}

/**
 * From what is seen to what is done: signals, triggers and gauges, levels, responses and the places that they change; and
 * beside these, crises with what they hit.
 * @throws RangeError when the model has neither crises nor responses nor anything that calls for them
 */
export function crisisMapGraph(model: Model): PathwayGraph {
  if (!hasCrisisMap(model)) throw new RangeError('There is no crisis map to draw: the model declares no crisis.');
  const map = new MapBuilder<CrisisStage>();
  const words = mapWords(model);
  const levels = new LevelPoints(model, map);
  addSignals(model, map, words);
  addTriggers(model, map, words, levels);
  addGauges(model, map, words, levels);
  addResponses(model, map, words, levels);
  addCrises(model, map, words);
  const { responses = [], crises = [] } = model;
  const description = `Map of ${counted(crises.length, 'crisis', 'crises')} and ${counted(responses.length, 'response', 'responses')}.`;
  return map.finished(`Crisis map of ${model.title}`, description, CRISIS_STAGES);
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

type CrisisMap = MapBuilder<CrisisStage>;

function addSignals({ signals = [] }: Model, map: CrisisMap, words: MapWords): void {
  for (const signal of signals) {
    const { reads, unit } = signal;
    const source = reads.kind === 'series' ? `${reads.column} of ${reads.file}` : readingText(reads.value, words.name);
    const over = signal.averagedOver === undefined ? [] : [`mean over ${words.duration(signal.averagedOver)}`];
    const notes = [source, ...(unit === undefined ? [] : [`in ${unit}`]), ...over];
    map.add('Signals', { id: signal.id, title: titleOf(signal), notes, origin: signal.origin });
  }
  for (const { id, reads } of signals) {
    if (reads.kind === 'measure') for (const from of signalsIn(reads.value)) map.join(from, id);
  }
}

function addTriggers({ triggers = [] }: Model, map: CrisisMap, words: MapWords, levels: LevelPoints): void {
  for (const trigger of triggers) {
    const { id, origin, sets, fires, until } = trigger;
    map.add('Triggers and gauges', { id, title: titleOf(trigger), notes: triggerNotes(trigger, words), origin });
    const read = [...(fires.kind === 'condition' ? [fires.when] : []), ...(until === undefined ? [] : [until])];
    for (const signal of read.flatMap(signalsIn)) map.join(signal, id);
    if (sets !== undefined) map.join(id, levels.of(sets, origin), 'sets');
  }
}

function triggerNotes({ fires, until, calm }: Trigger, words: MapWords): readonly string[] {
  const lasting = (kind: string, time: Parameters<MapWords['duration']>[0] | undefined): string =>
    time === undefined ? kind : `${kind} for ${words.duration(time)}`;
  const when =
    fires.kind === 'alert'
      ? `on alert ${alertText(fires.filter, words)}`.trim()
      : lasting(`when ${readingText(fires.when, words.name)}`, fires.lasting);
  return [when, ...(until === undefined ? [] : [lasting(`until ${readingText(until, words.name)}`, calm)])];
}

function alertText(filter: AlertFilter, words: MapWords): string {
  const { events, categories, severities, urgencies, certainties, territories } = filter;
  const parts = [events, categories, severities, urgencies, certainties].map((each) => each.join(' or '));
  const area = territories.length === 0 ? [] : [`in ${territories.map(words.name).join(' or ')}`];
  return [...parts.filter((part) => part !== ''), ...area].join(', ');
}

function addGauges({ gauges = [] }: Model, map: CrisisMap, words: MapWords, levels: LevelPoints): void {
  for (const gauge of gauges) {
    const { id, origin, scores, worstOf, counted: rules } = gauge;
    const members =
      worstOf.length === 0 ? [] : [`worst of ${worstOf.map((each) => memberName(each, words)).join(', ')}`];
    const notes = [...scores.map(({ value }) => readingText(value, words.name)), ...members];
    for (const { level, count, least } of rules) notes.push(`${level} when ${count} have ${least}`);
    map.add('Triggers and gauges', { id, title: titleOf(gauge), notes, origin });
  }
  for (const gauge of gauges) {
    const { id, scores, worstOf, counted: rules } = gauge;
    for (const signal of scores.flatMap(({ value }) => signalsIn(value))) map.join(signal, id);
    for (const member of [...worstOf, ...rules.flatMap(({ members }) => members)])
      if (member.kind === 'gauge') map.join(member.gauge, id);
    for (const { level, from, origin } of gauge.thresholds)
      map.join(id, levels.ofGauge(gauge, level, origin), `from ${counted(from, 'point', 'points')}`);
    for (const { level, origin } of rules) map.join(id, levels.ofGauge(gauge, level, origin));
  }
}

function memberName(member: GaugeMember, words: MapWords): string {
  return words.name(member.kind === 'gauge' ? member.gauge : member.organisation);
}

function addResponses(model: Model, map: CrisisMap, words: MapWords, levels: LevelPoints): void {
  const { responses = [], gauges = [] } = model;
  for (const response of responses) {
    const { id, origin, priority, atMost, recovery } = response;
    const notes = [
      ...(priority === undefined ? [] : [`priority ${priority}`]),
      ...(atMost === undefined ? [] : [`for at most ${words.duration(atMost)}`]),
      ...(recovery.delay === undefined ? [] : [`recovers after ${words.duration(recovery.delay)}`]),
    ];
    map.add('Responses', { id, title: titleOf(response), notes, origin });
    for (const patch of response.patches) {
      for (const { of, effect } of patchEffects(patch, words)) {
        addTarget(map, words, of);
        map.join(id, of, effect);
      }
    }
  }
  // Every level is there before the ways from those above it are drawn.
  const calls = responses.flatMap(({ id, activations }) =>
    activations.flatMap((call) => {
      if (call.kind === 'trigger') {
        map.join(call.trigger, id);
        return [];
      }
      const gauge = call.kind === 'gauge' ? gauges.find((each) => each.id === call.gauge) : undefined;
      if (call.kind === 'gauge' && gauge === undefined) return [];
      const point =
        call.kind === 'level' ? levels.of(call, call.origin) : gauge && levels.ofGauge(gauge, call.level, call.origin);
      return point === undefined ? [] : [{ id, point, only: call.only }];
    }),
  );
  for (const gauge of gauges) if (gauge.worstOf.length > 0) levels.joinAllOf(gauge);
  for (const { id, point, only } of calls) {
    if (only) map.join(point, id, 'only');
    else for (const each of levels.from(point)) map.join(each, id);
  }
}

function addCrises({ crises = [] }: Model, map: CrisisMap, words: MapWords): void {
  for (const crisis of crises) {
    map.add('Crises', {
      id: crisis.id,
      title: titleOf(crisis),
      notes: crisisNotes(crisis, words),
      origin: crisis.origin,
    });
    for (const { of, effect } of crisis.effects.flatMap((each) => crisisHits(each, words))) {
      addTarget(map, words, of);
      map.join(crisis.id, of, effect, true);
    }
  }
}

/** What a response changes or a crisis hits; a trigger that an alert fires stands among the triggers already. */
function addTarget(map: CrisisMap, words: MapWords, id: string): void {
  const element = words.element(id);
  if (element === undefined) return;
  const { title, what, group, origin } = element;
  map.add('What changes', { id, title, notes: [what], group, origin });
}
