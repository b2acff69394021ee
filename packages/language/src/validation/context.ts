import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { isFamily } from '../lowering/expressions.js';
import { canonicalTag, isShipped, titledNode } from '../lowering/titles.js';
import { nodesOf, referencesOf } from '../tree/nodes.js';
import { noteInside } from '../tree/reads.js';
import { TravelCalls } from '../tree/travel-calls.js';
import { isBroken } from './linking.js';
import { comparedBy } from './plans.js';
import { targetOf, targetsOf } from './references.js';
import { TypeTable } from './value-types.js';

/** What the checks of a file may ask about the rest of the compilation. */
export interface ValidationContext {
  /** Every document of the compilation, in order of import. */
  readonly documents: readonly ast.Document[];
  /** Whether the compilation has a document of this address. */
  readonly isLoaded: (uri: string) => boolean;
  /** True when something in the compilation refers to the declaration. */
  readonly isReferenced: (declaration: AstNode) => boolean;
  /** Names of the columns of a data file; undefined when it cannot be read, which is told elsewhere. */
  readonly columnsOf: (place: AstNode, path: string) => readonly string[] | undefined;
  /** Values in a column of a data file; undefined when it cannot be read. */
  readonly lengthOf: (place: AstNode, path: string, column: string) => number | undefined;
  /** True when a file of the compilation has mistakes of syntax, so that parts of it may be missing. */
  readonly isBroken: boolean;
  /** Pathways that may call one another in a circle; every pathway outside is free of circles. */
  readonly circling: () => ReadonlySet<ast.Pathway>;
  /** Scenarios that some study simulates. */
  readonly simulated: () => ReadonlySet<ast.Scenario>;
  /** The scenarios of each study that compares some. */
  readonly comparisons: () => readonly ReadonlySet<ast.Scenario>[];
  /** The travel that a call asks for; undefined for any other function. */
  readonly travelOf: (call: ast.FunctionCall) => ast.Travel | undefined;
  /** Types of expressions, each found once. */
  readonly types: TypeTable;
  /** Languages in which every title is wanted: those that the project names, else those of which it has titles. */
  readonly languages: () => readonly string[];
  /** Languages in which something has a title, by what carries it. */
  readonly translated: () => ReadonlyMap<AstNode, ReadonlySet<string>>;
}

/** Reads of data files, where the caller can give them. */
export interface DataFileAccess {
  columnsOf?(place: AstNode, path: string): readonly string[] | undefined;
  lengthOf?(place: AstNode, path: string, column: string): number | undefined;
}

/** A check: looks at one node and tells what is wrong with it. */
export type Check<T extends AstNode> = (node: T, context: ValidationContext) => Iterable<Diagnostic>;

/** What the checks need to know of linked documents; references are gathered once for all files. */
export function createValidationContext(
  documents: readonly ast.Document[],
  data: DataFileAccess = {},
  languages?: readonly string[],
): ValidationContext {
  let referenced: ReadonlySet<AstNode> | undefined;
  const travel = new TravelCalls(documents);
  const travelOf = (call: ast.FunctionCall): ast.Travel | undefined => travel.of(call);
  const comparisons = once(() => comparedScenarios(documents));
  const loaded = once(() => new Set(documents.map((document) => document.$document?.uri.toString() ?? '')));
  return {
    documents,
    isLoaded: (uri) => loaded().has(uri),
    isReferenced: (declaration) => (referenced ??= referencedNodes(documents, travelOf)).has(declaration),
    columnsOf: (place, path) => data.columnsOf?.(place, path),
    lengthOf: (place, path, column) => data.lengthOf?.(place, path, column),
    isBroken: documents.some((document) => document.$document !== undefined && isBroken(document.$document)),
    circling: once(() => circlingPathways(documents)),
    simulated: once(() => new Set(comparisons().flatMap((each) => [...each]))),
    comparisons,
    travelOf,
    types: new TypeTable(travelOf),
    languages: once(() => languages ?? languagesOf(documents)),
    translated: once(() => translatedLanguages(documents)),
  };
}

function languagesOf(documents: readonly ast.Document[]): readonly string[] {
  const named = documents
    // What is shipped may be read in more languages than a project.
    .filter((document) => !isShipped(document))
    .flatMap((document) => document.declarations.filter(ast.isTranslation))
    .flatMap((translation) => translation.titles.map(({ language }) => canonicalTag(language ?? '')))
    .filter((tag) => tag !== undefined);
  return [...new Set(named)].sort();
}

function translatedLanguages(documents: readonly ast.Document[]): ReadonlyMap<AstNode, ReadonlySet<string>> {
  const found = new Map<AstNode, Set<string>>();
  for (const translation of documents.flatMap((document) => document.declarations.filter(ast.isTranslation))) {
    const target = targetOf(translation.element);
    if (target === undefined) continue;
    const tags = found.get(titledNode(target)) ?? new Set<string>();
    for (const { language } of translation.titles) tags.add(canonicalTag(language ?? '') ?? '');
    found.set(titledNode(target), tags);
  }
  return found;
}

function once<T extends object>(find: () => T): () => T {
  let found: T | undefined;
  return () => (found ??= find());
}

/** Takes away pathways that call none of the others, until none is left that can be taken away. */
function circlingPathways(documents: readonly ast.Document[]): ReadonlySet<ast.Pathway> {
  const callers = new Map<ast.Pathway, ast.Pathway[]>();
  const calls = new Map<ast.Pathway, number>();
  for (const pathway of documents.flatMap((document) => document.declarations.filter(ast.isPathway))) {
    const called = calledFrom(pathway);
    calls.set(pathway, called.length);
    for (const each of called) callers.set(each, [...(callers.get(each) ?? []), pathway]);
  }
  const open = [...calls].filter(([, count]) => count === 0).map(([pathway]) => pathway);
  for (let pathway = open.pop(); pathway !== undefined; pathway = open.pop()) {
    calls.delete(pathway);
    for (const caller of callers.get(pathway) ?? []) {
      const left = (calls.get(caller) ?? 0) - 1;
      calls.set(caller, left);
      if (left === 0) open.push(caller);
    }
  }
  return new Set(calls.keys());
}

/** The calls of each pathway, found once: a changed text is parsed to new nodes. */
const callsByPathway = new WeakMap<ast.Pathway, readonly ast.Call[]>();

/** The pathways that a pathway calls, each once. */
export function calledFrom(pathway: ast.Pathway): readonly ast.Pathway[] {
  noteInside(pathway);
  const calls = callsByPathway.get(pathway) ?? nodesOf(pathway).filter(ast.isCall);
  callsByPathway.set(pathway, calls);
  return [...new Set(targetsOf(calls.map((call) => call.pathway)))];
}

function comparedScenarios(documents: readonly ast.Document[]): readonly ReadonlySet<ast.Scenario>[] {
  const studies = documents.flatMap((document) => document.declarations.filter(ast.isStudy));
  return studies.map((study) => comparedBy(study, documents));
}

/** The calls of each text that may ask for travel: those of no distribution. */
const functionCallsByRoot = new WeakMap<ast.Document, readonly ast.FunctionCall[]>();

function functionCallsIn(document: ast.Document): readonly ast.FunctionCall[] {
  const calls =
    functionCallsByRoot.get(document) ??
    nodesOf(document)
      .filter(ast.isFunctionCall)
      .filter((call) => !isFamily(call.function ?? ''));
  functionCallsByRoot.set(document, calls);
  return calls;
}

function referencedNodes(
  documents: readonly ast.Document[],
  travelOf: ValidationContext['travelOf'],
): ReadonlySet<AstNode> {
  const referenced = new Set<AstNode>();
  for (const document of documents) {
    for (const { reference, container } of referencesOf(document)) {
      const target = targetOf(reference);
      // A title in another language is no use of what it names.
      if (target !== undefined && !ast.isTranslation(container)) referenced.add(target);
    }
    for (const call of functionCallsIn(document)) {
      const travel = travelOf(call);
      if (travel !== undefined) referenced.add(travel);
    }
  }
  return referenced;
}
