import {
  byId,
  type Model,
  openingHours,
  type Organisation,
  type Resource,
  type Role,
  type Territory,
  titleOf,
} from '@pathway/model';
import { directoryOf, type Service } from '../directory/services.js';
import { conceptOf, heldSkillConcept, hl7Concept } from './codings.js';
import { element, type FhirElement, type FhirRelease, type FhirResource, plainText, resource } from './fhir-json.js';
import type { FhirReferences, FhirType } from './references.js';

/** A resource with what its address is made of. */
export interface AddressedResource {
  readonly type: FhirType;
  readonly of: string;
  readonly resource: FhirResource;
}

/** Writes who and what there is: organisations, places, services and roles. */
export class DirectoryResources {
  constructor(
    private readonly model: Model,
    private readonly release: FhirRelease,
    private readonly references: FhirReferences,
  ) {}

  /** Organisations, the territories and sites that there are, and a service of each organisation. */
  services(): readonly AddressedResource[] {
    const { organisations, territories } = this.model;
    return [
      ...directoryOf(this.model).map((each) => this.healthcareService(each)),
      ...organisations.map((each) => this.organization(each)),
      ...territories.map((each) => this.territory(each)),
      ...organisations.map((each) => this.site(each)),
    ];
  }

  /** A Location for each kind of bed, room or vehicle. */
  spaces(): readonly AddressedResource[] {
    return this.model.resources.filter(isPlace).map((each) => this.space(each));
  }

  /** A PractitionerRole for each role at each organisation that has staff of it, else for the role alone. */
  roles(): readonly AddressedResource[] {
    return this.model.roles.flatMap((role) => {
      const places = new Set(
        this.model.staff.filter((group) => group.role === role.id).map(({ organisation }) => organisation),
      );
      return (places.size === 0 ? [undefined] : [...places]).map((place) => this.practitionerRole(role, place));
    });
  }

  private healthcareService(service: Service): AddressedResource {
    const { id, title, sector, hours, languages, accepts, entrypointFor } = service;
    const organisation = byId(this.model.organisations, id);
    const comment = [
      ...(entrypointFor.length === 0 ? [] : [`Entry point for ${entrypointFor.join(', ')}.`]),
      ...(accepts.length === 0 ? [] : [`Accepts ${accepts.join('; ')}.`]),
    ].join(' ');
    const place = this.territoryOf(organisation);
    return this.addressed('HealthcareService', id, {
      active: true,
      providedBy: this.references.reference('Organization', id, title),
      category: sector === undefined ? [] : [{ text: sector }],
      name: title,
      location: [this.references.reference('Location', `site ${id}`, title)],
      coverageArea: place === undefined ? [] : [this.territoryReference(place)],
      comment: plainText(comment),
      communication: languages.map((code) => ({ coding: [{ system: 'urn:ietf:bcp:47', code }] })),
      ...this.reachedBy(service),
      ...this.openAt(hours),
    });
  }

  private organization(organisation: Organisation): AddressedResource {
    const { id, sector, partOf, contact } = organisation;
    const parent = partOf === undefined ? undefined : byId(this.model.organisations, partOf);
    return this.addressed('Organization', id, {
      active: true,
      type: sector === undefined ? [] : [{ text: sector }],
      name: titleOf(organisation),
      description: this.release === 'R5' ? plainText(organisation.documentation) : undefined,
      ...this.reachedBy(contact),
      partOf: parent && this.references.reference('Organization', parent.id, titleOf(parent)),
    });
  }

  private territory(territory: Territory): AddressedResource {
    return this.addressed('Location', `territory ${territory.id}`, {
      status: 'active',
      name: titleOf(territory),
      description: plainText(territory.documentation),
      mode: 'instance',
      [this.form]: hl7Concept('location-physical-type', 'jdn', 'Jurisdiction'),
    });
  }

  /** Where an organisation works. */
  private site(organisation: Organisation): AddressedResource {
    const place = this.territoryOf(organisation);
    return this.addressed('Location', `site ${organisation.id}`, {
      status: 'active',
      name: titleOf(organisation),
      mode: 'instance',
      [this.form]: hl7Concept('location-physical-type', 'si', 'Site'),
      managingOrganization: this.references.reference('Organization', organisation.id, titleOf(organisation)),
      partOf: place && this.territoryReference(place),
    });
  }

  private space(thing: Resource): AddressedResource {
    const organisation =
      thing.organisation === undefined ? undefined : byId(this.model.organisations, thing.organisation);
    const title = titleOf(thing);
    return this.addressed('Location', `resource ${thing.id}`, {
      status: 'active',
      name: title,
      description: plainText(thing.documentation),
      // One of its kind stands for all of them.
      mode: 'kind',
      [this.form]:
        thing.resourceKind === 'vehicle'
          ? hl7Concept('location-physical-type', 've', 'Vehicle')
          : /\bbeds?\b/i.test(title)
            ? hl7Concept('location-physical-type', 'bd', 'Bed')
            : { text: 'space' },
      managingOrganization:
        organisation && this.references.reference('Organization', organisation.id, titleOf(organisation)),
      partOf: organisation && this.references.reference('Location', `site ${organisation.id}`, titleOf(organisation)),
    });
  }

  private practitionerRole(role: Role, place: string | undefined): AddressedResource {
    const organisation = place === undefined ? undefined : byId(this.model.organisations, place);
    return this.addressed('PractitionerRole', roleKey(role.id, place), {
      active: true,
      organization: organisation && this.references.reference('Organization', organisation.id, titleOf(organisation)),
      code: [conceptOf(role)],
      specialty: role.skills.map((held) => heldSkillConcept(held, this.model)),
      healthcareService: organisation && [
        this.references.reference('HealthcareService', organisation.id, titleOf(organisation)),
      ],
    });
  }

  private addressed(type: FhirType, of: string, parts: Parameters<typeof resource>[2]): AddressedResource {
    return { type, of, resource: resource(type, this.references.idOf(type, of), parts) };
  }

  /** What the physical form of a Location is called. */
  private get form(): 'physicalType' | 'form' {
    return this.release === 'R4' ? 'physicalType' : 'form';
  }

  /** Where somebody calls; R5 has contacts where R4 has numbers alone. */
  private reachedBy(contact: {
    readonly phone?: string;
    readonly email?: string;
    readonly website?: string;
  }): Readonly<Record<string, readonly FhirElement[]>> {
    const points = (
      [
        ['phone', contact.phone],
        ['email', contact.email],
        ['url', contact.website],
      ] as const
    ).flatMap(([system, value]) => (value === undefined ? [] : [{ system, value }]));
    if (this.release === 'R4') return { telecom: points };
    return { contact: points.length === 0 ? [] : [{ telecom: points }] };
  }

  private openAt(hours: string | undefined): Parameters<typeof resource>[2] {
    if (hours === undefined) return {};
    const times = openingHours(hours)?.times;
    if (times === undefined) {
      if (this.release === 'R4') return { availabilityExceptions: hours };
      return { availability: [{ notAvailableTime: [{ description: hours }] }] };
    }
    const availableTime = times.map(availableTimeOf);
    return this.release === 'R4' ? { availableTime } : { availability: [{ availableTime }] };
  }

  private territoryOf(organisation: Organisation | undefined): Territory | undefined {
    const seen = new Set<string>();
    for (let at = organisation; at !== undefined && !seen.has(at.id);) {
      if (at.territory !== undefined) return byId(this.model.territories, at.territory);
      seen.add(at.id);
      at = at.partOf === undefined ? undefined : byId(this.model.organisations, at.partOf);
    }
    return undefined;
  }

  private territoryReference(territory: Territory): FhirElement {
    return this.references.reference('Location', `territory ${territory.id}`, titleOf(territory));
  }
}

/** Beds, rooms and vehicles are places in FHIR; equipment and systems are not. */
export function isPlace({ resourceKind }: Resource): boolean {
  return resourceKind === 'space' || resourceKind === 'vehicle';
}

/** What the address of a role at an organisation is made of. */
export function roleKey(role: string, organisation: string | undefined): string {
  return organisation === undefined ? role : `${role} at ${organisation}`;
}

const DAYS: Readonly<Record<string, string>> = {
  Mon: 'mon',
  Tue: 'tue',
  Wed: 'wed',
  Thu: 'thu',
  Fri: 'fri',
  Sat: 'sat',
  Sun: 'sun',
};

/** A day of the week as FHIR has it. */
export function dayCode(day: string): string {
  return DAYS[day] ?? day;
}

function availableTimeOf({
  days,
  from,
  to,
}: {
  readonly days: readonly string[];
  readonly from: number;
  readonly to: number;
}): FhirElement {
  const daysOfWeek = days.map(dayCode);
  if (from === 0 && to === 1440) return { daysOfWeek, allDay: true };
  return element({ daysOfWeek, availableStartTime: clockTime(from), availableEndTime: clockTime(to) });
}

/** `08:00:00`; the end of a day is its last second, since FHIR knows no 24:00. */
export function clockTime(minutes: number): string {
  if (minutes === 1440) return '23:59:59';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
}
