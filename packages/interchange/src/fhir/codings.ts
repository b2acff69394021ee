import { byId, type HeldSkill, type Model, type Role, type Skill, titleOf } from '@pathway/model';
import { element, type FhirElement } from './fhir-json.js';

/** URIs of the code systems that the language knows, as HL7 and their owners publish them. */
const SYSTEMS: Readonly<Record<string, string>> = {
  snomed: 'http://snomed.info/sct',
  /** ISCO-08 of the ILO by its object identifier. */
  isco: 'urn:oid:2.16.840.1.113883.2.9.6.2.7',
  loinc: 'http://loinc.org',
  icd: 'http://hl7.org/fhir/sid/icd-10',
  esco: 'http://data.europa.eu/esco',
};

/** The codes of a role or skill. ESCO's codes may be written as the whole address of a concept. */
export function codingsOf(declaration: Role | Skill): readonly FhirElement[] {
  const display = titleOf(declaration);
  return Object.entries(declaration.codes).flatMap(([name, written]) => {
    const system = SYSTEMS[name];
    if (system === undefined) return [];
    const code = written.trim().replace(/\s+/g, ' ');
    return [element({ system, code, display })];
  });
}

/** A role or skill as a concept, with its codes and its title. */
export function conceptOf(declaration: Role | Skill, text = titleOf(declaration)): FhirElement {
  return element({ coding: codingsOf(declaration), text });
}

/** A skill that somebody has, with its level. */
export function heldSkillConcept({ skill, level }: HeldSkill, model: Model): FhirElement {
  const declared = byId(model.skills, skill);
  const title = declared === undefined ? skill : titleOf(declared);
  const text = level === undefined ? title : `${title} (${level})`;
  return declared === undefined ? { text } : conceptOf(declared, text);
}

/** A concept of a code system of HL7. */
export function hl7Concept(system: string, code: string, display: string): FhirElement {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code, display }] };
}
