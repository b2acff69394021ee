import { byId } from '../../by-id.js';
import type { Model } from '../../model.js';
import type { Activation } from '../response.js';
import type { Reading, Signal } from '../watching.js';
import { alertsAfter } from './alerts-in-force.js';
import { callsAmong, type Giving, levelWithGivers } from './giving.js';
import { levelAt, type LevelNow, levelPlaces, levelsNow, placeKey, scoreOf } from './levels.js';
import type { LocalClock } from './local-clock.js';
import { readingKey, type SeenReading, valueOfReading, valuesSeen } from './reading-value.js';
import { judgeResponses } from './response-judging.js';
import { isInForce, NOT_IN_FORCE, responseDues, type ResponseState } from './response-state.js';
import { averagedOverTime, isMoving, NEVER_SEEN, sampled, type SignalState } from './signal-memory.js';
import { AT_REST, nextTriggerState, triggerDue, type TriggerState } from './trigger-state.js';
import { rulesOf, type WatchRules } from './watch-rules.js';
import type { AlertInForce, WatcherState, WatchEvent } from './watch-state.js';

/** A mean over time is looked at, while it changes of itself, so many times in its window. */
const LOOKS_IN_A_WINDOW = 60;

/**
 * Says at every moment which triggers are active, which levels there are and which responses are in force, and why, from
 * what is seen: the one definition of triggers, gauges, levels and responses, for real inputs and for what happens in a run.
 *
 * What is seen holds until something else is seen. At an instant everything that is seen then is taken in first, then
 * signals, triggers, gauges, levels and responses are judged, in this order, each once. What becomes due in between (a
 * condition that has lasted long enough, a sample, the end of an alert) is judged at its own instant, with what is known then.
 */
export class Watcher {
  readonly #model: Model;
  readonly #clock: LocalClock;
  readonly #responses: ReadonlySet<string>;
  readonly #rules: WatchRules;
  #state: WatcherState;
  /** Values of signals at the present instant, so that each is worked out once. */
  readonly #signalsNow = new Map<string, number | undefined>();

  /**
   * @param responses those at hand; all that are declared where nothing is said
   * @param state where an earlier watch of the same model ended
   * @throws ModelError for durations that are not constant
   */
  constructor(
    model: Model,
    clock: LocalClock,
    { responses, state }: { readonly responses?: readonly string[]; readonly state?: WatcherState } = {},
  ) {
    this.#model = model;
    this.#clock = clock;
    this.#responses = new Set(responses ?? (model.responses ?? []).map(({ id }) => id));
    this.#state = state ?? {
      time: null,
      observed: {},
      signals: {},
      gauges: {},
      triggers: {},
      alerts: {},
      responses: {},
    };
    this.#rules = rulesOf(model);
  }

  /** What it remembers; never changes afterwards. */
  get state(): WatcherState {
    return this.#state;
  }

  /** When something is due though nothing new is seen; undefined for never. */
  get due(): number | undefined {
    const { time } = this.#state;
    if (time === null) return undefined;
    const dues = [...this.#dues(time)].filter((due) => due > time);
    return dues.length === 0 ? undefined : dues.reduce((a, b) => Math.min(a, b));
  }

  /** Judges everything that becomes due up to `time`, itself included. @throws RangeError for a time that is over */
  advance(time: number): readonly WatchEvent[] {
    const events = this.#upTo(time);
    if (this.due === time) events.push(...this.#judge(time));
    return events;
  }

  /**
   * Takes in what is seen at `time`, and judges.
   * @param values by their keys (see readingKey); undefined is not known any more
   * @throws RangeError for a time that is over
   */
  observe(time: number, values: Iterable<readonly [key: string, value: number | undefined]>): readonly WatchEvent[] {
    const events = this.#upTo(time);
    const observed = new Map(Object.entries(this.#state.observed));
    for (const [key, value] of values) {
      if (value === undefined || !Number.isFinite(value)) observed.delete(key);
      else observed.set(key, value);
    }
    this.#state = { ...this.#state, observed: Object.fromEntries(observed) };
    return [...events, ...this.#judge(time)];
  }

  /**
   * Takes in messages that begin (or are said anew) and that end, and judges.
   * @param begun by the trigger that each fires; one whose end is not later than `time` is not taken in
   * @param ended by their ids, whatever they fire
   * @throws RangeError for a time that is over
   */
  alert(
    time: number,
    begun: readonly (AlertInForce & { readonly trigger: string })[],
    ended: readonly string[] = [],
  ): readonly WatchEvent[] {
    const events = this.#upTo(time);
    this.#state = { ...this.#state, alerts: alertsAfter(this.#state.alerts, begun, ended, time) };
    return [...events, ...this.#judge(time)];
  }

  /** The level of each place that the model speaks of, with what gives it. */
  levels(): readonly LevelNow[] {
    const { places, gauges } = this.#levels(this.#gaugeLevelsHeld());
    const giving = this.#giving(places, gauges);
    return levelPlaces(this.#model).map((place) => levelWithGivers(this.#model, place, giving));
  }

  /** Ids of the triggers that are active, in order of declaration. */
  activeTriggers(): readonly string[] {
    return (this.#model.triggers ?? []).map(({ id }) => id).filter((id) => this.#trigger(id).phase === 'active');
  }

  /** Ids of the responses in force, in order of declaration. */
  activeResponses(): readonly string[] {
    return (this.#model.responses ?? []).map(({ id }) => id).filter((id) => isInForce(this.#response(id)));
  }

  /** What calls for a response now. */
  callsFor(response: string): readonly Activation[] {
    const { places, gauges } = this.#levels(this.#gaugeLevelsHeld());
    const activations = byId(this.#model.responses ?? [], response)?.activations ?? [];
    return callsAmong(this.#model, activations, this.#giving(places, gauges));
  }

  /** The value of a reading as it is known now, canonical units; undefined where it is not. */
  value(reading: Reading): number | undefined {
    return valueOfReading(reading, (each) => this.#seen(each), this.#model);
  }

  #trigger(id: string): TriggerState {
    return this.#state.triggers[id] ?? AT_REST;
  }

  #response(id: string): ResponseState {
    return this.#state.responses[id] ?? NOT_IN_FORCE;
  }

  /** Everything that is due before a time, in order. */
  #upTo(time: number): WatchEvent[] {
    const { time: last } = this.#state;
    if (!Number.isFinite(time) || (last !== null && time < last))
      throw new RangeError(`The watch has come to ${String(last)} s and does not go back to ${time} s.`);
    const events: WatchEvent[] = [];
    for (let due = this.due; due !== undefined && due < time; due = this.due) events.push(...this.#judge(due));
    return events;
  }

  *#dues(time: number): Generator<number> {
    for (const list of Object.values(this.#state.alerts))
      for (const { until } of list) if (until !== undefined) yield until;
    for (const [id, rule] of this.#rules.triggers) {
      const due = triggerDue(this.#trigger(id), rule);
      if (due !== undefined) yield due;
    }
    for (const [id, rule] of this.#rules.responses) yield* responseDues(this.#response(id), rule);
    const sampledAt = [...(this.#model.signals ?? []), ...(this.#model.gauges ?? [])].flatMap((each) =>
      each.sampledAt === undefined ? [] : [each.sampledAt],
    );
    for (const minutes of new Set(sampledAt)) yield this.#clock.next(minutes, time);
    for (const signal of this.#model.signals ?? []) {
      const window = this.#rules.windows.get(signal.id);
      const state = this.#state.signals[signal.id];
      if (window === undefined || signal.sampledAt !== undefined || state === undefined || !isMoving(state)) continue;
      const step = window / LOOKS_IN_A_WINDOW;
      yield (Math.floor(time / step) + 1) * step;
    }
  }

  #judge(time: number): readonly WatchEvent[] {
    const events: WatchEvent[] = [];
    const isSampled = (minutes: number | undefined): boolean =>
      minutes === undefined || this.#clock.next(minutes, time - 1) === time;
    this.#readSignals(time, isSampled);
    const alerts = alertsAfter(this.#state.alerts, [], [], time);
    this.#state = { ...this.#state, time, alerts };
    const active = new Set(this.activeTriggers());
    this.#judgeTriggers(time, events);
    const before = this.#gaugeLevelsHeld();
    const earlier = this.#levels(before, active);
    this.#readScores(isSampled);
    const held = new Map([...before].filter(([id]) => !isSampled(byId(this.#model.gauges ?? [], id)?.sampledAt)));
    const { places, gauges } = this.#levels(held);
    this.#tellGauges(time, before, gauges, events);
    this.#tellLevels(time, earlier.places, places, gauges, events);
    const judged = judgeResponses(this.#model, {
      time,
      states: this.#state.responses,
      atHand: this.#responses,
      rules: this.#rules.responses,
      giving: this.#giving(places, gauges),
    });
    this.#state = { ...this.#state, responses: judged.states };
    events.push(...judged.events);
    return events;
  }

  #readSignals(time: number, isSampled: (minutes: number | undefined) => boolean): void {
    this.#signalsNow.clear();
    const signals: Record<string, SignalState> = { ...this.#state.signals };
    for (const signal of this.#model.signals ?? []) {
      const window = this.#rules.windows.get(signal.id);
      const state = signals[signal.id] ?? NEVER_SEEN;
      if (signal.sampledAt !== undefined) {
        if (isSampled(signal.sampledAt)) signals[signal.id] = sampled(state, time, this.#raw(signal), window);
      } else if (window !== undefined) {
        signals[signal.id] = averagedOverTime(state, time, this.#raw(signal), window);
      }
    }
    this.#signalsNow.clear();
    this.#state = { ...this.#state, signals };
  }

  /** What a signal reads, before it is averaged. */
  #raw(signal: Signal): number | undefined {
    const observed = this.#state.observed[signal.id];
    if (signal.reads.kind === 'series' || observed !== undefined) return observed;
    return this.value(signal.reads.value);
  }

  #seen(reading: SeenReading): number | undefined {
    if (reading.kind !== 'signal') return this.#state.observed[readingKey(reading, this.#model)];
    const signal = byId(this.#model.signals ?? [], reading.signal);
    if (signal === undefined) return undefined;
    if (signal.sampledAt !== undefined || this.#rules.windows.has(signal.id))
      return this.#state.signals[signal.id]?.value ?? undefined;
    if (this.#signalsNow.has(signal.id)) return this.#signalsNow.get(signal.id);
    // A signal that reads itself in a circle is not known.
    this.#signalsNow.set(signal.id, undefined);
    const value = this.#raw(signal);
    this.#signalsNow.set(signal.id, value);
    return value;
  }

  #judgeTriggers(time: number, events: WatchEvent[]): void {
    const triggers: Record<string, TriggerState> = { ...this.#state.triggers };
    for (const trigger of this.#model.triggers ?? []) {
      const { id, fires, until } = trigger;
      const rule = this.#rules.triggers.get(id);
      if (rule === undefined) continue;
      const alerts = (this.#state.alerts[id] ?? []).map((alert) => alert.id);
      const called = fires.kind === 'alert' ? alerts.length > 0 : this.#truth(fires.when);
      const state = this.#trigger(id);
      const sight = { called, ...(until !== undefined && { until: this.#truth(until) }) };
      const next = nextTriggerState(state, sight, rule, time);
      if (next === state) continue;
      triggers[id] = next;
      if (next.phase === state.phase) continue;
      const looked = [...(fires.kind === 'condition' ? [fires.when] : []), ...(until === undefined ? [] : [until])];
      const since = next.phase === 'rest' ? (state.calmSince ?? time) : state.phase === 'pending' ? state.since : time;
      const values = valuesSeen(looked, (each) => this.#seen(each), this.#model);
      events.push({
        kind: 'trigger',
        time,
        trigger: id,
        phase: next.phase,
        before: state.phase,
        since: since ?? time,
        values,
        alerts,
      });
    }
    this.#state = { ...this.#state, triggers };
  }

  #truth(reading: Reading): boolean | undefined {
    const value = this.value(reading);
    return value === undefined ? undefined : value !== 0;
  }

  #readScores(isSampled: (minutes: number | undefined) => boolean): void {
    const gauges: Record<string, { score: number | null; level: number }> = { ...this.#state.gauges };
    for (const gauge of this.#model.gauges ?? []) {
      if (gauge.scores.length === 0 || !isSampled(gauge.sampledAt)) continue;
      const score = scoreOf(gauge, (reading) => this.value(reading), this.#model);
      const known = gauges[gauge.id];
      if (score !== undefined) gauges[gauge.id] = { score, level: known?.level ?? 0 };
    }
    this.#state = { ...this.#state, gauges };
  }

  #gaugeLevelsHeld(): ReadonlyMap<string, number> {
    return new Map((this.#model.gauges ?? []).map(({ id }) => [id, this.#state.gauges[id]?.level ?? 0]));
  }

  #levels(
    held: ReadonlyMap<string, number>,
    activeTriggers: ReadonlySet<string> = new Set(this.activeTriggers()),
  ): ReturnType<typeof levelsNow> {
    const scores = new Map(
      Object.entries(this.#state.gauges).flatMap(([id, { score }]) => (score === null ? [] : [[id, score] as const])),
    );
    return levelsNow(this.#model, { activeTriggers, scores, held });
  }

  #giving(places: ReadonlyMap<string, number>, gauges: ReadonlyMap<string, number>): Giving {
    return { places, gauges, activeTriggers: new Set(this.activeTriggers()) };
  }

  #tellGauges(
    time: number,
    before: ReadonlyMap<string, number>,
    now: ReadonlyMap<string, number>,
    events: WatchEvent[],
  ): void {
    const gauges: Record<string, { score: number | null; level: number }> = { ...this.#state.gauges };
    for (const { id, scale } of this.#model.gauges ?? []) {
      const [was, is] = [before.get(id) ?? 0, now.get(id) ?? 0];
      if (was === is) continue;
      const score = gauges[id]?.score ?? null;
      gauges[id] = { score, level: is };
      const level = levelAt(this.#model, scale, is);
      const told = { kind: 'gauge', time, gauge: id, level, before: levelAt(this.#model, scale, was) } as const;
      events.push(score === null ? told : { ...told, score });
    }
    this.#state = { ...this.#state, gauges };
  }

  #tellLevels(
    time: number,
    before: ReadonlyMap<string, number>,
    now: ReadonlyMap<string, number>,
    gauges: ReadonlyMap<string, number>,
    events: WatchEvent[],
  ): void {
    const giving = this.#giving(now, gauges);
    for (const place of levelPlaces(this.#model)) {
      const key = placeKey(place.scale, place.organisation);
      const was = before.get(key) ?? 0;
      if (was === (now.get(key) ?? 0)) continue;
      const level = levelWithGivers(this.#model, place, giving);
      events.push({ kind: 'level', time, before: levelAt(this.#model, place.scale, was), ...level });
    }
  }
}
