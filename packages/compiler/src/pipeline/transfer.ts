import { transferTo, type Transfer } from '@pathway/analysis';
import {
  agesText,
  byId,
  constantValue,
  deployedAlso,
  type Deployment,
  type Model,
  NUMBER,
  peopleOfAge,
  SECONDS,
  type Study,
  type Template,
  titleOf,
} from '@pathway/model';
import { relativeImport } from '@pathway/language';
import type { IndicatorResult, ResourceResult, StudyResults } from '@pathway/simulation';

/** What it takes to carry a template to a territory, and what would come of it there. */
export interface TransferReport {
  readonly transfer: Transfer;
  readonly template: string;
  readonly territory: string;
  /** The territory that it comes from, if it is deployed anywhere else. */
  readonly origin?: string;
  /** How the arrivals follow from the people who live there, here and where it comes from. */
  readonly demand: readonly DerivedDemand[];
  readonly effect: TransferEffect | { readonly kind: 'none'; readonly reason: string };
}

export interface DerivedDemand {
  readonly cohort: string;
  readonly lines: readonly DerivedLine[];
  /** Arrivals a day. */
  readonly perDay?: number;
  readonly perDayAtOrigin?: number;
}

interface DerivedLine {
  readonly ages: string;
  /** Arrivals a year among so many people. */
  readonly perYear: number;
  readonly among: number;
  readonly people?: number;
  readonly peopleAtOrigin?: number;
}

interface TransferEffect {
  readonly kind: 'simulated';
  readonly study: string;
  readonly replications: number;
  /** Figures of one indicator in both places. */
  readonly rows: readonly EffectRow[];
  readonly resources: readonly {
    readonly title: string;
    readonly place: 'here' | 'origin';
    readonly result: ResourceResult;
  }[];
}

export interface EffectRow {
  readonly title: string;
  readonly here?: IndicatorResult;
  readonly origin?: IndicatorResult;
}

/** Runs a study of a model. */
export type RunStudy = (model: Model, study: string) => Promise<StudyResults>;

/**
 * Compares what a template needs with what a territory has, derives the demand there, and simulates the best that could be
 * deployed there beside where the template comes from.
 */
export async function transferReport(
  template: Template,
  territory: string,
  model: Model,
  run: RunStudy,
): Promise<TransferReport> {
  const transfer = transferTo(template, territory, model);
  const { origin, proposal } = transfer;
  return {
    transfer,
    template: titleOf(template),
    territory: territoryTitle(territory, model),
    ...(origin && { origin: territoryTitle(origin.territory, model) }),
    demand: demandOf(template, territory, origin?.territory, model),
    effect:
      proposal === undefined
        ? { kind: 'none', reason: 'Nothing is simulated: something that it needs is missing.' }
        : await effectOf(template, proposal, origin, model, run),
  };
}

/**
 * The draft of a transfer as a file of its own: what it names is imported.
 * @param file path of that file in the project, with forward slashes; a package or the library cannot be drafted into
 */
export function draftFile({ draft, draftNeeds }: Transfer, file: string): string {
  const imports = draftNeeds.flatMap((needed) => {
    const path = needed === file ? undefined : relativeImport(file, needed);
    return path === undefined ? [] : [`import "${path}"\n`];
  });
  return imports.length === 0 ? draft : `${imports.join('')}\n${draft}`;
}

function territoryTitle(id: string, model: Model): string {
  const territory = byId(model.territories, id);
  return territory === undefined ? id : titleOf(territory);
}

function demandOf(template: Template, here: string, origin: string | undefined, model: Model): DerivedDemand[] {
  // Rates may be numbers that the template needs: their defaults are what is known before it is deployed.
  const withNeeds = { ...model, numbers: [...model.numbers, ...(template.parts.numbers ?? [])] };
  return (template.parts.cohorts ?? []).flatMap(({ name, title, population }): DerivedDemand[] => {
    if (population === undefined) return [];
    const lines = population.rates.map(({ rate, people, ...ages }): DerivedLine => {
      const [there, atOrigin] = [here, origin].map((id) => {
        const territory = id === undefined ? undefined : byId(model.territories, id);
        const known = territory === undefined ? '' : peopleOfAge(territory, ages);
        return typeof known === 'string' ? undefined : constantValue(known, model);
      });
      return {
        ages: agesText(ages),
        perYear: (constantValue(rate, withNeeds) ?? 0) * SECONDS.year,
        among: people,
        ...(there !== undefined && { people: there }),
        ...(atOrigin !== undefined && { peopleAtOrigin: atOrigin }),
      };
    });
    const perDay = dailySum(lines, ({ people }) => people);
    const perDayAtOrigin = dailySum(lines, ({ peopleAtOrigin }) => peopleAtOrigin);
    return [
      {
        cohort: title ?? name,
        lines,
        ...(perDay !== undefined && { perDay }),
        ...(perDayAtOrigin !== undefined && { perDayAtOrigin }),
      },
    ];
  });
}

function dailySum(
  lines: readonly DerivedLine[],
  peopleOf: (line: DerivedLine) => number | undefined,
): number | undefined {
  let sum = 0;
  for (const line of lines) {
    const people = peopleOf(line);
    if (people === undefined) return undefined;
    sum += (line.perYear * people) / line.among / (SECONDS.year / SECONDS.d);
  }
  return sum;
}

async function effectOf(
  template: Template,
  proposal: Deployment,
  origin: Deployment | undefined,
  model: Model,
  run: RunStudy,
): Promise<TransferReport['effect']> {
  const here = deployedAlso(model, template, proposal);
  const study = studyFor(template, proposal, here);
  const indicators = template.parts.indicators ?? [];
  const results = await run(...studied(here, study, template, proposal));
  const beside = origin && (await run(...studied(model, studyFor(template, origin, model), template, origin)));
  const [own, other] = [results.scenarios[0], beside?.scenarios[0]];
  if (own === undefined) return { kind: 'none', reason: 'Nothing is simulated: the study has no scenario.' };
  return {
    kind: 'simulated',
    study: titleOf(study),
    replications: own.replications,
    rows: indicators.map(({ id, name, title }): EffectRow => {
      const [mine, theirs] = [
        own.indicators.find(({ indicator }) => indicator === idIn(id, template, proposal)),
        origin && other?.indicators.find(({ indicator }) => indicator === idIn(id, template, origin)),
      ];
      return { title: title ?? name, ...(mine && { here: mine }), ...(theirs && { origin: theirs }) };
    }),
    resources: [
      ...usedBy(own.resources, proposal, here).map((result) => ({
        title: result.title,
        place: 'here' as const,
        result,
      })),
      ...(origin === undefined || other === undefined ? [] : usedBy(other.resources, origin, model)).map((result) => ({
        title: result.title,
        place: 'origin' as const,
        result,
      })),
    ],
  };
}

/** The id that a deployment gives to something of its template. */
function idIn(id: string, template: Template, { pathway }: Deployment): string {
  if (pathway === template.id) return id;
  return id.startsWith(`${template.id}.`) ? pathway + id.slice(template.id.length) : `${pathway}.${id}`;
}

/** The template's own study where it has one, else the first of the project, else a year of it. */
function studyFor(template: Template, deployment: Deployment, model: Model): Study {
  const own = (template.parts.studies ?? []).map(({ id }) => byId(model.studies, idIn(id, template, deployment)));
  const found = own.find((each) => each !== undefined) ?? model.studies[0];
  if (found !== undefined) return found;
  const territory = byId(model.territories, deployment.territory);
  const days = (count: number): Study['run'] => ({
    kind: 'number',
    value: count * SECONDS.d,
    dimension: { ...NUMBER, time: 1 },
  });
  return {
    id: 'transfer',
    name: 'transfer',
    title: 'A year of it',
    origin: deployment.origin,
    scenarios: model.scenarios.slice(0, 1).map(({ id }) => id),
    start: '2026-01-05T00:00',
    timezone: territory?.timezone ?? 'UTC',
    run: days(365),
    warmUp: days(30),
    replications: { kind: 'fixed', times: 20 },
    seed: 1,
    indicators: [],
    pathways: [],
  };
}

/** A model in which a study looks at one deployment alone, in its first scenario. */
function studied(model: Model, study: Study, template: Template, deployment: Deployment): readonly [Model, string] {
  const { varied: _, ranking: __, sensitivities: ___, find: ____, present: _____, ...plain } = study;
  const territory = byId(model.territories, deployment.territory);
  const alone: Study = {
    ...plain,
    id: `${study.id} of ${deployment.pathway}`,
    timezone: territory?.timezone ?? study.timezone,
    scenarios: study.scenarios.slice(0, 1),
    pathways: [deployment.pathway],
    indicators: (template.parts.indicators ?? [])
      .map(({ id }) => idIn(id, template, deployment))
      .filter((id) => byId(model.indicators, id) !== undefined),
    replications: study.replications.kind === 'precision' ? { kind: 'fixed', times: 20 } : study.replications,
  };
  return [{ ...model, expectations: [], studies: [...model.studies, alone] }, alone.id];
}

/** What the deployment's own people and things do: those that are bound, where they are in use. */
function usedBy(results: readonly ResourceResult[], { bindings }: Deployment, model: Model): readonly ResourceResult[] {
  const bound = new Set(bindings.flatMap(({ to }) => (to.kind === 'element' ? [to.element] : [])));
  const groups = model.staff.filter(
    ({ role, organisation }) => bound.has(role) && (organisation === undefined || bound.has(organisation)),
  );
  const ids = new Set([...bound, ...groups.map(({ id }) => id)]);
  return results.filter(({ id }) => ids.has(id));
}
