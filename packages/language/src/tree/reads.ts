import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import * as ast from '../generated/ast.js';

/** A question whose answer may change with other files: what it was, and how to ask again. */
interface Question {
  readonly answer: unknown;
  readonly again: () => unknown;
}

/**
 * What the reading of a part of one file looked at in other files, so that it is repeated only when one of these
 * changes. That a name leads to something is not among it: whoever follows a name that gets another meaning is read
 * anew anyway.
 */
export class Reads {
  /** Declarations of which more than the name was looked at, by `declarationKey`. */
  readonly insides = new Set<string>();
  /** Declarations whose place in their file was looked at, by `declarationKey`. */
  readonly places = new Set<string>();
  /** Files, by address, whose list of declarations was looked at. */
  readonly wholes = new Set<string>();
  readonly #questions = new Map<string, Question>();

  constructor(readonly home: ast.Document) {}

  /** Notes a question and its answer; the same name is the same question. */
  ask(name: string, answer: unknown, again: () => unknown): void {
    if (!this.#questions.has(name)) this.#questions.set(name, { answer, again });
  }

  /** Whether every question still has the answer that it had. */
  get answersHold(): boolean {
    for (const { answer, again } of this.#questions.values()) if (again() !== answer) return false;
    return true;
  }
}

/** What is being read for; nothing is noted while there is none. */
let current: Reads | undefined;

/** Whether somebody wants to know what is looked at. */
export function isReading(): boolean {
  return current !== undefined;
}

/** Reads a part of `home` and notes what is looked at elsewhere. */
export function recordReads<T>(home: ast.Document, read: () => T): { readonly value: T; readonly reads: Reads } {
  const before = current;
  const reads = new Reads(home);
  current = reads;
  try {
    return { value: read(), reads };
  } finally {
    current = before;
  }
}

/** Reads what belongs to nobody in particular, so that nothing is noted. */
export function withoutReads<T>(read: () => T): T {
  const before = current;
  current = undefined;
  try {
    return read();
  } finally {
    current = before;
  }
}

/** Notes a question that another part of the project answers. */
export function noteQuestion(name: string, answer: unknown, again: () => unknown): void {
  current?.ask(name, answer, again);
}

/** Notes that the inside of a declaration, or something in it, is looked at. */
export function noteInside(node: AstNode): void {
  if (current === undefined) return;
  const declaration = foreignDeclaration(node, current.home);
  if (declaration !== undefined) current.insides.add(declarationKey(declaration));
}

/** Notes that somebody asks where something stands in its file. */
export function notePlace(node: AstNode): void {
  if (current === undefined) return;
  const declaration = foreignDeclaration(node, current.home);
  if (declaration !== undefined) current.places.add(declarationKey(declaration));
}

/** Notes that a name led somewhere: what stands in a declaration is looked at, a declaration is only named. */
export function noteTarget(node: AstNode): void {
  if (current !== undefined && node.$container?.$type !== 'Document') noteInside(node);
}

/** The declaration or import of another file that a node stands in; undefined at home. */
function foreignDeclaration(node: AstNode, home: ast.Document): AstNode | undefined {
  let inner = node;
  for (let outer = inner.$container; outer !== undefined; outer = inner.$container) {
    if (outer.$type === 'Document') return outer === home ? undefined : inner;
    inner = outer;
  }
  if (inner === home || !ast.isDocument(inner)) return undefined;
  current?.wholes.add(inner.$document?.uri.toString() ?? '');
  return undefined;
}

const keys = new WeakMap<AstNode, string>();

/** What tells a declaration of a file from all others, in each version of the file. */
export function declarationKey(declaration: AstNode): string {
  const known = keys.get(declaration);
  if (known !== undefined) return known;
  const root = AstUtils.findRootNode(declaration);
  const uri = root.$document?.uri.toString() ?? '';
  const counts = new Map<string, number>();
  for (const each of ast.isDocument(root) ? withoutReads(() => [...root.imports, ...root.declarations]) : []) {
    const name = `${uri}#${each.$type} ${'name' in each ? (each.name ?? '') : ''}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    keys.set(each, `${name} ${count}`);
  }
  return keys.get(declaration) ?? `${uri}#`;
}

/** Makes the declarations of a parsed file tell when somebody looks at more of them than their names. */
export function watchReads(root: ast.Document): void {
  tellReads(root, ['imports', 'declarations'], () => {
    if (current !== undefined && current.home !== root) current.wholes.add(root.$document?.uri.toString() ?? '');
  });
  for (const declaration of withoutReads(() => root.declarations)) {
    const properties = Object.keys(declaration).filter((each) => !each.startsWith('$') && each !== 'name');
    tellReads(declaration, properties, () => {
      noteInside(declaration);
    });
  }
}

function tellReads(node: AstNode, properties: readonly string[], tell: () => void): void {
  for (const property of properties) {
    const value: unknown = Reflect.get(node, property);
    const get = (): unknown => {
      if (current !== undefined) tell();
      return value;
    };
    Object.defineProperty(node, property, { configurable: true, enumerable: true, get });
  }
}
