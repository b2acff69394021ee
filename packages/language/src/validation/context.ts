import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import type * as ast from '../generated/ast.js';
import { isBroken } from './linking.js';
import { targetOf } from './references.js';
import { TypeTable } from './value-types.js';
import { referencesOf } from '../tree/nodes.js';

/** What the checks of a file may ask about the rest of the compilation. */
export interface ValidationContext {
  /** Every document of the compilation, in order of import. */
  readonly documents: readonly ast.Document[];
  /** True when something in the compilation refers to the declaration. */
  readonly isReferenced: (declaration: AstNode) => boolean;
  /** Names of the columns of a data file; undefined when it cannot be read, which is told elsewhere. */
  readonly columnsOf: (place: AstNode, path: string) => readonly string[] | undefined;
  /** Values in a column of a data file; undefined when it cannot be read. */
  readonly lengthOf: (place: AstNode, path: string, column: string) => number | undefined;
  /** True when a file of the compilation has mistakes of syntax, so that parts of it may be missing. */
  readonly isBroken: boolean;
  /** Types of expressions, each found once. */
  readonly types: TypeTable;
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
): ValidationContext {
  let referenced: ReadonlySet<AstNode> | undefined;
  return {
    documents,
    isReferenced: (declaration) => (referenced ??= referencedNodes(documents)).has(declaration),
    columnsOf: (place, path) => data.columnsOf?.(place, path),
    lengthOf: (place, path, column) => data.lengthOf?.(place, path, column),
    isBroken: documents.some((document) => document.$document !== undefined && isBroken(document.$document)),
    types: new TypeTable(),
  };
}

function referencedNodes(documents: readonly ast.Document[]): ReadonlySet<AstNode> {
  const referenced = new Set<AstNode>();
  for (const document of documents) {
    for (const { reference } of referencesOf(document)) {
      const target = targetOf(reference);
      if (target !== undefined) referenced.add(target);
    }
  }
  return referenced;
}
