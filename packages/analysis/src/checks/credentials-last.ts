import type { Diagnostic, Model, Person, PersonSkill, StaffGroup } from '@pathway/model';
import { byId, createDiagnostic, heldOn, titleOf, walkActivities } from '@pathway/model';

/** A time for which people's skills are counted on. ISO dates, both inclusive. */
interface Period {
  readonly title: string;
  readonly from: string;
  readonly until: string;
}

/** Skills that are counted on last as long as they are: through rosters that want them, and from the first day of studies. */
export function credentialsLast(model: Model): Diagnostic[] {
  const dated = model.staff.filter(({ people }) => people.some(({ skills }) => skills.some(hasDates)));
  if (dated.length === 0) return [];
  const asked = skillsOfSteps(model);
  const rosters = (model.rosters ?? []).flatMap((roster) => {
    const wanted = new Set(roster.cover.flatMap(({ skill }) => skill ?? []));
    const period = { title: titleOf(roster), from: roster.from, until: dayAfter(roster.from, roster.days - 1) };
    const groups = dated.filter(({ id }) => roster.groups.includes(id));
    return peopleOf(groups, wanted).flatMap((each) => inRoster(each, period, model));
  });
  const studies = model.studies.flatMap((study) => {
    const from = study.start.slice(0, 10);
    return peopleOf(dated, asked).flatMap((each) => inStudy(each, { title: titleOf(study), from, until: from }, model));
  });
  return [...rosters, ...studies];
}

interface Holder {
  readonly person: Person;
  readonly held: PersonSkill;
}

function peopleOf(groups: readonly StaffGroup[], skills: ReadonlySet<string>): readonly Holder[] {
  return groups.flatMap(({ people }) =>
    people.flatMap((person) =>
      person.skills.filter((held) => hasDates(held) && skills.has(held.skill)).map((held) => ({ person, held })),
    ),
  );
}

function inRoster(holder: Holder, period: Period, model: Model): Diagnostic[] {
  if (heldOn(holder.held, period.from) && heldOn(holder.held, period.until)) return [];
  return [finding(holder, model, `${period.title} is from ${period.from} to ${period.until}: other days do not count`)];
}

function inStudy(holder: Holder, { title, from }: Period, model: Model): Diagnostic[] {
  if (heldOn(holder.held, from)) return [];
  return [finding(holder, model, `${title} begins on ${from} and counts on it not at all`)];
}

function finding({ person, held }: Holder, model: Model, where: string): Diagnostic {
  const skill = byId(model.skills, held.skill);
  const { since, until } = held;
  const span = [...(since === undefined ? [] : [`from ${since}`]), ...(until === undefined ? [] : [`until ${until}`])];
  const params = {
    person: person.id,
    skill: skill === undefined ? held.skill : titleOf(skill),
    span: span.join(' '),
    where,
  };
  return createDiagnostic('PW5035', params, person.origin);
}

function skillsOfSteps(model: Model): ReadonlySet<string> {
  const activities = model.pathways.flatMap(({ body }) => Array.from(walkActivities(body), ({ activity }) => activity));
  const needs = activities.flatMap((activity) => ('needs' in activity ? activity.needs : []));
  return new Set(needs.flatMap(({ of }) => of.flatMap((target) => (target.kind === 'skill' ? [target.skill] : []))));
}

function hasDates({ since, until }: PersonSkill): boolean {
  return since !== undefined || until !== undefined;
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
