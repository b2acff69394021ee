import { byId } from './by-id.js';
import type { Declaration } from './elements.js';
import { expressionText } from './expression-text.js';
import type { Branch, Pathway } from './flow.js';
import { sha256Hex, stableJson } from './json.js';
import { mentionedIn, WORDS_TO_READ } from './mentions.js';
import { MEANING_LISTS, type MeaningList, type Model } from './model.js';
import type { Study } from './study.js';
import { activitiesOf } from './walk.js';

/** Version of what a hash of a meaning takes in; a hash begins with it. */
const HASH_VERSION = 'm1';
/** Hexadecimal digits of SHA-256 that a hash keeps: as many as a git commit has. */
const DIGITS = 40;

/** What a hash of a meaning looks like. */
export const MEANING_HASH = /^m1-[0-9a-f]{40}$/;

type Part = Pick<Declaration, 'id' | 'origin'> & { readonly name?: string };

/**
 * Ids of the declarations that the meaning of one takes in: itself, and all that it names, directly or through others:
 * pathways that it calls, their resources, roles, skills, cohorts, numbers and sources. A study takes in everything that it
 * simulates. Where citizens enter a territory is no part of what happens in it.
 * @returns undefined where the model has no such declaration
 */
export function meaningParts(model: Model, id: string): ReadonlySet<string> | undefined {
  const declared = declarationsOf(model);
  if (!declared.has(id)) return undefined;
  const owners = new Map(
    pathwaysOf(model).flatMap((pathway) => activitiesOf(pathway).map((activity) => [activity.id, pathway.id] as const)),
  );
  const found = new Set<string>();
  const add = (wanted: string): void => {
    const part = declared.get(wanted);
    if (part === undefined || found.has(wanted)) return;
    found.add(wanted);
    if (part.list === 'territories') return;
    for (const text of mentionedIn(part.declaration, '')) add(declared.has(text) ? text : (owners.get(text) ?? ''));
  };
  add(id);
  const studies = model.studies.filter((study) => found.has(study.id));
  for (const study of studies) for (const each of simulatedBy(study, model)) add(each);
  if (studies.length > 0) for (const group of model.staff) if (found.has(group.role)) add(group.id);
  return found;
}

/** Those of the templates too, which are nobody's way yet. */
function pathwaysOf(model: Model): readonly Pathway[] {
  return [...(model.templates ?? []).flatMap(({ parts }) => parts.pathways ?? []), ...model.pathways];
}

function simulatedBy(study: Study, model: Model): string[] {
  const isListed = (list: readonly string[], id: string): boolean => list.length === 0 || list.includes(id);
  const indicators = model.indicators.filter(({ id }) => isListed(study.indicators, id));
  return [
    ...model.pathways
      .filter(({ cohorts, id }) => cohorts.length > 0 && isListed(study.pathways, id))
      .map(({ id }) => id),
    ...indicators.map(({ id }) => id),
    ...model.expectations
      .filter(
        ({ indicator, scenarios }) =>
          byId(indicators, indicator) !== undefined &&
          (scenarios.length === 0 || scenarios.some((each) => study.scenarios.includes(each))),
      )
      .map(({ id }) => id),
  ];
}

/**
 * A hash of what a declaration means, with all that it takes in (see `meaningParts`), for an approval to be bound to.
 * Layout, comments, places in the text, the names of files and the units in which quantities are written do not count, nor
 * do properties that say nothing (absent, false, empty), so that a later version of the language finds the same.
 * @returns `m1-` and the first 40 hexadecimal digits of SHA-256 over the canonical JSON; undefined where the model has no
 *   such declaration
 */
export function meaningHash(model: Model, id: string): string | undefined {
  const parts = meaningParts(model, id);
  if (parts === undefined) return undefined;
  const declared = declarationsOf(model);
  const names = canonicalNames(model, parts, declared);
  const written = [...parts].flatMap((each) => {
    const part = declared.get(each);
    return part === undefined ? [] : [[part.list, canonical(part.declaration, part.list, names)] as const];
  });
  const sorted = written.map((each) => stableJson(each)).sort();
  const text = `${names.get(id) ?? id}\n${sorted.join('\n')}`;
  return `${HASH_VERSION}-${sha256Hex(text).slice(0, DIGITS)}`;
}

interface Declared {
  readonly list: MeaningList;
  readonly declaration: Part;
}

function declarationsOf(model: Model): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  const templates = (model.templates ?? []).map(({ parts }) => parts);
  for (const lists of [...templates, model])
    for (const list of MEANING_LISTS)
      for (const declaration of lists[list] ?? []) found.set(declaration.id, { list, declaration });
  return found;
}

/** Names instead of ids where these tell the parts apart: an id may hold the name of a file. */
function canonicalNames(
  model: Model,
  parts: ReadonlySet<string>,
  declared: ReadonlyMap<string, Declared>,
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const nameOf = (id: string): string => declared.get(id)?.declaration.name ?? id;
  for (const id of parts) counts.set(nameOf(id), (counts.get(nameOf(id)) ?? 0) + 1);
  const names = new Map<string, string>();
  for (const id of parts) names.set(id, counts.get(nameOf(id)) === 1 ? nameOf(id) : id);
  for (const pathway of pathwaysOf(model)) {
    const name = names.get(pathway.id);
    if (name === undefined || name === pathway.id) continue;
    for (const { id } of activitiesOf(pathway)) names.set(id, name + id.slice(pathway.id.length));
  }
  return names;
}

/** Of where and how something is written, for readers, and nothing that it means. */
const NOT_MEANT: ReadonlySet<string> = new Set(['origin', 'documentation', 'text', 'entrypoints']);

function canonical(value: unknown, property: string, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return WORDS_TO_READ.has(property) ? value : (names.get(value) ?? value);
  if (Array.isArray(value)) return value.map((item) => canonical(item, property, names));
  if (typeof value !== 'object' || value === null) return value;
  const isQuantity = 'kind' in value && value.kind === 'number';
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !NOT_MEANT.has(key) && !(isQuantity && key === 'unit') && saysSomething(member))
      // An expectation has no name: its id counts where it stands.
      .filter(([key]) => !(property === 'expectations' && key === 'id'))
      .filter(([key]) => !(key === 'label' && isWrittenCondition(value)))
      // What a category is called was no part of earlier hashes; where care parts by it, the branch's label counts.
      .filter(([key]) => !(property === 'options' && key === 'title'))
      .map(([key, member]) => [key, canonical(member, key, names)]),
  );
}

function saysSomething(value: unknown): boolean {
  if (value === undefined || value === false) return false;
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}

/** Whether the label of a branch only repeats its share or condition, however that is spaced. */
function isWrittenCondition(branch: object): boolean {
  const { label, when } = branch as Partial<Branch>;
  if (label === undefined || when === undefined || when.kind === 'category') return false;
  if (when.kind === 'otherwise') return label === 'otherwise';
  const plain = (text: string): string => text.replace(/[\s()]+/g, '');
  return plain(label) === plain(expressionText(when.kind === 'share' ? when.share : when.condition));
}
