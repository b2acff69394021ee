import {
  agesText,
  type Binding,
  byId,
  consensusOf,
  type Deployment,
  expressionText,
  formatDuration,
  latestAssessment,
  type Model,
  type NeededElement,
  neededElements,
  peopleOfAge,
  type Template,
  type TemplateNeed,
  titleOf,
} from '@pathway/model';
import { areOneHouse, withParents } from '../organisations.js';
import { type Candidate, candidatesFor } from './candidates.js';

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

/** What it takes to carry a template to a territory. */
export interface Transfer {
  readonly template: Template;
  readonly territory: string;
  /** Where it is deployed already, if it is anywhere: what is said beside the territory comes from there. */
  readonly origin?: Deployment;
  readonly gaps: readonly Gap[];
  /** With the best candidates, the numbers of where it comes from and examples; absent where something is missing. */
  readonly proposal?: Deployment;
  /** What a deployment would say here, for its author to go on with. */
  readonly draft: string;
}

/** Compares what a template needs with what a territory has. */
export function transferTo(template: Template, territory: string, model: Model): Transfer {
  const origin = (model.deployments ?? []).find(
    (each) => each.template === template.id && each.territory !== territory,
  );
  const chosen = new Map<string, string>();
  const gaps = template.needs
    .toSorted((a, b) => Number(a.kind === 'agreement') - Number(b.kind === 'agreement'))
    .map((need) => {
      const gap = gapOf(need, { template, territory, model, chosen, ...(origin && { origin }) });
      const [best] = gap.candidates;
      if (need.kind !== 'maturity' && best !== undefined) chosen.set(need.element, best.element);
      return gap;
    })
    .concat(populationGaps(template, territory, model));
  const isWhole = neededElements(template).every(
    (need) => ['number', 'agreement'].includes(need.kind) || chosen.has(need.element),
  );
  const proposal = isWhole ? proposed(template, territory, chosen, origin) : undefined;
  return {
    template,
    territory,
    ...(origin && { origin }),
    gaps,
    ...(proposal && { proposal }),
    draft: draftOf(template, territory, gaps, model),
  };
}

interface Place {
  readonly template: Template;
  readonly territory: string;
  readonly model: Model;
  readonly origin?: Deployment;
  /** Elements of the place that have been chosen so far, by the need. */
  readonly chosen: ReadonlyMap<string, string>;
}

function gapOf(need: TemplateNeed, place: Place): Gap {
  if (need.kind === 'maturity') return maturityGap(need, place);
  if (need.kind === 'number') return numberGap(need, place);
  if (need.kind === 'agreement') return agreementGap(need, place);
  const title = titleOfNeed(need, place.template);
  const binding = place.origin?.bindings.find((each) => each.need === need.element);
  const like = binding?.to.kind === 'element' ? binding.to.element : undefined;
  const candidates = candidatesFor(need, place.template, place.territory, place.model, like);
  const [best] = candidates;
  if (best === undefined) {
    const closes = `Find or set up ${need.kind === 'organisation' ? 'an organisation' : `a ${need.kind}`} that can be ${title} here.`;
    return { need, title, state: 'missing', candidates, because: 'nothing here comes near', closes };
  }
  const closes = best.fit === 'there' ? undefined : closesOf(best, title);
  return { need, title, state: best.fit, candidates, because: best.because, ...(closes !== undefined && { closes }) };
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
function populationGaps(template: Template, id: string, model: Model): Gap[] {
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

function proposed(
  template: Template,
  territory: string,
  chosen: ReadonlyMap<string, string>,
  origin: Deployment | undefined,
): Deployment {
  const bindings = neededElements(template).flatMap((need): Binding[] => {
    const element = chosen.get(need.element);
    if (need.kind === 'agreement') return [];
    if (need.kind !== 'number')
      return element === undefined
        ? []
        : [{ need: need.element, to: { kind: 'element', element }, origin: need.origin }];
    const there = origin?.bindings.find((each) => each.need === need.element);
    const value = byId(template.parts.numbers ?? [], need.element)?.value;
    if (there !== undefined) return [there];
    return need.optional || value === undefined
      ? []
      : [{ need: need.element, to: { kind: 'value', value }, origin: need.origin }];
  });
  const pathway = origin === undefined ? template.id : `${template.name} in ${territory}`;
  const { needs: _, parts: __, ...declaration } = template;
  return { ...declaration, id: pathway, name: pathway, template: template.id, territory, pathway, bindings };
}

function draftOf(template: Template, territory: string, gaps: readonly Gap[], model: Model): string {
  const lines = gaps.flatMap(({ need, title, state, candidates, because, closes }): string[] => {
    if (need.kind === 'maturity' || need.kind === 'agreement')
      return state === 'there' ? [] : [`  // ${title}: ${closes ?? because}`];
    if (need.kind === 'number') {
      const number = byId(template.parts.numbers ?? [], need.element);
      if (number === undefined) return [`  // ${closes ?? because}`];
      return [
        `  // ${title}: ${because}`,
        `  ${need.optional ? '// ' : ''}${name(need.name)} = ${expressionText(number.value)}`,
      ];
    }
    const [best, ...others] = candidates;
    if (best === undefined) return [`  // ${title} (${need.kind}): ${closes ?? because}`, `  // ${name(need.name)} =`];
    const also = others.slice(0, 2).map((each) => `${each.element} (${each.because})`);
    return [
      ...(state === 'there' ? [] : [`  // ${title}: ${closes ?? because}`]),
      ...(also.length === 0 ? [] : [`  // or: ${also.join(', ')}`]),
      `  ${name(need.name)} = ${name(best.element)}`,
    ];
  });
  const isDeployed = (model.deployments ?? []).some((each) => each.template === template.id);
  const as = isDeployed ? ` as ${template.name}In${territory.replaceAll(/\W/g, '')}` : '';
  return [`deploy ${name(template.name)} in ${name(territory)}${as} {`, ...lines, '}', ''].join('\n');
}

/** A name as a text writes it. */
function name(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(text) ? text : `\`${text}\``;
}
