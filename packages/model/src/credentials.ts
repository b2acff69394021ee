import type { Model } from './model.js';
import type { PersonSkill } from './elements.js';

/** Whether somebody's skill holds on a day. @param date ISO */
export function heldOn({ since, until }: PersonSkill, date: string): boolean {
  return (since === undefined || since <= date) && (until === undefined || date <= until);
}

/**
 * The model with what named people may do on a date; the very model where nobody's skills begin or end.
 * @param date ISO; what comes after it is cut
 */
export function withCredentialsOn(model: Model, date: string | undefined): Model {
  const dated = model.staff.some(({ people }) => people.some(({ skills }) => skills.some(isDated)));
  if (!dated || date === undefined) return model;
  const day = date.slice(0, 10);
  const staff = model.staff.map((group) => ({
    ...group,
    people: group.people.map((person) => ({ ...person, skills: person.skills.filter((each) => heldOn(each, day)) })),
  }));
  return { ...model, staff };
}

function isDated({ since, until }: PersonSkill): boolean {
  return since !== undefined || until !== undefined;
}
