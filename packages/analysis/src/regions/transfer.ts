import {
  type Binding,
  byId,
  type Deployment,
  isWhole,
  type Model,
  neededElements,
  type Template,
} from '@pathway/model';
import { type Gap, gapOf, populationGaps } from './gaps.js';
import { draftOf, filesOfDraft } from './transfer-draft.js';

/** What it takes to carry a template to a territory. */
export interface Transfer {
  readonly template: Template;
  readonly territory: string;
  /** Where it is deployed already, if it is wholly deployed anywhere: what is said beside the territory comes from there. */
  readonly origin?: Deployment;
  /** What this territory says already, wholly or in part: the draft keeps it. */
  readonly begun?: Deployment;
  readonly gaps: readonly Gap[];
  /** With the best candidates, the numbers of where it comes from and examples; absent where something is missing. */
  readonly proposal?: Deployment;
  /** What a deployment would say here, for its author to go on with; it takes the place of what is begun. */
  readonly draft: string;
  /** Files that declare what the draft names, each once, in the order of their names. */
  readonly draftNeeds: readonly string[];
}

/** Compares what a template needs with what a territory has. */
export function transferTo(template: Template, territory: string, model: Model): Transfer {
  const deployed = (model.deployments ?? []).filter((each) => each.template === template.id);
  const origin = deployed.find((each) => each.territory !== territory && isWhole(template, each));
  const begun = deployed.find((each) => each.territory === territory);
  const chosen = new Map<string, string>();
  const gaps = template.needs
    .toSorted((a, b) => Number(a.kind === 'agreement') - Number(b.kind === 'agreement'))
    .map((need) => {
      const gap = gapOf(need, {
        template,
        territory,
        model,
        chosen,
        ...(origin && { origin }),
        ...(begun && { begun }),
      });
      const [best] = gap.candidates;
      if (need.kind !== 'maturity' && best !== undefined) chosen.set(need.element, best.element);
      return gap;
    })
    .concat(populationGaps(template, territory, model));
  const isComplete = neededElements(template).every(
    (need) => ['number', 'agreement'].includes(need.kind) || chosen.has(need.element),
  );
  const proposal = isComplete ? proposed(template, territory, chosen, begun, origin) : undefined;
  return {
    template,
    territory,
    ...(origin && { origin }),
    ...(begun && { begun }),
    gaps,
    ...(proposal && { proposal }),
    draft: draftOf(template, territory, gaps, begun, deployed),
    draftNeeds: filesOfDraft(template, territory, chosen, begun, model),
  };
}

function proposed(
  template: Template,
  territory: string,
  chosen: ReadonlyMap<string, string>,
  begun: Deployment | undefined,
  origin: Deployment | undefined,
): Deployment {
  const bindings = neededElements(template).flatMap((need): Binding[] => {
    const element = chosen.get(need.element);
    if (need.kind === 'agreement') return [];
    if (need.kind !== 'number')
      return element === undefined
        ? []
        : [{ need: need.element, to: { kind: 'element', element }, origin: need.origin }];
    const there = [begun, origin].map((of) => of?.bindings.find((each) => each.need === need.element));
    const said = there.find((each) => each !== undefined);
    const value = byId(template.parts.numbers ?? [], need.element)?.value;
    if (said !== undefined) return [said];
    return need.optional || value === undefined
      ? []
      : [{ need: need.element, to: { kind: 'value', value }, origin: need.origin }];
  });
  const pathway = origin === undefined ? template.id : `${template.name} in ${territory}`;
  const { needs: _, parts: __, ...declaration } = template;
  return { ...declaration, id: pathway, name: pathway, template: template.id, territory, pathway, bindings };
}
