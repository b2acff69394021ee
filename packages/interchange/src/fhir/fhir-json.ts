/** Releases of FHIR that are written: 4.0.1 and 5.0.0. */
export type FhirRelease = 'R4' | 'R5';

export type FhirValue = string | number | boolean | FhirElement | readonly FhirValue[];

/** An element of FHIR in JSON; it has no empty lists and elements, which FHIR does not know. */
export interface FhirElement {
  readonly [name: string]: FhirValue;
}

export interface FhirResource extends FhirElement {
  readonly resourceType: string;
  readonly id: string;
}

type Given = FhirValue | undefined;

/** An element without what is undefined or empty. */
export function element(parts: Readonly<Record<string, Given>>): FhirElement {
  return Object.fromEntries(
    Object.entries(parts).filter((part): part is [string, FhirValue] => part[1] !== undefined && !isEmpty(part[1])),
  );
}

/** A resource without what is undefined or empty. */
export function resource(resourceType: string, id: string, parts: Readonly<Record<string, Given>>): FhirResource {
  return { resourceType, id, ...element(parts) };
}

function isEmpty(value: FhirValue): boolean {
  if (typeof value === 'string') return value === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Text as FHIR takes it: no control characters, no spaces around it; undefined where nothing is left. */
export function plainText(text: string | undefined): string | undefined {
  const plain = text?.replace(/[^\P{Cc}\n\t]/gu, ' ').trim();
  return plain === '' ? undefined : plain;
}
