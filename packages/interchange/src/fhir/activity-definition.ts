import { byId, type Model, type Need, type NeedTarget, type Pathway, type Step, titleOf } from '@pathway/model';
import { stepLines } from '../write/activity-text.js';
import { sourceText } from '../write/expressions.js';
import { codingsOf } from './codings.js';
import { isPlace, roleKey } from './directory-resources.js';
import { element, type FhirElement, type FhirRelease, type FhirResource, plainText, resource } from './fhir-json.js';
import { definitionParts, translated } from './definition-parts.js';
import { durationOf, timeOf } from './quantities.js';
import type { FhirReferences } from './references.js';

/** What the definitions of one export are written with. */
export interface FhirSetting {
  readonly model: Model;
  readonly release: FhirRelease;
  readonly references: FhirReferences;
  /** What FHIR cannot say, in plain words, each once. */
  readonly notSaid: Set<string>;
}

/** A step as an ActivityDefinition: who does it with what, where and how long. All that it says stands in `usage` too. */
export function activityDefinition(step: Step, pathway: Pathway, setting: FhirSetting): FhirResource {
  const { model, release, references } = setting;
  const place = step.organisation ?? pathway.owner;
  const organisation = place === undefined ? undefined : byId(model.organisations, place);
  const site = organisation && references.reference('Location', `site ${organisation.id}`, titleOf(organisation));
  const title = titleOf(step);
  return resource('ActivityDefinition', references.idOf('ActivityDefinition', step.id), {
    ...definitionParts('ActivityDefinition', step.id, title, pathway, setting),
    ...translated('title', step.titles),
    description: plainText(step.documentation),
    usage: stepLines(step).join('\n'),
    kind: 'Task',
    intent: 'plan',
    code: { text: title },
    ...timing(step, setting),
    location: site === undefined ? undefined : release === 'R4' ? site : { reference: site },
    participant: step.needs.flatMap((need) => participantOf(need, place, setting) ?? []),
  });
}

function timing(step: Step, { model, notSaid }: FhirSetting): { readonly timingDuration?: FhirElement } {
  if (step.takes === undefined) return {};
  const time = timeOf(step.takes, model);
  if (time === undefined)
    notSaid.add(`${titleOf(step)}: how long it takes (${sourceText(step.takes)}) stands in words alone.`);
  else if (time.isMean)
    notSaid.add(`${titleOf(step)}: its time is told by its mean; ${sourceText(step.takes)} stands in words.`);
  return time === undefined ? {} : { timingDuration: durationOf(time.seconds) };
}

/** Who or what is needed; the number stands in the words, where FHIR has none. Undefined for places in R4. */
function participantOf(need: Need, place: string | undefined, setting: FhirSetting): FhirElement | undefined {
  const { model, release, references, notSaid } = setting;
  const [first] = need.of;
  if (first === undefined) return undefined;
  const concepts = need.of.map((target) => conceptOfTarget(target, model));
  const text = `${amountWords(need)}${concepts.map(({ title }) => title).join(' or ')}`;
  const role = element({ coding: concepts.flatMap(({ coding }) => coding), text });
  if (first.kind !== 'resource') {
    if (release === 'R4') return { type: 'practitioner', role };
    const at = first.from ?? place;
    const hasStaff =
      first.kind === 'role' && model.staff.some((each) => each.role === first.role && each.organisation === at);
    return element({
      type: 'practitionerrole',
      typeReference: hasStaff
        ? references.reference('PractitionerRole', roleKey(first.role, at), concepts[0]?.title ?? '')
        : undefined,
      role,
    });
  }
  const thing = byId(model.resources, first.resource);
  if (thing === undefined || !isPlace(thing)) return { type: 'device', role };
  if (release === 'R5')
    return element({
      type: 'location',
      typeReference: references.reference('Location', `resource ${thing.id}`, titleOf(thing)),
      role,
    });
  notSaid.add(`${titleOf(thing)}: that a step needs a place of this kind stands in its words alone.`);
  return undefined;
}

function conceptOfTarget(
  target: NeedTarget,
  model: Model,
): { readonly title: string; readonly coding: readonly FhirElement[] } {
  const declared =
    target.kind === 'role'
      ? byId(model.roles, target.role)
      : target.kind === 'skill'
        ? byId(model.skills, target.skill)
        : undefined;
  if (declared !== undefined) {
    const level = target.kind === 'skill' && target.level !== undefined ? ` (${target.level})` : '';
    const title = target.kind === 'skill' ? `anybody with ${titleOf(declared)}${level}` : titleOf(declared);
    return { title, coding: codingsOf(declared) };
  }
  const id = target.kind === 'resource' ? target.resource : target.kind === 'role' ? target.role : target.skill;
  const thing = byId(model.resources, id);
  return { title: thing === undefined ? id : titleOf(thing), coding: [] };
}

function amountWords({ amount }: Need): string {
  const text = sourceText(amount);
  return text === '1' ? '' : `${text} × `;
}
