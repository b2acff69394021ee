import type { AstNode, AstNodeDescription, LangiumDocument, Reference } from 'langium';
import * as ast from '../generated/ast.js';
import type { PathwayServices } from '../module.js';
import { importedUri } from '../workspace/imports.js';
import { PathwayScopeProvider } from '../scope/scope-provider.js';
import { forgetLink, isSingle, linkOnDemand } from '../tree/link.js';

/**
 * Keeps the names of files known to one another while files change. References resolve when they are first followed; a
 * changed file takes back only those that led into it or may lead into it now, and where a name still means the same
 * kind of thing they are turned to its new place without being looked up again.
 */
export class Links {
  readonly #services: PathwayServices;

  constructor(services: PathwayServices) {
    this.#services = services;
  }

  /**
   * Makes new files known.
   * @returns addresses of the files in which names may mean something else now
   */
  add(documents: readonly LangiumDocument[]): ReadonlySet<string> {
    linkOnDemand(documents, this.#services.shared);
    this.#forgetScopes();
    const names = new Set(documents.flatMap((document) => this.#exportedBy(document)).map(({ name }) => name));
    const added = new Set(documents);
    const relinked = new Set<string>();
    for (const document of this.#services.shared.workspace.LangiumDocuments.all) {
      if (added.has(document)) continue;
      if (unlink(document, (reference) => leadsNowhere(reference) || names.has(lastPart(reference.$refText))))
        relinked.add(document.uri.toString());
    }
    return relinked;
  }

  /**
   * Puts the new version of a file in the place of the old one; undefined for none.
   */
  replace(before: LangiumDocument | undefined, after: LangiumDocument | undefined): Relinked {
    const old = before === undefined ? [] : this.#exportedBy(before);
    const { IndexManager, LangiumDocuments } = this.#services.shared.workspace;
    if (before !== undefined) IndexManager.remove(before.uri);
    if (after !== undefined) linkOnDemand([after], this.#services.shared);
    this.#forgetScopes();
    const now = after === undefined ? [] : this.#exportedBy(after);
    const changedNames = differentNames(old, now);
    const placeOf = newPlaces(old, now);
    const uri = (before ?? after)?.uri.toString();
    const relinked = new Set<string>();
    const imported = this.#importedBy([before, after]);
    if (uri !== undefined && changedNames.size > 0) relinked.add(uri);
    for (const document of LangiumDocuments.all) {
      if (document === after) continue;
      const leadsHere = document.references.some(
        (reference) => isSingle(reference) && reference.$nodeDescription?.documentUri.toString() === uri,
      );
      if (!leadsHere && changedNames.size === 0) continue;
      const isRelinked = unlink(document, (reference) => {
        if (changedNames.size > 0 && changedNames.has(lastPart(reference.$refText))) return true;
        const description = reference.$nodeDescription;
        if (leadsHere && description === undefined) return true;
        if (leadsHere && description !== undefined && DEPENDS_ON_PLACE.has(description.type)) {
          // What stands in the file itself keeps its meaning, unless the changed file can see into that.
          const own = document.uri.toString();
          return description.documentUri.toString() !== own || imported.has(own);
        }
        if (description?.documentUri.toString() !== uri || description?.node === undefined) return false;
        return placeOf.get(description.node) ?? true;
      });
      if (isRelinked) relinked.add(document.uri.toString());
    }
    return { files: relinked, namesChanged: changedNames.size > 0 };
  }

  #exportedBy(document: LangiumDocument): readonly AstNodeDescription[] {
    const { IndexManager } = this.#services.shared.workspace;
    return IndexManager.allElements(undefined, new Set([document.uri.toString()])).toArray();
  }

  /** Addresses of all files that some files import, directly or through others. */
  #importedBy(documents: readonly (LangiumDocument | undefined)[]): ReadonlySet<string> {
    const found = new Set<string>();
    const open = documents.filter((document) => document !== undefined);
    for (const { uri, parseResult } of open) {
      const root = parseResult.value;
      for (const statement of ast.isDocument(root) ? root.imports : []) {
        const target = importedUri(uri, statement.path);
        if (target === undefined || found.has(target.toString())) continue;
        found.add(target.toString());
        const imported = this.#services.shared.workspace.LangiumDocuments.getDocument(target);
        if (imported !== undefined) open.push(imported);
      }
    }
    return found;
  }

  #forgetScopes(): void {
    const provider = this.#services.references.ScopeProvider;
    if (provider instanceof PathwayScopeProvider) provider.forget();
  }
}

/** What a new version of a file has changed in the meaning of names. */
export interface Relinked {
  /** Addresses of the files in which names may mean something else now. */
  readonly files: ReadonlySet<string>;
  /** Whether other names are declared than before. */
  readonly namesChanged: boolean;
}

/** What a name of these means depends on what stands around it, which may have changed its meaning. */
const DEPENDS_ON_PLACE: ReadonlySet<string> = new Set(['Attribute', 'CategoryOption', 'SkillLevel', 'ScaleLevel']);

function leadsNowhere(reference: Reference): boolean {
  return reference.error !== undefined;
}

/**
 * Takes back what a document's references lead to where `decide` says so, or turns it to another place.
 * @returns whether any was taken back
 */
function unlink(document: LangiumDocument, decide: (reference: Reference) => boolean | AstNodeDescription): boolean {
  let kept: LangiumDocument['references'] | undefined;
  for (const [index, reference] of document.references.entries()) {
    const decision = isSingle(reference) && decide(reference);
    if (decision === false || !isSingle(reference)) {
      kept?.push(reference);
    } else if (decision === true) {
      kept ??= document.references.slice(0, index);
      forgetLink(reference);
    } else {
      reference._ref = decision.node;
      reference._nodeDescription = decision;
      kept?.push(reference);
    }
  }
  if (kept !== undefined) document.references = kept;
  return kept !== undefined;
}

/** The last name of a qualified one. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function keyOf({ name, type }: AstNodeDescription): string {
  return `${type} ${name}`;
}

/** Where what stood in the old version stands in the new one, for what has one name of its own in both. */
function newPlaces(
  old: readonly AstNodeDescription[],
  now: readonly AstNodeDescription[],
): ReadonlyMap<AstNode, AstNodeDescription> {
  const before = singles(old);
  const after = singles(now);
  const places = new Map<AstNode, AstNodeDescription>();
  for (const [key, { node }] of before) {
    const place = after.get(key);
    if (node !== undefined && place?.node !== undefined) places.set(node, place);
  }
  return places;
}

function singles(descriptions: readonly AstNodeDescription[]): ReadonlyMap<string, AstNodeDescription> {
  const found = new Map<string, AstNodeDescription | undefined>();
  for (const description of descriptions) {
    const key = keyOf(description);
    found.set(key, found.has(key) ? undefined : description);
  }
  return new Map([...found].filter((entry): entry is [string, AstNodeDescription] => entry[1] !== undefined));
}

/** Names that one of two lists has for another number or type of things than the other. */
function differentNames(
  before: readonly AstNodeDescription[],
  after: readonly AstNodeDescription[],
): ReadonlySet<string> {
  const counts = new Map<string, { name: string; count: number }>();
  const add = (description: AstNodeDescription, by: number): void => {
    const key = keyOf(description);
    counts.set(key, { name: lastPart(description.name), count: (counts.get(key)?.count ?? 0) + by });
  };
  for (const description of before) add(description, 1);
  for (const description of after) add(description, -1);
  return new Set([...counts.values()].filter(({ count }) => count !== 0).map(({ name }) => name));
}
