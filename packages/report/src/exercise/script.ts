import {
  byId,
  calendarOf,
  constantValue,
  type Crisis,
  type CrisisMoment,
  type Effect,
  elapsedAt,
  type Expression,
  localClock,
  localTimeAt,
  meanOfExpression,
  type Model,
  observables,
  requireConstant,
  type Response,
  type Signal,
  scenarioChain,
  seriesSteps,
  type Span,
  type Study,
  type StudyCalendar,
  Watcher,
  type WatchEvent,
} from '@pathway/model';

/** Something of a script at an instant, in seconds of the study. */
export type ScriptItem =
  | { readonly time: number; readonly kind: 'crisis'; readonly crisis: Crisis; readonly phase: 'begins' | 'ends' }
  | { readonly time: number; readonly kind: 'effect'; readonly effect: Effect; readonly phase: 'begins' | 'ends' }
  /** What a series says from now on, of those that triggers and gauges look at. */
  | { readonly time: number; readonly kind: 'signal'; readonly signal: Signal; readonly value: number }
  /** What should be seen: a trigger, a level, a response. */
  | { readonly time: number; readonly kind: 'expected'; readonly event: WatchEvent };

/** A crisis as it comes to those who practise it. */
export interface ExerciseScript {
  readonly scenario: string;
  readonly crises: readonly Crisis[];
  readonly responses: readonly Response[];
  /** In order; at one instant what happens before what should be seen. */
  readonly items: readonly ScriptItem[];
  /** Triggers that look at what the group itself brings about, so that nobody knows beforehand when they fire. */
  readonly open: readonly string[];
  /** The local date and time of an instant: `2026-07-01T14:00`. */
  readonly local: (time: number) => string;
}

/** A scenario in which nothing happens, so that there is nothing to practise. */
export class NoExerciseError extends Error {
  override readonly name = 'NoExerciseError';
}

/**
 * The script of a scenario: when its crises and their effects begin and end, and what then should be seen and done as far as
 * it follows from dates, series and alerts alone. Times that are drawn are taken at their mean.
 * @throws NoExerciseError for a scenario without a crisis
 * @throws ModelError for values that are not constant where they must be
 */
export function exerciseScript(model: Model, study: Study, scenario: string): ExerciseScript {
  const chain = scenarioChain(model, scenario);
  const named = (ids: readonly string[]): ReadonlySet<string> => new Set(ids);
  const wanted = named(chain.flatMap(({ crises }) => crises ?? []));
  const atHand = named(chain.flatMap(({ responses }) => responses ?? []));
  const crises = (model.crises ?? []).filter(({ id }) => wanted.has(id));
  const responses = (model.responses ?? []).filter(({ id }) => atHand.has(id));
  if (crises.length === 0)
    throw new NoExerciseError('Nothing happens in this scenario, so that there is nothing to practise.');
  const horizon = requireConstant(study.warmUp, model, 'the warm-up') + requireConstant(study.run, model, 'the run');
  const calendar = calendarOf(study, horizon);
  const times = new Moments(model, study, calendar, horizon);
  const happens = crises.flatMap((crisis) => itemsOf(crisis, times));
  const end = Math.max(...happens.map(({ time }) => time));
  const events = expectedEvents(model, calendar, happens, [...atHand], {
    from: Math.min(...happens.map(({ time }) => time)),
    end,
  });
  const items = [
    ...happens,
    ...toldBySeries(model, calendar, happens),
    ...events.map((event): ScriptItem => ({ time: event.time, kind: 'expected', event })),
  ];
  const open = (model.triggers ?? []).filter(({ fires, until }) =>
    [fires.kind === 'condition' ? fires.when : undefined, until].some(
      (each) => each !== undefined && looksAtStates(each, model),
    ),
  );
  return {
    scenario,
    crises,
    responses,
    items: items.sort((a, b) => a.time - b.time || rank(a) - rank(b)),
    open: open.map(({ id }) => id),
    local: (time) => {
      const { date, minutes } = localTimeAt(Math.min(time, horizon), calendar);
      const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
      return `${date}T${two(minutes / 60)}:${two(minutes % 60)}`;
    },
  };
}

/** An alert of an exercise: when it comes and ends, as local dates and times. */
export interface ExerciseAlertTime {
  readonly trigger: string;
  readonly begins: string;
  readonly ends: string;
}

/**
 * The alerts that come in the crises of a scenario, in order.
 * @throws NoExerciseError for a scenario without a crisis
 * @throws ModelError for values that are not constant where they must be
 */
export function exerciseAlertTimes(model: Model, study: Study, scenario: string): readonly ExerciseAlertTime[] {
  const { items, local } = exerciseScript(model, study, scenario);
  return items.flatMap((item): ExerciseAlertTime[] => {
    if (item.kind !== 'effect' || item.effect.kind !== 'alert' || item.phase !== 'begins') return [];
    const { id, trigger } = item.effect;
    const end = items.find((each) => each.kind === 'effect' && each.phase === 'ends' && each.effect.id === id);
    const crisis = items.find(
      (each) =>
        each.kind === 'crisis' && each.phase === 'ends' && each.crisis.effects.some((effect) => effect.id === id),
    );
    const over = end?.time ?? crisis?.time;
    return over === undefined ? [] : [{ trigger, begins: local(item.time), ends: local(over) }];
  });
}

function rank({ kind }: ScriptItem): number {
  return ['crisis', 'effect', 'signal', 'expected'].indexOf(kind);
}

/** When spans of a crisis begin and end. */
class Moments {
  readonly #warmUp: number;

  constructor(
    private readonly model: Model,
    study: Study,
    private readonly calendar: StudyCalendar,
    private readonly horizon: number,
  ) {
    this.#warmUp = requireConstant(study.warmUp, model, 'the warm-up');
  }

  of(span: Span | undefined, within: readonly [number, number]): readonly [number, number] {
    if (span === undefined) return within;
    const begin = span.begin === undefined ? within[0] : this.#moment(span.begin);
    const lasting = span.lasting === undefined ? undefined : this.#seconds(span.lasting);
    const end = lasting !== undefined ? begin + lasting : span.end === undefined ? within[1] : this.#moment(span.end);
    return [begin, Math.min(end, this.horizon)];
  }

  get whole(): readonly [number, number] {
    return [0, this.horizon];
  }

  #moment(moment: CrisisMoment): number {
    const { at } = moment;
    if (moment.kind === 'date') {
      const clock = `${String(Math.floor((at ?? 0) / 60)).padStart(2, '0')}:${String((at ?? 0) % 60).padStart(2, '0')}`;
      return elapsedAt(`${moment.date}T${clock}`, this.calendar);
    }
    const begin = this.#warmUp + this.#seconds(moment.day) * 86_400;
    if (at === undefined) return begin;
    return localClock(this.calendar.timezone, 0).next(at, this.#zero + begin - 1) - this.#zero;
  }

  /** Unix seconds of the study's start. */
  get #zero(): number {
    return localClock(this.calendar.timezone, 0).timeOf(this.calendar.start) ?? 0;
  }

  #seconds(expression: Expression): number {
    return constantValue(expression, this.model) ?? meanOfExpression(expression, this.model, {}).value ?? 0;
  }
}

function itemsOf(crisis: Crisis, times: Moments): readonly ScriptItem[] {
  const whole = times.of(crisis.span, times.whole);
  const effects = crisis.effects.map((effect) => ({ effect, span: times.of(effect.span, whole) }));
  const first = Math.min(whole[0], ...effects.map(({ span }) => span[0]));
  return [
    { time: first, kind: 'crisis', crisis, phase: 'begins' },
    ...effects.flatMap(({ effect, span: [begin, end] }): readonly ScriptItem[] => [
      { time: begin, kind: 'effect', effect, phase: 'begins' },
      ...(end > begin && end < whole[1] ? [{ time: end, kind: 'effect', effect, phase: 'ends' } as const] : []),
    ]),
    { time: whole[1], kind: 'crisis', crisis, phase: 'ends' },
  ];
}

/** Days before and after a crisis in which the script says what is seen. */
const MARGIN = 7 * 86_400;

/** What series say, each time it is something else. */
function toldBySeries(model: Model, calendar: StudyCalendar, happens: readonly ScriptItem[]): readonly ScriptItem[] {
  const times = happens.map(({ time }) => time);
  const [from, to] = [Math.min(...times) - MARGIN, Math.max(...times) + MARGIN];
  const watched = new Set(observables(model).map(({ key }) => key));
  return (model.signals ?? [])
    .filter(({ id }) => watched.has(id))
    .flatMap((signal) => {
      const steps = seriesSteps(signal, calendar);
      return steps.flatMap(({ time, value }, i): readonly ScriptItem[] =>
        value === undefined || value === steps[i - 1]?.value || time < from || time > to
          ? []
          : [{ time, kind: 'signal', signal, value }],
      );
    });
}

/** What triggers, levels and responses do on series and alerts alone, while the crisis lasts and some days around it. */
function expectedEvents(
  model: Model,
  calendar: StudyCalendar,
  happens: readonly ScriptItem[],
  responses: readonly string[],
  { from, end }: { readonly from: number; readonly end: number },
): readonly WatchEvent[] {
  const zero = localClock(calendar.timezone, 0).timeOf(calendar.start) ?? 0;
  const watcher = new Watcher(model, localClock(calendar.timezone, zero), { responses });
  const seen = (model.signals ?? []).flatMap((signal) => {
    const steps = seriesSteps(signal, calendar);
    // What a series said before the study began still holds.
    return steps.map(({ time, value }) => ({
      time: Math.max(0, time),
      act: () => watcher.observe(Math.max(0, time), [[signal.id, value]]),
    }));
  });
  const alerts = happens.flatMap((item) => {
    if (item.kind !== 'effect' || item.effect.kind !== 'alert') return [];
    const { trigger, id } = item.effect;
    const act = (): readonly WatchEvent[] =>
      item.phase === 'begins' ? watcher.alert(item.time, [{ trigger, id }]) : watcher.alert(item.time, [], [id]);
    return [{ time: item.time, act }];
  });
  const over = happens.flatMap((item) => {
    if (item.kind !== 'crisis' || item.phase !== 'ends') return [];
    const ids = item.crisis.effects.filter(({ kind }) => kind === 'alert').map(({ id }) => id);
    return [{ time: item.time, act: () => watcher.alert(item.time, [], ids) }];
  });
  const acts = [...seen, ...alerts, ...over].sort((a, b) => a.time - b.time);
  const events = [...acts.flatMap(({ act }) => act()), ...watcher.advance(Math.max(calendar.horizonSeconds, end))];
  return events.filter(({ time }) => time >= from - MARGIN && time <= end + MARGIN);
}

function looksAtStates(reading: Parameters<Watcher['value']>[0], model: Model): boolean {
  switch (reading.kind) {
    case 'state':
    case 'recent':
      return true;
    case 'signal': {
      const reads = byId(model.signals ?? [], reading.signal)?.reads;
      return reads?.kind === 'measure' && looksAtStates(reads.value, model);
    }
    case 'operation':
      return looksAtStates(reading.left, model) || looksAtStates(reading.right, model);
    case 'negate':
    case 'not':
      return looksAtStates(reading.operand, model);
    case 'function':
      return reading.arguments.some((each) => looksAtStates(each, model));
    default:
      return false;
  }
}
