import {
  type Activation,
  byId,
  constantValue,
  type Crisis,
  type CrisisMoment,
  elapsedAt,
  type Expression,
  localTimeAt,
  meanOfExpression,
  type Model,
  type Response,
  scenarioChain,
  SECONDS,
  type Span,
  type Spell,
  type StudyCalendar,
  titleOf,
} from '@pathway/model';
import { periodOf } from './arrival-rate.js';
import { neverTogether } from './checks/crisis/response-sets.js';

/** Days that are looked at where no end is said, and at most after the first. */
const MOST_DAYS = 91;

/** What holds when in a scenario, in hours after the midnight of a day. */
export interface CrisisSpells {
  /** ISO date of that day, on which the first of it begins. */
  readonly from: string;
  readonly spells: readonly Spell[];
  readonly notes: readonly string[];
}

/** Dates, both inclusive, on which responses are known to be in force. */
export interface ResponseDays {
  readonly response: string;
  readonly from: string;
  readonly until: string;
}

interface Seconds {
  readonly from: number;
  readonly until: number;
}

/**
 * The effects of a scenario's crises and the responses that are at hand, with the times at which they hold. An effect lasts as in
 * a run, one whose length is drawn for its mean. A response that an alert of a crisis calls for, alone or by a level that the
 * alert sets, is in force while the alert is; so many other responses as go together are taken to be in force for as long as the
 * crises last, since a run alone tells. Undefined where nothing happens.
 * @param known the days of responses where they are known: none is assumed then, beside those that alerts call for
 * @throws ModelError for an unknown scenario
 */
export function crisisSpells(
  model: Model,
  scenarioId: string | undefined,
  known?: readonly ResponseDays[],
): CrisisSpells | undefined {
  const clock = new Clock(model, scenarioId);
  const chain = scenarioId === undefined ? [] : scenarioChain(model, scenarioId);
  const crises = listed(
    model.crises,
    chain.flatMap((each) => each.crises ?? []),
  );
  const notes = new Set<string>();
  const effects = crises.flatMap((crisis) => effectsOf(crisis, clock, notes));
  if (clock.hasUnknownStart)
    notes.add(
      'Days of crises are counted from the start of the clock, since how long the warm-up lasts follows from runs alone.',
    );
  const all = enclosing(effects);
  const atHand = listed(
    model.responses,
    chain.flatMap((each) => each.responses ?? []),
  );
  const called = all === undefined ? [] : respondingTo(atHand, effects, all, { model, clock, notes, known });
  const responses: readonly ResponseTime[] =
    known === undefined
      ? called
      : [
          ...called,
          ...known.flatMap(({ response, from, until }) => {
            const found = byId(model.responses ?? [], response);
            if (found === undefined) return [];
            return [{ response: found, from: clock.midnight(from), until: clock.midnight(until) + SECONDS.d }];
          }),
        ];
  const first = Math.min(...effects.map(({ from }) => from), ...responses.map(({ from }) => from));
  if (!Number.isFinite(first)) return undefined;
  // What begins before the clock of the study is looked at from its start.
  const begins = known === undefined ? Math.max(0, first) : first;
  const from = localTimeAt(begins, clock.calendar).date;
  const hours = ({ from: since, until }: Seconds): Pick<Spell, 'from' | 'until'> => ({
    from: clock.hoursAfter(from, since),
    until: clock.hoursAfter(from, Math.min(until, begins + MOST_DAYS * SECONDS.d)),
  });
  if (effects.some(({ until }) => until > begins + MOST_DAYS * SECONDS.d))
    notes.add(`What lasts beyond ${MOST_DAYS} days is not followed by day after them.`);
  const spells = [
    ...effects.map((each): Spell => ({ kind: 'effect', id: each.id, title: each.title, ...hours(each) })),
    ...responses.map((each): Spell => {
      const assumed = each.assumed === true ? { assumed: true as const } : {};
      return { kind: 'response', id: each.response.id, title: titleOf(each.response), ...hours(each), ...assumed };
    }),
  ];
  return { from, spells: spells.sort((a, b) => a.from - b.from), notes: [...notes] };
}

/** Days from the first on that are at most looked at. */
export const MOST_CRISIS_DAYS = MOST_DAYS;

function listed<T extends { readonly id: string }>(
  declared: readonly T[] | undefined,
  ids: readonly string[],
): readonly T[] {
  return [...new Set(ids)].flatMap((id) => byId(declared ?? [], id) ?? []);
}

function enclosing(spans: readonly Seconds[]): Seconds | undefined {
  if (spans.length === 0) return undefined;
  return { from: Math.min(...spans.map(({ from }) => from)), until: Math.max(...spans.map(({ until }) => until)) };
}

interface EffectTime extends Seconds {
  readonly id: string;
  readonly title: string;
  readonly trigger?: string;
}

function effectsOf(crisis: Crisis, clock: Clock, notes: Set<string>): readonly EffectTime[] {
  const title = titleOf(crisis);
  return crisis.effects.flatMap((effect): readonly EffectTime[] => {
    const span = clock.span(effect.span, crisis.span, effect.kind === 'arrivals' && effect.change.kind === 'people');
    if (span === undefined) {
      notes.add(`${title}: when it begins is drawn anew in each run, so that this is not followed by day.`);
      return [];
    }
    if (span.drawn) notes.add(`${title}: times that are drawn anew in each run count as their means.`);
    if (span.until <= span.from || span.until <= 0) return [];
    const trigger = effect.kind === 'alert' ? { trigger: effect.trigger } : {};
    return [{ id: effect.id, title, from: span.from, until: span.until, ...trigger }];
  });
}

interface ResponseTime extends Seconds {
  readonly response: Response;
  readonly assumed?: boolean;
}

interface Surroundings {
  readonly model: Model;
  readonly clock: Clock;
  readonly notes: Set<string>;
  readonly known: readonly ResponseDays[] | undefined;
}

function respondingTo(
  atHand: readonly Response[],
  effects: readonly EffectTime[],
  crises: Seconds,
  { model, clock, notes, known }: Surroundings,
): readonly ResponseTime[] {
  const called = atHand.flatMap((response): readonly ResponseTime[] => {
    const calls = response.activations.map((activation) => callOf(activation, effects, model));
    if (calls.some((call) => call === 'in a run')) return [{ response, ...crises, assumed: true }];
    return calls.flatMap((call) => (typeof call === 'string' ? [] : call.map((each) => ({ response, ...each }))));
  });
  const isKnown = ({ id }: Response): boolean => known?.some(({ response }) => response === id) === true;
  for (const response of atHand)
    if (!isKnown(response) && !called.some((each) => each.response === response))
      notes.add(`${titleOf(response)}: nothing that happens in the scenario calls for it.`);
  if (known !== undefined) {
    for (const { response, assumed } of called)
      if (assumed === true && !isKnown(response))
        notes.add(
          `${titleOf(response)}: when it begins follows from a run alone; it counts only where a level that is set calls for it.`,
        );
    return called.filter(({ assumed }) => assumed !== true).map((each) => clock.inForce(each));
  }
  const apart = called.filter(
    (one) => one.assumed && called.some((other) => other.assumed && neverTogether(one.response, other.response, model)),
  );
  if (apart.length > 0)
    notes.add(
      `${apart.map(({ response }) => titleOf(response)).join(', ')}: never in force together, and which of them is when follows from a run alone.`,
    );
  return called.filter((each) => !apart.includes(each)).map((each) => clock.inForce(each));
}

/** When an activation calls for a response: while alerts last, or as a run tells. */
function callOf(activation: Activation, effects: readonly EffectTime[], model: Model): readonly Seconds[] | 'in a run' {
  if (activation.kind === 'gauge') return 'in a run';
  if (activation.kind === 'trigger') {
    const trigger = byId(model.triggers ?? [], activation.trigger);
    if (trigger?.fires.kind !== 'alert') return 'in a run';
    return effects.filter((effect) => effect.trigger === activation.trigger);
  }
  const levels = byId(model.scales ?? [], activation.scale)?.levels.map(({ name }) => name) ?? [];
  const reaches = (level: string): boolean =>
    activation.only ? level === activation.level : levels.indexOf(level) >= levels.indexOf(activation.level);
  const setters = (model.triggers ?? []).filter(({ sets }) => sets?.scale === activation.scale);
  const isReckoned =
    setters.some(({ fires }) => fires.kind === 'condition') ||
    (model.gauges ?? []).some(({ scale }) => scale === activation.scale) ||
    levels.indexOf(activation.level) === 0;
  if (isReckoned) return 'in a run';
  const ids = new Set(setters.filter(({ sets }) => sets !== undefined && reaches(sets.level)).map(({ id }) => id));
  return effects.filter(({ trigger }) => trigger !== undefined && ids.has(trigger));
}

/** Moments of a scenario in seconds after the start of the clock, as a run has them. */
class Clock {
  readonly calendar: StudyCalendar;
  /** Whether a day was counted from the end of a warm-up whose length only runs tell. */
  hasUnknownStart = false;
  private readonly warmUp: number;
  private readonly isWarmUpUnknown: boolean;
  private readonly end: number;

  constructor(
    private readonly model: Model,
    scenarioId: string | undefined,
  ) {
    const study =
      model.studies.find(({ scenarios }) => scenarioId !== undefined && scenarios.includes(scenarioId)) ??
      model.studies[0];
    this.calendar = periodOf(model, scenarioId).calendar;
    this.warmUp = study === undefined ? 0 : (constantValue(study.warmUp, model) ?? 0);
    this.isWarmUpUnknown = study?.automaticWarmUp === true;
    this.end = study === undefined ? Number.POSITIVE_INFINITY : this.calendar.horizonSeconds;
  }

  midnight(date: string): number {
    return elapsedAt(`${date}T00:00`, this.calendar);
  }

  /** Hours on local clocks from the midnight of a date to an elapsed time. */
  hoursAfter(date: string, seconds: number): number {
    const local = localTimeAt(seconds, this.calendar);
    return ((Date.parse(local.date) - Date.parse(date)) / 86_400_000) * 24 + local.minutes / 60;
  }

  span(
    own: Span | undefined,
    outer: Span | undefined,
    canBeAtOnce: boolean,
  ): (Seconds & { readonly drawn: boolean }) | undefined {
    const begin = own?.begin ?? outer?.begin;
    const from = begin === undefined ? 0 : this.timeOf(begin);
    const outerFrom = outer?.begin === undefined ? 0 : this.timeOf(outer.begin);
    if (from === undefined || outerFrom === undefined) return undefined;
    const ended = (lasting: Expression, since: number) => {
      const fixed = constantValue(lasting, this.model);
      const lasts = fixed ?? meanOfExpression(lasting, this.model).value;
      return { from, until: this.cut(since + (lasts ?? Number.POSITIVE_INFINITY)), drawn: fixed === undefined };
    };
    if (own?.lasting !== undefined) return ended(own.lasting, from);
    const end = own?.end ?? undefined;
    if (end !== undefined) return { from, until: this.cut(this.timeOf(end)), drawn: false };
    // People who come at once do so within the hour.
    if (canBeAtOnce && own?.begin !== undefined) return { from, until: from + SECONDS.h, drawn: false };
    if (outer?.lasting !== undefined) return ended(outer.lasting, outerFrom);
    return { from, until: this.cut(outer?.end === undefined ? undefined : this.timeOf(outer.end)), drawn: false };
  }

  /** When a response is in force that is called for over a time: it may end sooner, or last longer. */
  inForce(called: ResponseTime): ResponseTime {
    const { response, from, until } = called;
    const most = response.atMost === undefined ? undefined : constantValue(response.atMost, this.model);
    const delay = response.recovery.delay === undefined ? 0 : (constantValue(response.recovery.delay, this.model) ?? 0);
    return { ...called, until: this.cut(Math.min(until + delay, from + (most ?? Number.POSITIVE_INFINITY))) };
  }

  private cut(seconds: number | undefined): number {
    return Math.min(seconds ?? Number.POSITIVE_INFINITY, this.end);
  }

  private timeOf(moment: CrisisMoment): number | undefined {
    if (moment.kind === 'date') return elapsedAt(`${moment.date}T${clockText(moment.at ?? 0)}`, this.calendar);
    const day = constantValue(moment.day, this.model) ?? meanOfExpression(moment.day, this.model).value;
    if (day === undefined) return undefined;
    this.hasUnknownStart ||= this.isWarmUpUnknown;
    const time = this.warmUp + day * SECONDS.d;
    if (moment.at === undefined) return time;
    return elapsedAt(`${localTimeAt(time, this.calendar).date}T${clockText(moment.at)}`, this.calendar);
  }
}

function clockText(minutes: number): string {
  const part = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${part(minutes / 60)}:${part(minutes % 60)}`;
}
