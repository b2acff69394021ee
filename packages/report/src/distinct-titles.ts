import { titleOf } from '@pathway/model';
import type { ReportInput } from './input.js';

/**
 * A report in which no two places have the same name: a bed or device whose title another of the study has too is called with
 * its organisation, a step or hold with its pathway. Two territories with the same template have such.
 */
export function withDistinctTitles(input: ReportInput): ReportInput {
  const { organisations, pathways, resources } = input.model;
  const organisationOf = (id: string): string | undefined => {
    const place = resources.find((each) => each.id === id)?.organisation;
    const organisation = organisations.find((each) => each.id === place);
    return organisation === undefined ? undefined : titleOf(organisation);
  };
  const pathwayOf = (activity: string): string | undefined => {
    const pathway = pathways.find(({ id }) => activity.startsWith(`${id}.`));
    return pathway === undefined ? undefined : titleOf(pathway);
  };
  return {
    ...input,
    results: input.results.map((study) => ({
      ...study,
      scenarios: study.scenarios.map((scenario) => ({
        ...scenario,
        resources: toldApart(scenario.resources, ({ id }) => organisationOf(id)),
        activities: toldApart(scenario.activities, ({ activity }) => pathwayOf(activity)),
      })),
    })),
  };
}

/** What shares its title with another has where it is added to it, if that is known. */
function toldApart<Titled extends { readonly title: string }>(
  all: readonly Titled[],
  whereOf: (each: Titled) => string | undefined,
): readonly Titled[] {
  const counts = new Map<string, number>();
  for (const { title } of all) counts.set(title, (counts.get(title) ?? 0) + 1);
  return all.map((each) => {
    const where = counts.get(each.title) === 1 ? undefined : whereOf(each);
    return where === undefined ? each : { ...each, title: `${each.title}, ${where}` };
  });
}
