import { byId, type Model, type Pathway, type Titles, titleOf } from '@pathway/model';
import { element, type FhirElement, type FhirRelease } from './fhir-json.js';
import type { FhirReferences } from './references.js';

/** What all definitions begin with: address, version, name, title, state and who publishes them. */
export function definitionParts(
  type: 'PlanDefinition' | 'ActivityDefinition',
  id: string,
  title: string,
  pathway: Pathway,
  { model, references }: { readonly model: Model; readonly references: FhirReferences },
): FhirElement {
  const owner = pathway.owner === undefined ? undefined : byId(model.organisations, pathway.owner);
  return element({
    url: references.canonicalOf(type, id),
    version: model.sourceHash.slice(0, 12),
    name: computableName(id),
    title,
    status: 'draft',
    publisher: owner && titleOf(owner),
  });
}

/** A name that machines take: a capital letter, then letters, digits and `_`. */
function computableName(id: string): string {
  const plain = id
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const name = /^[A-Za-z]/.test(plain) ? plain : `P${plain}`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`.slice(0, 255);
}

/** Titles in other languages, as FHIR's extension for translations has them, beside the element of that name. */
export function translated(name: string, titles: Titles | undefined): FhirElement {
  if (titles === undefined || Object.keys(titles).length === 0) return {};
  const extension = Object.keys(titles)
    .sort()
    .map((language) => ({
      url: 'http://hl7.org/fhir/StructureDefinition/translation',
      extension: [
        { url: 'lang', valueCode: language },
        { url: 'content', valueString: titles[language] ?? '' },
      ],
    }));
  return { [`_${name}`]: { extension } };
}

/** Sources as citations. */
export function citations(
  ids: readonly string[] | undefined,
  model: Model,
  release: FhirRelease,
): readonly FhirElement[] {
  return (ids ?? []).flatMap((id) => {
    const source = byId(model.sources, id);
    if (source === undefined) return [];
    const { url, date, note } = source;
    const said = [titleOf(source), date, note].filter((part) => part !== undefined).join(', ');
    const where = url === undefined ? {} : release === 'R4' ? { url } : { document: { url } };
    return [element({ type: 'citation', display: titleOf(source), citation: said, ...where })];
  });
}
