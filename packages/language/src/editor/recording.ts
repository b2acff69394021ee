import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic, Titles } from '@pathway/model';
import { stableJson } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { LoweringContext, type NamedDeclaration, type WhatIsRead } from '../lowering/lowering-context.js';
import { nodesOf } from '../tree/nodes.js';
import { noteInside, noteQuestion, withoutReads } from '../tree/reads.js';
import type { ValidationContext } from '../validation/index.js';
import { fileOfNode } from '../validation/places.js';
import { TypeTable } from '../validation/value-types.js';
import type { DataTables } from '../workspace/data-tables.js';

/** What the present check knows of the whole project; every later check puts its own in the place. */
export interface Present {
  validation: ValidationContext | undefined;
  lowering: RecordingLowering | undefined;
}

/** A validation context for one file, which notes what its checks ask about the rest of the project. */
export function recordingValidation(present: Present): ValidationContext {
  const now = (): ValidationContext => {
    if (present.validation === undefined) throw new Error('a check is repeated outside of a check');
    return present.validation;
  };
  const ask = <T>(name: string, find: (context: ValidationContext) => T, compared: (found: T) => unknown): T => {
    const again = (): T => withoutReads(() => find(now()));
    const found = again();
    noteQuestion(
      name,
      withoutReads(() => compared(found)),
      () => withoutReads(() => compared(find(now()))),
    );
    return found;
  };
  const names = (nodes: Iterable<AstNode>): string => Array.from(nodes, nameOf).join('\n');
  const travelOf = (call: ast.FunctionCall): ast.Travel | undefined => {
    ask(
      'travels',
      () => undefined,
      () => travelNames(now().documents),
    );
    return withoutReads(() => now().travelOf(call));
  };
  return {
    get documents() {
      return ask('documents', ({ documents }) => documents, fileNames);
    },
    isLoaded: (uri) => ask(`loaded ${uri}`, (context) => context.isLoaded(uri), same),
    isReferenced: (node) => ask(`referenced ${nameOf(node)}`, (context) => context.isReferenced(node), same),
    columnsOf: (place, path) =>
      ask(
        `columns ${placeName(place)} ${path}`,
        (context) => context.columnsOf(place, path),
        (columns) => columns?.join('\n'),
      ),
    lengthOf: (place, path, column) =>
      ask(`length ${placeName(place)} ${path} ${column}`, (context) => context.lengthOf(place, path, column), same),
    get isBroken() {
      return ask('broken', ({ isBroken }) => isBroken, same);
    },
    circling: () => ask('circling', (context) => context.circling(), names),
    simulated: () => ask('simulated', (context) => context.simulated(), names),
    comparisons: () =>
      ask(
        'comparisons',
        (context) => context.comparisons(),
        (sets) => sets.map(names).join('\n\n'),
      ),
    travelOf,
    types: new TypeTable(travelOf),
    languages: () =>
      ask(
        'languages',
        (context) => context.languages(),
        (languages) => languages.join(' '),
      ),
    translated: () =>
      ask(
        'translated',
        (context) => context.translated(),
        (found) => Array.from(found, ([node, tags]) => `${placeName(node)} ${[...tags].join(' ')}`).join('\n'),
      ),
  };
}

function same<T>(found: T): T {
  return found;
}

function nameOf(node: AstNode): string {
  return `${fileOfNode(node)}#${node.$type} ${'name' in node ? String(node.name) : ''}`;
}

function placeName(node: AstNode): string {
  return `${fileOfNode(node)}#${node.$cstNode?.offset ?? 0}`;
}

const fileNamesByDocuments = new WeakMap<readonly ast.Document[], string>();

/** The addresses of all files: one text for all that ask in a check. */
function fileNames(documents: readonly ast.Document[]): string {
  const known = fileNamesByDocuments.get(documents);
  if (known !== undefined) return known;
  const names = documents.map((each) => each.$document?.uri.toString()).join('\n');
  fileNamesByDocuments.set(documents, names);
  return names;
}

const travelNamesByDocuments = new WeakMap<readonly ast.Document[], string>();

/** The names of all travel that is declared, with their files. */
function travelNames(documents: readonly ast.Document[]): string {
  const known = travelNamesByDocuments.get(documents);
  if (known !== undefined) return known;
  const found = documents.flatMap((document) => document.declarations.filter(ast.isTravel)).map(nameOf);
  const names = found.join('\n');
  travelNamesByDocuments.set(documents, names);
  return names;
}

/** What a number is depends on those that it is made from. */
function noteNumber(node: ast.NumberDeclaration): void {
  const open = [node];
  for (const number of open) {
    noteInside(number);
    for (const inner of nodesOf(number)) {
      const target = ast.isNameReference(inner) ? inner.target?.ref : undefined;
      if (ast.isNumberDeclaration(target) && !open.includes(target)) open.push(target);
    }
  }
}

/** What a declaration means, with what cannot be lowered in it. */
export interface LoweredUnit<T = unknown> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Gives what is kept of a declaration, or has it lowered and keeps it. */
export type KeepUnit = (node: ast.Declaration, lower: () => LoweredUnit) => LoweredUnit;

/** Lowers declarations one by one and notes what each looks at elsewhere; what is kept of them is taken over. */
export class RecordingLowering extends LoweringContext {
  override readonly reader: WhatIsRead = {
    table: (path) => {
      this.#ask(`table ${path}`, ({ tables }) => tables.textOf(path));
    },
    number: noteNumber,
    travel: () => {
      this.#ask('travel', ({ travelKey }) => travelKey);
    },
  };
  readonly #present: Present;
  readonly #keep: KeepUnit;
  readonly #documents: readonly ast.Document[];
  readonly #titleKeys = new Map<ast.Document, string>();
  #travelKey: string | undefined;
  #namesKey: string | undefined;
  #sharedNamesKey: string | undefined;
  /** What is wrong with what belongs to no declaration in particular. */
  readonly #apart: Diagnostic[] = [];

  constructor(roots: readonly ast.Document[], tables: DataTables, present: Present, keep: KeepUnit) {
    super(roots, tables);
    this.#documents = roots;
    this.#present = present;
    this.#keep = keep;
    present.lowering = this;
  }

  override unit<N extends ast.Declaration, T>(node: N, lowered: (node: N, context: LoweringContext) => T): T {
    const { value, diagnostics } = this.#keep(node, () => this.#lower(() => lowered(node, this)));
    this.diagnostics.push(...diagnostics);
    // What is kept of a node came from the same function.
    return value as T;
  }

  override apart<T>(work: () => T): T {
    const { value, diagnostics } = withoutReads(() => this.#lower(work));
    this.#apart.push(...diagnostics);
    return value;
  }

  /** Puts what is wrong apart from the declarations among the diagnostics, once all is lowered. */
  finish(): void {
    this.diagnostics.push(...this.#apart.splice(0));
  }

  override idOf(node: AstNode | undefined): string {
    if (node !== undefined) this.#ask('ids', ({ sharedNamesKey }) => sharedNamesKey);
    return super.idOf(node);
  }

  override declared<T extends NamedDeclaration>(isKind: (node: unknown) => node is T, name: string): T | undefined {
    this.#ask('names', ({ namesKey }) => namesKey);
    const found = super.declared(isKind, name);
    if (found !== undefined) noteInside(found);
    return found;
  }

  override titlesOf(node: AstNode): { readonly titles?: Titles } {
    const root = AstUtils.getContainerOfType(node, ast.isDocument);
    if (root !== undefined) this.#ask(`titles ${fileOfNode(root)}`, (context) => context.#titleKeyOf(root));
    return super.titlesOf(node);
  }

  override get currency(): string | undefined {
    this.#ask('currency', (context) => context.ownCurrency);
    return this.ownCurrency;
  }

  #lower<T>(work: () => T): LoweredUnit<T> {
    const before = this.diagnostics.length;
    const value = work();
    return { value, diagnostics: this.diagnostics.splice(before) };
  }

  #ask(name: string, find: (context: RecordingLowering) => unknown): void {
    const again = (): unknown => withoutReads(() => find(this.#present.lowering ?? this));
    noteQuestion(name, again(), again);
  }

  get sharedNamesKey(): string {
    return (this.#sharedNamesKey ??= this.sharedNames.join('\n'));
  }

  /** All names that are declared, in order, with what they name. */
  get namesKey(): string {
    return (this.#namesKey ??= this.#documents.flatMap((root) => root.declarations.map(nameOf)).join('\n'));
  }

  /** All travel that is declared, and what it takes. */
  get travelKey(): string {
    if (this.#travelKey !== undefined) return this.#travelKey;
    const travels = this.#documents.flatMap((root) => root.declarations.filter(ast.isTravel));
    const lowered = travels.map((node) => ({ place: nameOf(node), travel: this.travel.of(node) }));
    return (this.#travelKey = stableJson(lowered));
  }

  #titleKeyOf(root: ast.Document): string {
    if (this.titles.size === 0) return '';
    if (this.#titleKeys.size === 0) {
      for (const [node, titles] of this.titles) {
        const owner = AstUtils.getContainerOfType(node, ast.isDocument);
        if (owner === undefined) continue;
        const key = `${this.#titleKeys.get(owner) ?? ''}${placeName(node)} ${stableJson(titles)}\n`;
        this.#titleKeys.set(owner, key);
      }
    }
    return this.#titleKeys.get(root) ?? '';
  }
}
