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
import { type CrisisStage, crisisStages } from './crisis-stages.js';
import { LevelPoints } from './level-points.js';
import { MapBuilder } from './map-builder.js';
import { mapWords, type MapWords } from './map-words.js';
import type { PathwayGraph } from './graph.js';
import { patchEffects } from './patch-effects.js';
import { alternatives } from './wording.js';
import type { DrawingWords } from './words.js';

/** Whether there is anything to draw on a crisis map. */
export function hasCrisisMap(model: Model): boolean {
  return [model.crises, model.responses, model.triggers, model.gauges].some((each) => (each ?? []).length > 0);
}

/**
 * From what is seen to what is done: signals, triggers and gauges, levels, responses and the places that they change; and
 * beside these, crises with what they hit.
 * @throws RangeError when the model has neither crises nor responses nor anything that calls for them
 */
export function crisisMapGraph(model: Model, language?: DrawingWords): PathwayGraph {
  if (!hasCrisisMap(model)) throw new RangeError('There is no crisis map to draw: the model declares no crisis.');
  const map = new MapBuilder<CrisisStage>();
  const words = mapWords(model, language);
  const { say } = words;
  const levels = new LevelPoints(model, map, words);
  addSignals(model, map, words);
  addTriggers(model, map, words, levels);
  addGauges(model, map, words, levels);
  addResponses(model, map, words, levels);
  addCrises(model, map, words);
  const { responses = [], crises = [] } = model;
  const crisisCount = crises.length === 1 ? say`1 crisis` : say`${crises.length} crises`;
  const responseCount = responses.length === 1 ? say`1 response` : say`${responses.length} responses`;
  return map.finished(
    say`Crisis map of ${model.title}`,
    say`Map of ${crisisCount} and ${responseCount}.`,
    crisisStages(words),
  );
}

type CrisisMap = MapBuilder<CrisisStage>;

function addSignals({ signals = [] }: Model, map: CrisisMap, words: MapWords): void {
  const { say } = words;
  for (const signal of signals) {
    const { reads, unit } = signal;
    const source =
      reads.kind === 'series' ? say`column ${reads.column} of ${reads.file}` : readingText(reads.value, words.name);
    const over = signal.averagedOver === undefined ? [] : [say`mean over ${words.duration(signal.averagedOver)}`];
    const notes = [source, ...(unit === undefined ? [] : [say`measured in ${unit}`]), ...over];
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
    if (sets !== undefined) map.join(id, levels.of(sets, origin), words.say`sets`);
  }
}

function triggerNotes({ fires, until, calm }: Trigger, words: MapWords): readonly string[] {
  const { say } = words;
  const reading = (each: Parameters<typeof readingText>[0]): string => readingText(each, words.name);
  const begins = (): string => {
    if (fires.kind === 'alert') {
      const alert = alertText(fires.filter, words);
      return alert === '' ? say`on alert` : say`on alert ${alert}`;
    }
    const seen = reading(fires.when);
    return fires.lasting === undefined ? say`when ${seen}` : say`when ${seen} for ${words.duration(fires.lasting)}`;
  };
  if (until === undefined) return [begins()];
  const calmed = reading(until);
  return [
    begins(),
    calm === undefined ? say`ends when ${calmed}` : say`ends when ${calmed} for ${words.duration(calm)}`,
  ];
}

function alertText(filter: AlertFilter, words: MapWords): string {
  const { events, categories, severities, urgencies, certainties, territories } = filter;
  const parts = [events, categories, severities, urgencies, certainties].map((each) => alternatives(words, each));
  const area = territories.length === 0 ? [] : [words.say`in ${alternatives(words, territories.map(words.name))}`];
  return [...parts.filter((part) => part !== ''), ...area].join(', ');
}

function addGauges({ gauges = [] }: Model, map: CrisisMap, words: MapWords, levels: LevelPoints): void {
  const { say } = words;
  for (const gauge of gauges) {
    const { id, origin, scores, worstOf, counted: rules } = gauge;
    const members =
      worstOf.length === 0 ? [] : [say`worst of ${worstOf.map((each) => memberName(each, words)).join(', ')}`];
    const notes = [...scores.map(({ value }) => readingText(value, words.name)), ...members];
    for (const { level, count, least } of rules) notes.push(say`${level} when ${count} have ${least}`);
    map.add('Triggers and gauges', { id, title: titleOf(gauge), notes, origin });
  }
  for (const gauge of gauges) {
    const { id, scores, worstOf, counted: rules } = gauge;
    for (const signal of scores.flatMap(({ value }) => signalsIn(value))) map.join(signal, id);
    for (const member of [...worstOf, ...rules.flatMap(({ members }) => members)])
      if (member.kind === 'gauge') map.join(member.gauge, id);
    for (const { level, from, origin } of gauge.thresholds)
      map.join(id, levels.ofGauge(gauge, level, origin), from === 1 ? say`from 1 point` : say`from ${from} points`);
    for (const { level, origin } of rules) map.join(id, levels.ofGauge(gauge, level, origin));
  }
}

function memberName(member: GaugeMember, words: MapWords): string {
  return words.name(member.kind === 'gauge' ? member.gauge : member.organisation);
}

function addResponses(model: Model, map: CrisisMap, words: MapWords, levels: LevelPoints): void {
  const { say } = words;
  const { responses = [], gauges = [] } = model;
  for (const response of responses) {
    const { id, origin, priority, atMost, recovery } = response;
    const notes = [
      ...(priority === undefined ? [] : [say`priority ${priority}`]),
      ...(atMost === undefined ? [] : [say`for at most ${words.duration(atMost)}`]),
      ...(recovery.delay === undefined ? [] : [say`recovers after ${words.duration(recovery.delay)}`]),
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
    if (only) map.join(point, id, say`only`);
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
