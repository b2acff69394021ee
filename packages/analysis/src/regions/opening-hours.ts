import {
  byId,
  type Model,
  type Need,
  type NeedTarget,
  openingHours,
  type Schedule,
  type StudyCalendar,
  weeklyAverage,
} from '@pathway/model';
import { atMostAYear } from '../arrival-rate.js';
import { withParents } from '../organisations.js';
import { groupsFor, presenceOf } from '../stations.js';
import type { PlacedStep } from './crossings.js';

/** Hours of the week, Monday from midnight, in which something can begin. */
export type OpenHours = readonly boolean[];

/** Looks up when steps can begin, each timetable computed once. */
export class Hours {
  readonly #known = new Map<Schedule, readonly number[]>();

  constructor(
    readonly model: Model,
    readonly calendar: StudyCalendar,
  ) {}

  /**
   * When a step can begin: while everything that it needs is there for some part of the hour, and its organisation is open
   * where it says when it is. What a timetable of dates makes of single weeks is averaged.
   */
  of({ step, organisation }: PlacedStep): OpenHours {
    const needs = step.needs.map((need) => this.#need(need, organisation));
    const open = this.#opening(organisation);
    return Array.from(
      { length: 168 },
      (_, hour) => open?.[hour] !== false && needs.every((need) => need[hour] === true),
    );
  }

  #opening(organisation: string): OpenHours | undefined {
    for (const id of withParents(organisation, this.model)) {
      const written = byId(this.model.organisations, id)?.contact.hours;
      if (written !== undefined) return openingHours(written)?.open;
    }
    return undefined;
  }

  #need({ of }: Need, organisation: string): OpenHours {
    const ways = of.map((target) => this.#target(target, organisation));
    return Array.from({ length: 168 }, (_, hour) => ways.some((way) => way[hour] === true));
  }

  #target(target: NeedTarget, organisation: string): OpenHours {
    if (target.kind === 'resource') {
      const count = byId(this.model.resources, target.resource)?.count;
      return this.#while(count === undefined ? [] : [count]);
    }
    return this.#while(
      groupsFor(target, organisation, this.model).map((group) => presenceOf(group, this.model).schedule),
    );
  }

  #while(schedules: readonly Schedule[]): OpenHours {
    const amounts = schedules.map((schedule) => this.#amounts(schedule));
    return Array.from({ length: 168 }, (_, hour) => amounts.some((each) => (each[hour] ?? 0) > 1e-9));
  }

  #amounts(schedule: Schedule): readonly number[] {
    const known = this.#known.get(schedule) ?? weeklyAverage(schedule, atMostAYear(this.calendar), this.model);
    this.#known.set(schedule, known);
    return known;
  }
}
