import {
  agesText,
  byId,
  consensusOf,
  type Deployment,
  expressionText,
  formatDuration,
  latestAssessment,
  type Model,
  type NeededElement,
  peopleOfAge,
  type Template,
  type TemplateNeed,
  titleOf,
} from '@pathway/model';
import { areOneHouse, withParents } from '../organisations.js';
import { type Candidate, candidateNamed, candidatesFor } from './candidates.js';

/** What a territory has of one need of a template. */
export interface Gap {
  readonly need: TemplateNeed;
  readonly title: string;
  readonly state: 'there' | 'near' | 'missing';
  /** What is there or near; the best first. */
  readonly candidates: readonly Candidate[];
  /** What the state rests on. */
  readonly because: string;
  /** What would close the gap; absent where nothing is to do. */
  readonly closes?: string;
}

/** Where a template is carried to, and what is known of it so far. */
export interface Place {
  readonly template: Template;
  readonly territory: string;
  readonly model: Model;
  readonly origin?: Deployment;
  readonly begun?: Deployment;
  /** Elements of the place that have been chosen so far, by the need. */
  readonly chosen: ReadonlyMap<string, string>;
}

/** What a territory has of one need, and what would close the gap. */
export function gapOf(need: TemplateNeed, place: Place): Gap {
  if (need.kind === 'maturity') return maturityGap(need, place);
  if (need.kind === 'number') return numberGap(need, place);
  if (need.kind === 'agreement') return agreementGap(need, place);
  const title = titleOfNeed(need, place.template);
  const binding = place.origin?.bindings.find((each) => each.need === need.element);
  const like = binding?.to.kind === 'element' ? binding.to.element : undefined;
  const found = candidatesFor(need, place.template, place.territory, place.model, like);
  const candidates = firstOfAll(found, need, place);
  const [best] = candidates;
  if (best === undefined) {
    const closes = `Find or set up ${need.kind === 'organisation' ? 'an organisation' : `a ${need.kind}`} that can be ${title} here.`;
    return { need, title, state: 'missing', candidates, because: 'nothing here comes near', closes };
  }
  const closes = best.fit === 'there' ? undefined : closesOf(best, title);
  return { need, title, state: best.fit, candidates, because: best.because, ...(closes !== undefined && { closes }) };
}

/**
 * Candidates with the one that the territory has named already before all others. Where nothing is what is needed, one that
 * does nothing else here stands before one that does.
 */
function firstOfAll(found: readonly Candidate[], need: NeededElement, place: Place): readonly Candidate[] {
  const to = place.begun?.bindings.find((each) => each.need === need.element)?.to;
  if (to?.kind === 'element') {
    const known = found.find(({ element }) => element === to.element);
    const named = known ?? candidateNamed(to.element, need, place.template, place.model);
    return [named, ...found.filter((each) => each !== known)];
  }
  if (need.kind !== 'organisation' || found[0]?.fit === 'there') return found;
  const busy = new Set(place.chosen.values());
  return found.toSorted((a, b) => Number(busy.has(a.element)) - Number(busy.has(b.element)));
}

function closesOf({ title, lacks }: Candidate, needed: string): string {
  if (lacks.length === 0) return `Agree that ${title} does what ${needed} does.`;
  const taught = lacks.map(({ title: skill, level, training }) => {
    const called = level === undefined ? skill : `${skill} (${level})`;
    return training === undefined ? called : `${called} [${formatDuration(training)}]`;
  });
  return `Train ${title} in ${taught.join('; ')}.`;
}

function titleOfNeed(need: TemplateNeed, { parts }: Template): string {
  if (need.kind === 'maturity') return need.name;
  const lists = [parts.organisations, parts.roles, parts.resources, parts.numbers, parts.agreements];
  const element = lists.flatMap(
    (list): readonly { readonly id: string; readonly name: string; readonly title?: string }[] => list ?? [],
  );
  const found = element.find(({ id }) => id === need.element);
  return found === undefined ? need.name : titleOf(found);
}

function numberGap(need: NeededElement, place: Place): Gap {
  const title = titleOfNeed(need, place.template);
  const number = byId(place.template.parts.numbers ?? [], need.element);
  const value = number === undefined ? '' : expressionText(number.value);
  const rests = number?.sources?.length
    ? ` (${number.sources.map((id) => sourceTitle(id, place.model)).join(', ')})`
    : '';
  const binding = place.origin?.bindings.find((each) => each.need === need.element);
  const there = binding?.to.kind === 'value' ? expressionText(binding.to.value) : undefined;
  const closes = `Measure it here, and write it with its source.`;
  const said = place.begun?.bindings.find((each) => each.need === need.element)?.to;
  if (said?.kind === 'value')
    return { need, title, state: 'there', candidates: [], because: `here it is ${expressionText(said.value)}` };
  if (need.optional)
    return {
      need,
      title,
      state: there === undefined ? 'there' : 'near',
      candidates: [],
      because: `the template says ${value}${rests}${there === undefined ? '' : `; where it comes from it is ${there}`}`,
      ...(there !== undefined && { closes }),
    };
  return {
    need,
    title,
    state: there === undefined ? 'missing' : 'near',
    candidates: [],
    because: there === undefined ? `nobody has said it; something like ${value}` : `where it comes from it is ${there}`,
    closes,
  };
}

function sourceTitle(id: string, model: Model): string {
  const source = byId(model.sources, id);
  return source === undefined ? id : titleOf(source);
}

function agreementGap(need: TemplateNeed, { template, model, chosen }: Place): Gap {
  const title = titleOfNeed(need, template);
  const wanted = need.kind === 'maturity' ? undefined : byId(template.parts.agreements ?? [], need.element);
  const parties = (wanted?.parties ?? []).map((id) => chosen.get(id) ?? id);
  const names = parties.map((id) => {
    const organisation = byId(model.organisations, id) ?? byId(template.parts.organisations ?? [], id);
    return organisation === undefined ? id : titleOf(organisation);
  });
  const between = names.join(' and ');
  const [one, other] = parties;
  if (one !== undefined && one === other)
    return { need, title, state: 'there', candidates: [], because: `${names[0] ?? one} is both` };
  if (one !== undefined && other !== undefined && areOneHouse(one, other, model) && byId(model.organisations, one))
    return { need, title, state: 'there', candidates: [], because: `${between} are one house` };
  const found = (model.agreements ?? []).filter((agreement) =>
    parties.every((id) => withParents(id, model).some((each) => agreement.parties.includes(each))),
  );
  const lacking = (wanted?.data ?? []).filter((item) => !found.some(({ data }) => data.includes(item)));
  const signed = found.filter(({ signed: date }) => date !== undefined);
  if (found.length === 0)
    return {
      need,
      title,
      state: 'missing',
      candidates: [],
      because: `${between} have no agreement`,
      closes: `Make one between ${between}${(wanted?.data ?? []).length > 0 ? `, with ${wanted?.data.join(', ')}` : ''}.`,
    };
  const candidates = found.map((each): Candidate => ({
    element: each.id,
    title: titleOf(each),
    fit: signed.includes(each) && lacking.length === 0 ? 'there' : 'near',
    because: each.signed === undefined ? 'not signed' : `signed ${each.signed}`,
    lacks: [],
  }));
  if (signed.length > 0 && lacking.length === 0)
    return { need, title, state: 'there', candidates, because: candidates.map((each) => each.title).join(', ') };
  const closes = signed.length === 0 ? `Sign ${candidates[0]?.title ?? title}.` : `Extend it to ${lacking.join(', ')}.`;
  return {
    need,
    title,
    state: 'near',
    candidates,
    because: candidates.map((each) => `${each.title}, ${each.because}`).join('; '),
    closes,
  };
}

function maturityGap(need: Extract<TemplateNeed, { readonly kind: 'maturity' }>, { model, territory }: Place): Gap {
  const instrument = (model.instruments ?? []).find(({ dimensions }) =>
    dimensions.some(({ id }) => id === need.dimension),
  );
  const dimension = instrument?.dimensions.find(({ id }) => id === need.dimension);
  const title = `${dimension === undefined ? need.name : titleOf(dimension)} at least ${need.points}`;
  const base = { need, title, candidates: [] } as const;
  const latest = instrument && latestAssessment(model.assessments ?? [], territory, instrument.id);
  if (instrument === undefined || latest === undefined)
    return {
      ...base,
      state: 'missing',
      because: 'nobody has assessed it here',
      closes: 'Assess it here with those who do the work.',
    };
  const result = consensusOf(latest, instrument).dimensions.find((each) => each.dimension.id === need.dimension);
  if (result?.median === undefined)
    return { ...base, state: 'missing', because: `${titleOf(latest)} leaves it out`, closes: 'Rate it.' };
  if (result.split)
    return {
      ...base,
      state: 'near',
      because: `the raters of ${titleOf(latest)} are split`,
      closes: 'Talk about it, and rate it again.',
    };
  const agreed = result.agreed ?? 0;
  if (agreed >= need.points) return { ...base, state: 'there', because: `agreed on ${agreed} in ${titleOf(latest)}` };
  const plan = latest.improvements.find((each) => each.dimension === need.dimension && each.points >= need.points);
  const by = plan && byId(model.organisations, plan.owner);
  const closes =
    plan === undefined
      ? `Improve it to ${need.points}, with an owner and a date.`
      : `${by === undefined ? plan.owner : titleOf(by)} improves it to ${plan.points} by ${plan.due}.`;
  const state = need.points - agreed <= 1 ? 'near' : 'missing';
  return { ...base, state, because: `agreed on ${agreed} in ${titleOf(latest)}`, closes };
}

/** People of the ages from which patients come, where the territory does not tell them. */
export function populationGaps(template: Template, id: string, model: Model): Gap[] {
  const territory = byId(model.territories, id);
  if (territory === undefined) return [];
  return (template.parts.cohorts ?? []).flatMap(({ population }) =>
    (population?.rates ?? []).flatMap((rate): Gap[] => {
      const people = peopleOfAge(territory, rate);
      if (typeof people !== 'string') return [];
      const name = `people of ages ${agesText(rate)}`;
      const need = {
        kind: 'number',
        name,
        element: `${territory.id} ${name}`,
        optional: false,
        origin: rate.origin,
      } as const;
      return [
        {
          need,
          title: name,
          state: 'missing',
          candidates: [],
          because: 'the territory does not tell them',
          closes: people,
        },
      ];
    }),
  );
}
