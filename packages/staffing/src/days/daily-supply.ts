import type { DailyDemand, Model, Response, ResponseMeasure, StaffGroup, StudyCalendar } from '@pathway/model';
import { constantValue, hourlyAmounts, requireConstant, SECONDS } from '@pathway/model';
import { presenceOf } from '../presence.js';
import { effectsIn, held, type Holding, patchesIn } from './holding.js';

/** People whom a response calls in. */
type CallIn = Extract<ResponseMeasure, { readonly kind: 'call in' }>;

/** People of a group on duty, hour by hour: with those called in, and these alone. */
export interface DailySupply {
  readonly onDuty: readonly number[];
  readonly calledIn: readonly number[];
}

/**
 * Who is on duty of a group: as the text says on each date, without those whom crises keep away or whose place is closed, and with
 * those whom responses in force call in, each so long after its beginning as it says, around the clock, as in a run.
 */
export function dailySupply(group: StaffGroup, model: Model, daily: DailyDemand, calendar: StudyCalendar): DailySupply {
  const hours = daily.days * 24;
  const usual = usualPresence(group, model, daily, calendar);
  const left = leavingOf(group, model, daily);
  const called = patchesIn(model, daily, 'call in').filter(
    ({ what, response }) => groupCalledInto(what, response, model)?.id === group.id,
  );
  const calledIn = Array.from({ length: hours }, (_, hour) =>
    called.reduce((sum, each) => sum + calledAt(each, hour, model), 0),
  );
  return {
    onDuty: usual.map((people, hour) => people * left(hour) + (calledIn[hour] ?? 0)),
    calledIn,
  };
}

/** The group that people are called into: of their role at the owner of the adapted pathway, else where they come from, else the first. */
export function groupCalledInto(patch: CallIn, response: Response, model: Model): StaffGroup | undefined {
  const groups = model.staff.filter(({ role }) => role === patch.role);
  const owner = model.pathways.find(({ id }) => id === response.pathway)?.owner;
  const at = (place: string | undefined): StaffGroup | undefined =>
    groups.find(({ organisation }) => organisation !== undefined && organisation === place);
  return at(owner) ?? at(patch.from) ?? groups[0];
}

/** How many whole people a response calls in, as in a run. */
export function peopleCalledIn({ amount }: CallIn, model: Model): number {
  return Math.round(requireConstant(amount, model, 'The number of people who are called in'));
}

function calledAt({ what, spell }: Holding<CallIn>, hour: number, model: Model): number {
  const people = peopleCalledIn(what, model);
  const lead = what.after === undefined ? 0 : (constantValue(what.after, model) ?? 0);
  return people * held({ from: spell.from + lead / SECONDS.h, until: spell.until }, hour);
}

function usualPresence(
  group: StaffGroup,
  model: Model,
  { from, days }: DailyDemand,
  calendar: StudyCalendar,
): readonly number[] {
  if (group.onDuty !== undefined) return hourlyAmounts(group.onDuty, calendar, model, from, days);
  const { byHour } = presenceOf(group, model, calendar);
  const first = ((new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7) * 24;
  return Array.from({ length: days * 24 }, (_, hour) => byHour[(hour + first) % 168] ?? 0);
}

/** The share of a group that crises leave there, by hour. */
function leavingOf(group: StaffGroup, model: Model, daily: DailyDemand): (hour: number) => number {
  const { organisation } = group;
  const taken = effectsIn(model, daily).flatMap(({ what, spell }) => {
    if (what.kind === 'closure')
      return what.organisations.some((each) => isWithin(organisation, each, model)) ? [{ spell, share: 1 }] : [];
    if (what.kind !== 'absence' || what.role !== group.role) return [];
    if (what.organisation !== undefined && what.organisation !== organisation) return [];
    return [
      { spell, share: Math.min(1, Math.max(0, requireConstant(what.share, model, 'The share of absent people'))) },
    ];
  });
  return (hour) => taken.reduce((left, { spell, share }) => left * (1 - share * held(spell, hour)), 1);
}

/** Whether an organisation is a place or a part of it. */
export function isWithin(organisation: string | undefined, place: string, model: Model): boolean {
  if (organisation === undefined || organisation === place) return organisation !== undefined;
  return isWithin(model.organisations.find(({ id }) => id === organisation)?.partOf, place, model);
}
