import {
  byId,
  constantValue,
  type HeldSkill,
  type Model,
  type NeededElement,
  type Organisation,
  type Resource,
  type Role,
  type Template,
  titleOf,
} from '@pathway/model';
import { withParents } from '../organisations.js';
import { hasSkill } from '../stations.js';

/** Something of a territory that may stand for what a template needs. */
export interface Candidate {
  /** Id of the element. */
  readonly element: string;
  readonly title: string;
  /** `there`: it is what is needed; `near`: something has to be done first. */
  readonly fit: 'there' | 'near';
  /** What speaks for it and what is lacking, in a few words. */
  readonly because: string;
  /** Of a role: skills that its people would have to learn, with the seconds of training where these are known. */
  readonly lacks: readonly (HeldSkill & { readonly title: string; readonly training?: number })[];
}

/**
 * What there is in a territory that may stand for a need of a template, the best first: organisations by sector, roles that
 * people there have by the skills they cover and by their ISCO-08 code, resources by kind.
 * @param like id of what stands for it elsewhere, which tells the sector where the template does not
 */
export function candidatesFor(
  need: NeededElement,
  template: Template,
  territory: string,
  model: Model,
  like?: string,
): readonly Candidate[] {
  const places = placesIn(territory, model);
  if (need.kind === 'organisation') return organisations(need, template, places, model, like);
  if (need.kind === 'role') return roles(need, template, places, model);
  return need.kind === 'resource' ? resources(need, template, places, model) : [];
}

/** What a deployment has named for a need, whether or not it would be found here. */
export function candidateNamed(element: string, need: NeededElement, { parts }: Template, model: Model): Candidate {
  const role = byId(model.roles, element);
  if (role !== undefined) return roleCandidate(role, byId(parts.roles ?? [], need.element), model);
  const found = byId(model.organisations, element) ?? byId(model.resources, element);
  const title = found === undefined ? element : titleOf(found);
  return { element, title, fit: 'there', because: 'named here', lacks: [] };
}

/** Organisations of a territory, also those that are part of one there. */
function placesIn(territory: string, model: Model): readonly Organisation[] {
  return model.organisations.filter(({ id }) => territoryOf(id, model) === territory);
}

/** Id of the territory that an organisation is in, or what it is part of; undefined where nothing says it. */
function territoryOf(organisation: string, model: Pick<Model, 'organisations'>): string | undefined {
  return withParents(organisation, model)
    .map((id) => byId(model.organisations, id)?.territory)
    .find((each) => each !== undefined);
}

interface Scored {
  readonly candidate: Candidate;
  readonly score: number;
}

/** The best first; those as good in the order of their declaration. */
function ranked(scored: readonly Scored[]): readonly Candidate[] {
  return scored.toSorted((a, b) => b.score - a.score).map(({ candidate }) => candidate);
}

function organisations(
  need: NeededElement,
  { parts }: Template,
  places: readonly Organisation[],
  model: Model,
  like: string | undefined,
): readonly Candidate[] {
  const wanted =
    byId(parts.organisations ?? [], need.element)?.sector ?? (like && byId(model.organisations, like)?.sector);
  return ranked(
    places.map((place): Scored => {
      const { sector } = place;
      const isSame = wanted !== undefined && sector === wanted;
      const because =
        sector === undefined
          ? 'its sector is not said'
          : wanted === undefined
            ? `sector ${sector}`
            : sectorText(sector, wanted);
      const score = (isSame ? 4 : 0) + (place.name === need.name ? 2 : 0);
      const fit = isSame || (wanted === undefined && place.name === need.name) ? 'there' : 'near';
      return { candidate: { element: place.id, title: titleOf(place), fit, because, lacks: [] }, score };
    }),
  );
}

function sectorText(sector: string, wanted: string): string {
  return sector === wanted ? `sector ${sector}, as needed` : `sector ${sector}, where ${wanted} is needed`;
}

function roles(
  need: NeededElement,
  { parts }: Template,
  places: readonly Organisation[],
  model: Model,
): readonly Candidate[] {
  const wanted = byId(parts.roles ?? [], need.element);
  const here = new Set(places.map(({ id }) => id));
  const present = model.roles.filter((role) =>
    model.staff.some(
      (group) => group.role === role.id && group.organisation !== undefined && here.has(group.organisation),
    ),
  );
  return ranked(
    present.flatMap((role): Scored[] => {
      const score = roleScore(role, wanted, need, model);
      return score <= 0 ? [] : [{ candidate: roleCandidate(role, wanted, model), score }];
    }),
  );
}

/** Digits that two ISCO-08 codes begin with alike: 4 is the same unit group, 1 the same major group. */
function sharedDigits(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return 0;
  let digits = 0;
  while (digits < Math.min(a.length, b.length) && a.charAt(digits) === b.charAt(digits)) digits++;
  return digits;
}

/** Skills count most, then the code, then the name; 0 for a role that has nothing in common with what is needed. */
function roleScore(role: Role, wanted: Role | undefined, need: NeededElement, model: Model): number {
  const needed = wanted?.skills ?? [];
  const covered = needed.filter(({ skill, level }) => hasSkill(role.skills, skill, level, model)).length;
  const share = needed.length === 0 ? 0 : covered / needed.length;
  return share * 100 + sharedDigits(role.codes.isco, wanted?.codes.isco) * 10 + (role.name === need.name ? 5 : 0);
}

function roleCandidate(role: Role, wanted: Role | undefined, model: Model): Candidate {
  const needed = wanted?.skills ?? [];
  const lacking = needed.filter(({ skill, level }) => !hasSkill(role.skills, skill, level, model));
  const lacks = lacking.map((each) => {
    const skill = byId(model.skills, each.skill);
    const training = skill?.trainableIn === undefined ? undefined : constantValue(skill.trainableIn, model);
    return {
      ...each,
      title: skill === undefined ? each.skill : titleOf(skill),
      ...(training !== undefined && { training }),
    };
  });
  const [isco, code] = [role.codes.isco, wanted?.codes.isco];
  const because = [
    ...(needed.length === 0 ? [] : [`has ${needed.length - lacking.length} of ${needed.length} skills`]),
    ...(code === undefined || isco === undefined
      ? []
      : [isco === code ? `ISCO ${isco}, as needed` : `ISCO ${isco} for ${code}`]),
  ].join(', ');
  const isSame = lacking.length === 0 && (needed.length > 0 || isco === code);
  return {
    element: role.id,
    title: titleOf(role),
    fit: isSame ? 'there' : 'near',
    because: because === '' ? 'works here' : because,
    lacks,
  };
}

function resources(
  need: NeededElement,
  { parts }: Template,
  places: readonly Organisation[],
  model: Model,
): readonly Candidate[] {
  const wanted = byId(parts.resources ?? [], need.element);
  const here = new Set(places.map(({ id }) => id));
  const present = model.resources.filter(({ organisation }) => organisation !== undefined && here.has(organisation));
  return ranked(
    present
      .filter(({ resourceKind }) => resourceKind === wanted?.resourceKind)
      .map((resource): Scored => {
        const isCalledSo = alikeNames(resource, wanted);
        const because = `kind ${resource.resourceKind}, at ${titleOf(byId(places, resource.organisation ?? '') ?? resource)}`;
        return {
          candidate: {
            element: resource.id,
            title: titleOf(resource),
            fit: isCalledSo ? 'there' : 'near',
            because,
            lacks: [],
          },
          score: isCalledSo ? 2 : 1,
        };
      }),
  );
}

/** Whether one name or title holds the other, whatever its case. */
function alikeNames(resource: Resource, wanted: Resource | undefined): boolean {
  if (wanted === undefined) return false;
  const names = [resource.name, titleOf(resource)].map((each) => each.toLowerCase());
  return [wanted.name, titleOf(wanted)]
    .map((each) => each.toLowerCase())
    .some((each) => names.some((name) => name.includes(each) || each.includes(name)));
}
