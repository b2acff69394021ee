import { type Model, nearestText, type Organisation, type Resource, titleOf } from '@pathway/model';
import type { HaveBeds, HaveFacility, HaveProblem, HaveReport } from './have-report.js';

/** Which resource of a model beds of a type at a hospital are, where their names do not say it. */
export interface BedNames {
  readonly hospital: string;
  readonly type: string;
  /** Id or name of the resource. */
  readonly resource: string;
  readonly line: number;
}

/** What a report says of a resource of a model. */
export interface ReportedResource {
  readonly resource: Resource;
  readonly facility: HaveFacility;
  readonly beds: HaveBeds;
}

/**
 * Finds the resources of a model in a report: hospitals by their identifier or name, beds by the name or title of a resource
 * there, or by what is said of them. Hospitals and beds of which the model knows nothing are told with what is near.
 */
export function matchHave(
  report: HaveReport,
  model: Model,
  names: readonly BedNames[],
): { readonly found: readonly ReportedResource[]; readonly problems: readonly HaveProblem[] } {
  const problems: HaveProblem[] = [];
  const found = report.facilities.flatMap((facility) => {
    const said = names.filter(({ hospital }) => [facility.id, facility.name].some((each) => isSame(each, hospital)));
    const organisation = organisationOf(facility, model);
    if (organisation === undefined && said.length === 0) {
      problems.push({ line: facility.line, message: unknownHospital(facility, model) });
      return [];
    }
    const unknown: HaveBeds[] = [];
    const own = facility.beds.flatMap((beds) => {
      const resource = resourceOf(beds, organisation, said, model);
      if (resource === undefined) unknown.push(beds);
      return resource === undefined ? [] : [{ resource, facility, beds }];
    });
    const [first] = unknown;
    if (first !== undefined)
      problems.push({ line: first.line, message: unknownBeds(facility, unknown, organisation, model) });
    return own;
  });
  for (const { resource, line } of names)
    if (resourceNamed(resource, model) === undefined)
      problems.push({
        line,
        message: `In the table of beds: there is no resource ${resource}${near(resource, model.resources)}.`,
      });
  return { found, problems };
}

function organisationOf({ id, name }: HaveFacility, model: Model): Organisation | undefined {
  const { organisations } = model;
  return (
    organisations.find((each) => isSame(id, each.id) || isSame(id, each.name)) ??
    organisations.find((each) => isSame(name, titleOf(each)) || isSame(name, each.name))
  );
}

function resourceOf(
  { type }: HaveBeds,
  organisation: Organisation | undefined,
  said: readonly BedNames[],
  model: Model,
): Resource | undefined {
  const named = said.find((each) => isSame(each.type, type));
  if (named !== undefined) return resourceNamed(named.resource, model);
  return model.resources
    .filter((each) => organisation !== undefined && each.organisation === organisation.id)
    .find((each) => [each.id, each.name, titleOf(each)].some((name) => bedWords(name) === bedWords(type)));
}

function resourceNamed(name: string, model: Model): Resource | undefined {
  return model.resources.find((each) => each.id === name || each.name === name);
}

/** Letters and digits alone, small; `Adult ICU beds` is `AdultICU`. */
function bedWords(text: string): string {
  return plain(text).replace(/beds?$/, '');
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function isSame(a: string | undefined, b: string): boolean {
  return a !== undefined && plain(a) === plain(b) && plain(b) !== '';
}

function unknownHospital(facility: HaveFacility, model: Model): string {
  const { name, id } = facility;
  const told = id === undefined || id === name ? name : `${name} (${id})`;
  return `${told} is no organisation of this project${near(name, model.organisations)}; it is left out.`;
}

function unknownBeds(
  { name }: HaveFacility,
  beds: readonly HaveBeds[],
  organisation: Organisation | undefined,
  model: Model,
): string {
  const there = model.resources.filter((each) => each.organisation === organisation?.id);
  const types = beds.map(({ type }) => type).join(', ');
  const candidates = there.length === 0 ? 'none is declared there' : there.map((each) => each.name).join(', ');
  return `${types} of ${name}: no resource is called that (there: ${candidates}); left out. A table of beds can say which they are.`;
}

function near(text: string, declared: readonly { readonly name: string; readonly title?: string }[]): string {
  const names = declared.flatMap(({ name, title }) => [name, ...(title === undefined ? [] : [title])]);
  const found = nearestText(text, names);
  return found === undefined ? '' : `; did you mean ${found}?`;
}
