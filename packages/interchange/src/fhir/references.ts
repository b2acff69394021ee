import { type Model, sha256Hex } from '@pathway/model';
import { type FhirElement, element } from './fhir-json.js';

/** Types of resources that are written. */
export type FhirType =
  'PlanDefinition' | 'ActivityDefinition' | 'HealthcareService' | 'Organization' | 'PractitionerRole' | 'Location';

/**
 * Ids, addresses and references of resources. They rest on the title of the model and the ids of its declarations alone, so that the
 * same declaration is the same resource whenever it is written.
 */
export class FhirReferences {
  private readonly ids = new Map<string, string>();
  private readonly used = new Set<string>();

  /** @param base address of a server, without a slash at its end; without it, addresses are UUIDs */
  constructor(
    private readonly model: Pick<Model, 'title'>,
    private readonly base?: string,
  ) {}

  /** An id as FHIR takes it: letters, digits, `-` and `.`, at most 64 of them; no two resources of a type have the same. */
  idOf(type: FhirType | 'action', of: string): string {
    const key = `${type}/${of}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const plain =
      of
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .replace(/[^A-Za-z0-9.-]/g, '-')
        .slice(0, 60) || 'x';
    let id = plain;
    for (let count = 2; this.used.has(`${type}/${id}`); count++) id = `${plain}-${count}`;
    this.ids.set(key, id);
    this.used.add(`${type}/${id}`);
    return id;
  }

  /** Where a resource is found: within the bundle, and on the server where there is one. */
  addressOf(type: FhirType, of: string): string {
    if (this.base !== undefined) return `${this.base}/${type}/${this.idOf(type, of)}`;
    // A UUID of version 8 (RFC 9562): 122 bits of a hash.
    const digits = sha256Hex(`pathway ${this.model.title} ${type} ${of}`);
    const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
    return `urn:uuid:${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
  }

  /** The canonical URL of a definition. */
  canonicalOf(type: 'PlanDefinition' | 'ActivityDefinition', of: string): string {
    return this.addressOf(type, of);
  }

  reference(type: FhirType, of: string, display: string): FhirElement {
    return element({ reference: this.addressOf(type, of), display });
  }
}
