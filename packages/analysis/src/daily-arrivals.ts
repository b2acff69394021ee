import {
  byId,
  constantValue,
  type Effect,
  epidemicCounts,
  meanGroup,
  type Model,
  type Patch,
  requireConstant,
  SECONDS,
  type Spell,
} from '@pathway/model';
import { startedCohorts } from './usual-demand.js';

type ArrivalsEffect = Extract<Effect, { kind: 'arrivals' }>;

/** An effect or a patch, and how much of each hour it holds. */
interface Holding<T> {
  readonly what: T;
  readonly spell: Spell;
}

/** What an hourly value of arrivals follows from. */
export interface ArrivalCourse {
  readonly hours: number;
  /** The hour of the week of the first hour. */
  readonly firstHour: number;
  readonly spells: readonly Spell[];
  /** Who comes of a cohort in each hour of a usual week, of those who come only while a response starts them too. */
  readonly week: (cohort: string) => readonly number[];
}

/**
 * Who arrives of each cohort hour by hour, with what crises and responses change of it. As in a run, what effects add is counted
 * from those who come as usual; whoever is paused comes when the pause is over, whoever is put off so much later.
 */
export class DailyArrivals {
  private readonly effects: readonly Holding<Effect>[];
  private readonly patches: readonly Holding<Patch>[];
  private readonly started: ReadonlySet<string>;
  private readonly reaching = new Map<string, readonly number[]>();
  private readonly coming = new Map<string, readonly number[]>();

  constructor(
    private readonly model: Model,
    private readonly course: ArrivalCourse,
  ) {
    const declared = new Map((model.crises ?? []).flatMap(({ effects }) => effects.map((each) => [each.id, each])));
    this.effects = course.spells.flatMap((spell) => {
      const what = spell.kind === 'effect' ? declared.get(spell.id) : undefined;
      return what === undefined ? [] : [{ what, spell }];
    });
    this.patches = course.spells.flatMap((spell) => {
      const response = spell.kind === 'response' ? byId(model.responses ?? [], spell.id) : undefined;
      return (response?.patches ?? []).map((what) => ({ what, spell }));
    });
    this.started = startedCohorts(model);
  }

  /** Arrivals in an hour; before the first and without crises those of a usual week. */
  usual(cohort: string, hour: number): number {
    if (this.started.has(cohort)) return 0;
    return this.inWeek(cohort, hour);
  }

  /** Arrivals in each hour from the first on. */
  of(cohort: string): readonly number[] {
    const known = this.coming.get(cohort);
    if (known !== undefined) return known;
    const own = this.responded(cohort);
    this.coming.set(cohort, own);
    return own;
  }

  private inWeek(cohort: string, hour: number): number {
    const week = this.course.week(cohort);
    const slot = (((hour + this.course.firstHour) % week.length) + week.length) % week.length;
    return week[slot] ?? 0;
  }

  /** With what crises change: shares, rates, people and curves, and those who come as others. */
  private inCrisis(cohort: string): readonly number[] {
    const known = this.reaching.get(cohort);
    if (known !== undefined) return known;
    let own = this.withEffects(cohort);
    for (const { what, spell } of this.effects) {
      if (what.kind !== 'diversion') continue;
      const share = Math.min(1, Math.max(0, requireConstant(what.share, this.model, 'share of a diversion')));
      if (what.to === cohort) {
        const others = this.withEffects(what.cohort);
        own = own.map((people, hour) => people + share * held(spell, hour) * (others[hour] ?? 0));
      }
      if (what.cohort === cohort) own = own.map((people, hour) => people * (1 - share * held(spell, hour)));
    }
    this.reaching.set(cohort, own);
    return own;
  }

  private withEffects(cohort: string): readonly number[] {
    const usual = Array.from({ length: this.course.hours }, (_, hour) => this.inWeek(cohort, hour));
    const stay = usual.map(() => 1);
    const more = usual.map(() => 0);
    for (const { what, spell } of this.effects) {
      if (what.kind !== 'arrivals' || !what.cohorts.includes(cohort)) continue;
      this.addTo(more, stay, usual, what, spell, cohort);
    }
    return usual.map((people, hour) => Math.max(0, people * (stay[hour] ?? 1) + (more[hour] ?? 0)));
  }

  private addTo(
    more: number[],
    stay: number[],
    usual: readonly number[],
    effect: ArrivalsEffect,
    spell: Spell,
    cohort: string,
  ): void {
    const { change } = effect;
    const each = (add: (hour: number, part: number) => void): void => {
      for (let hour = 0; hour < usual.length; hour++) if (held(spell, hour) > 0) add(hour, held(spell, hour));
    };
    const plus = (hour: number, people: number): void => void (more[hour] = (more[hour] ?? 0) + people);
    switch (change.kind) {
      case 'share': {
        const share = requireConstant(change.share, this.model, 'change of arrivals');
        if (share < 0) each((hour, part) => (stay[hour] = (stay[hour] ?? 1) * (1 - Math.min(1, -share) * part)));
        else each((hour, part) => plus(hour, share * part * (usual[hour] ?? 0)));
        return;
      }
      case 'rate': {
        const rate = requireConstant(change.rate, this.model, 'change of arrivals') * SECONDS.h;
        // A rate is one of groups where these come, as in `arrives`.
        const size = meanGroup(byId(this.model.cohorts, cohort)?.arrivals, this.model).value ?? 0;
        each((hour, part) => plus(hour, rate * size * part));
        return;
      }
      case 'people': {
        const people = requireConstant(change.people, this.model, 'change of arrivals');
        each((hour, part) => plus(hour, (people * part) / (spell.until - spell.from)));
        return;
      }
      case 'curve': {
        const counts = epidemicCounts(
          change.curve,
          SECONDS.h,
          Math.max(1, Math.ceil(spell.until - spell.from)),
          this.model,
        );
        // The curve's own hours begin with the effect, which need not be on the hour.
        counts.forEach((people, index) => {
          const at = spell.from + index;
          const part = at - Math.floor(at);
          const isSeen = (hour: number): boolean => hour >= 0 && hour < usual.length;
          if (isSeen(Math.floor(at))) plus(Math.floor(at), people * (1 - part));
          if (part > 0 && isSeen(Math.floor(at) + 1)) plus(Math.floor(at) + 1, people * part);
        });
      }
    }
  }

  /** With what responses in force make of it. */
  private responded(cohort: string): readonly number[] {
    let own = this.kept(cohort, this.inCrisis(cohort));
    for (const { what, spell } of this.patches) {
      if (what.kind !== 'divert') continue;
      const share = Math.min(1, Math.max(0, requireConstant(what.share, this.model, 'share of a diversion')));
      if (what.cohort === cohort) own = own.map((people, hour) => people * (1 - share * held(spell, hour)));
      else if (what.to === cohort) {
        const others = this.kept(what.cohort, this.inCrisis(what.cohort));
        own = own.map((people, hour) => people + share * held(spell, hour) * (others[hour] ?? 0));
      }
    }
    return this.postponed(cohort, own);
  }

  /** Without those who are cancelled, not started or held back; the last come in the hour after. */
  private kept(cohort: string, arriving: readonly number[]): number[] {
    const kept = [...arriving];
    const closing = this.patches.filter(
      ({ what }) => (what.kind === 'pause' || what.kind === 'cancel') && what.cohorts.includes(cohort),
    );
    const starting = this.patches.filter(({ what }) => what.kind === 'start' && what.cohorts.includes(cohort));
    let waiting = 0;
    for (const [hour, people] of arriving.entries()) {
      const share = (of: readonly Holding<Patch>[]): number => Math.max(0, ...of.map(({ spell }) => held(spell, hour)));
      const open = this.started.has(cohort) ? share(starting) : 1;
      const come = people * open;
      const paused = share(closing.filter(({ what }) => what.kind === 'pause'));
      const cancelled = share(closing.filter(({ what }) => what.kind === 'cancel'));
      const waits = come * (1 - cancelled) * paused;
      kept[hour] = come * (1 - cancelled) - waits;
      waiting += waits;
      if (paused === 0 && waiting > 0) {
        kept[hour] += waiting;
        waiting = 0;
      }
    }
    return kept;
  }

  private postponed(cohort: string, arriving: number[]): number[] {
    return this.patches.reduce((hours, { what, spell }) => {
      if (what.kind !== 'postpone' || what.cohort !== cohort) return hours;
      const by = constantValue(what.by, this.model);
      if (by === undefined) return hours;
      const later = Math.round(by / SECONDS.h);
      const moved = [...hours];
      for (const [hour, people] of hours.entries()) {
        const put = people * held(spell, hour);
        if (put === 0) continue;
        moved[hour] = (moved[hour] ?? 0) - put;
        if (hour + later < hours.length) moved[hour + later] = (moved[hour + later] ?? 0) + put;
      }
      return moved;
    }, arriving);
  }
}

/** How much of an hour something holds. */
export function held({ from, until }: Pick<Spell, 'from' | 'until'>, hour: number): number {
  return Math.max(0, Math.min(hour + 1, until) - Math.max(hour, from));
}
