import { activitiesOf, type Model, type Pathway, type Step } from '@pathway/model';
import { withCalled } from '../called-pathways.js';
import { activityDefinition, type FhirSetting } from './activity-definition.js';
import { type AddressedResource, DirectoryResources, isPlace } from './directory-resources.js';
import type { FhirElement, FhirRelease } from './fhir-json.js';
import { planDefinition } from './plan-definition.js';
import { FhirReferences, type FhirType } from './references.js';

/** A bundle of FHIR in JSON, and what it leaves out. */
export interface FhirBundle {
  readonly bundle: FhirElement;
  /** In plain words, each once. */
  readonly notSaid: readonly string[];
}

export interface FhirOptions {
  readonly release: FhirRelease;
  /** Address of the server that the resources are for; without it, they refer to each other by UUIDs. */
  readonly base?: string;
  /** Id of the pathway that is written, with those that it calls; all where it is left out. */
  readonly pathway?: string;
}

/**
 * Pathways and all that they rest on as a collection of FHIR: PlanDefinition, ActivityDefinition, HealthcareService,
 * Organization, PractitionerRole and Location (https://hl7.org/fhir/R4, https://hl7.org/fhir/R5). Nothing in it rests on a clock.
 * @throws RangeError when the model has no such pathway
 */
export function fhirBundle(model: Model, options: FhirOptions): FhirBundle {
  const { release, base, pathway: wanted } = options;
  const references = new FhirReferences(model, base);
  const setting: FhirSetting = { model, release, references, notSaid: new Set() };
  const pathways = wanted === undefined ? model.pathways : withCalled(model, wanted);
  const plans = pathways.map((pathway) => addressed('PlanDefinition', pathway.id, planDefinition(pathway, setting)));
  const activities = pathways.flatMap((pathway) =>
    stepsOf(pathway).map((step) =>
      addressed('ActivityDefinition', step.id, activityDefinition(step, pathway, setting)),
    ),
  );
  const directory = new DirectoryResources(model, release, references);
  tellRest(model, setting.notSaid);
  const resources = [...plans, ...activities, ...directory.services(), ...directory.spaces(), ...directory.roles()];
  return { bundle: bundleOf(resources, references), notSaid: [...setting.notSaid] };
}

/** Services, organisations and places alone: a directory in FHIR R4. */
export function fhirDirectory(model: Model): FhirElement {
  const references = new FhirReferences(model);
  return bundleOf(new DirectoryResources(model, 'R4', references).services(), references);
}

function addressed(type: FhirType, of: string, resource: AddressedResource['resource']): AddressedResource {
  return { type, of, resource };
}

function stepsOf(pathway: Pathway): readonly Step[] {
  return activitiesOf(pathway).filter((activity) => activity.kind === 'step');
}

function bundleOf(resources: readonly AddressedResource[], references: FhirReferences): FhirElement {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map(({ type, of, resource }) => ({ fullUrl: references.addressOf(type, of), resource })),
  };
}

/** Parts of a model that have no place in these resources. */
function tellRest(model: Model, notSaid: Set<string>): void {
  const equipment = model.resources.filter((each) => !isPlace(each));
  if (equipment.length > 0)
    notSaid.add('Equipment and systems: they stand in the steps that need them, and are no resources of their own.');
  if (model.resources.length > 0 || model.staff.length > 0)
    notSaid.add('How many there are: numbers of beds, equipment and staff, shifts and contracts.');
  if (model.staff.some(({ people }) => people.length > 0))
    notSaid.add('Named people: a role at an organisation stands for them.');
  if (model.cohorts.some(({ arrivals }) => arrivals !== undefined)) notSaid.add('Arrivals and attributes of patients.');
  const rest = [
    ['indicators and what is expected of them', model.indicators],
    [
      'crises, triggers and responses',
      [...(model.crises ?? []), ...(model.triggers ?? []), ...(model.responses ?? [])],
    ],
    ['agreements and payers', [...(model.agreements ?? []), ...(model.payers ?? [])]],
    ['scenarios and studies', [...model.scenarios, ...model.studies]],
  ] as const;
  const said = rest.flatMap(([what, list]) => (list.length === 0 ? [] : [what]));
  if (said.length > 0) notSaid.add(`Of other parts of the text: ${said.join('; ')}.`);
}
