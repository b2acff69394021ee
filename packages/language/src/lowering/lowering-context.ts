import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Declaration, Diagnostic, NamedNumber, Origin, Titles } from '@pathway/model';
import { parseUnit } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { fileOf } from '../workspace/files.js';
import type { DataTables } from '../workspace/data-tables.js';
import { documentationOf } from '../tree/documentation.js';
import { neededBy } from '../scope/symbols.js';
import { nodesOf } from '../tree/nodes.js';
import { notePlace } from '../tree/reads.js';
import { collectTitles, titledNode } from './titles.js';
import { TravelTable } from './travel.js';
import { unitText } from './unit-text.js';

/** Declarations that others name. */
export type NamedDeclaration = Exclude<ast.Declaration, ast.Expectation | ast.Approval | ast.Translation>;

/** Is told what a declaration is lowered from, beside its own text. */
export interface WhatIsRead {
  /** A data file, by its path. */
  table(path: string): void;
  /** A named number of which more than the name counts. */
  number(node: ast.NumberDeclaration): void;
  /** Which travel there is, and what it takes. */
  travel(): void;
}

/** What every part of the lowering shares: ids of declarations, origins, data files, and a place for findings. */
export class LoweringContext {
  /** Wants to know what is read beside the declaration that is lowered; nobody does in a compilation. */
  readonly reader: WhatIsRead | undefined;
  readonly diagnostics: Diagnostic[] = [];
  readonly tables: DataTables;
  readonly travel: TravelTable;
  /** The named numbers, lowered before everything that may use them. */
  numbers: readonly NamedNumber[] = [];
  protected readonly ownCurrency: string | undefined;
  protected readonly titles: ReadonlyMap<AstNode, Titles>;
  private readonly ids = new Map<AstNode, string>();
  private readonly activityIds = new Map<AstNode, string>();
  private readonly withActivityIds = new Set<AstNode>();

  constructor(roots: readonly ast.Document[], tables: DataTables) {
    this.tables = tables;
    this.ownCurrency = currencyOf(roots);
    this.titles = collectTitles(roots);
    this.nameDeclarations(roots);
    this.travel = new TravelTable(roots, this);
  }

  /** The currency of the costs that are declared; undefined where nothing costs anything. */
  get currency(): string | undefined {
    return this.ownCurrency;
  }

  /** The model id of a declaration; empty for a reference that did not resolve, which an error has told. */
  idOf(node: AstNode | undefined): string {
    return node === undefined ? '' : (this.ids.get(node) ?? '');
  }

  /** The model id of an activity. */
  activityId(node: AstNode | undefined): string {
    if (node === undefined) return '';
    const owner = AstUtils.getContainerOfType(node, isOwnerOfActivities);
    if (owner !== undefined && !this.withActivityIds.has(owner)) {
      this.withActivityIds.add(owner);
      this.nameActivities(owner, this.idOf(owner));
    }
    return this.activityIds.get(node) ?? '';
  }

  /** What a declaration means. A place of its own, so that an editor can keep what has not changed. */
  unit<N extends ast.Declaration, T>(node: N, lowered: (node: N, context: LoweringContext) => T): T {
    return lowered(node, this);
  }

  /** Works something out that belongs to no declaration in particular. */
  apart<T>(work: () => T): T {
    return work();
  }

  /** The declaration of a kind with this name or id, wherever it stands; for names in data files. */
  declared<T extends NamedDeclaration>(isKind: (node: unknown) => node is T, name: string): T | undefined {
    for (const [node, id] of this.ids) {
      if (isKind(node) && (id === name || node.name === name)) return node;
    }
    return undefined;
  }

  /** Titles of a declaration, activity or branch in other languages, to be spread into what it becomes. */
  titlesOf(node: AstNode): { readonly titles?: Titles } {
    const titles = this.titles.get(titledNode(node));
    return titles === undefined ? {} : { titles };
  }

  /** Where a node was written. */
  originOf(node: AstNode): Origin {
    notePlace(node);
    const file = fileOf(AstUtils.getDocument(node).uri);
    const range = node.$cstNode?.range;
    if (range === undefined) return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return {
      file,
      line: range.start.line + 1,
      column: range.start.character + 1,
      endLine: range.end.line + 1,
      endColumn: range.end.character + 1,
    };
  }

  /** What every declaration carries; `sources` are the ids of all sources named inside it. */
  declarationOf(
    node: AstNode & { readonly name?: string; readonly title?: string },
    sources: readonly ast.SourceReference[] = [],
  ): Declaration {
    const documentation = documentationOf(node);
    const ids = sources
      .flatMap((each) => each.sources.map((source) => this.idOf(source.ref)))
      .filter((id) => id !== '');
    return {
      id: this.idOf(node),
      name: node.name ?? this.idOf(node),
      ...(node.title === undefined ? {} : { title: node.title }),
      ...this.titlesOf(node),
      ...(documentation === undefined ? {} : { documentation }),
      origin: this.originOf(node),
      ...(ids.length === 0 ? {} : { sources: [...new Set(ids)] }),
    };
  }

  /**
   * Names that several declarations have, each with the files of these: what the id of a declaration depends on beside
   * its name.
   */
  protected readonly sharedNames: string[] = [];

  private nameDeclarations(roots: readonly ast.Document[]): void {
    const byName = new Map<string, NamedDeclaration[]>();
    for (const root of roots) {
      for (const declaration of root.declarations) {
        if (ast.isExpectation(declaration) || ast.isApproval(declaration) || ast.isTranslation(declaration)) continue;
        const name = declarationName(declaration);
        const alike = byName.get(name) ?? [];
        byName.set(name, alike);
        alike.push(declaration);
      }
    }
    for (const [name, declarations] of byName) {
      const taken = new Set<string>();
      if (declarations.length > 1)
        this.sharedNames.push(name, ...declarations.map((each) => fileOf(AstUtils.getDocument(each).uri)));
      for (const declaration of declarations) {
        const stem = fileStem(fileOf(AstUtils.getDocument(declaration).uri));
        let id = declarations.length === 1 ? name : `${stem}.${name}`;
        for (let count = 2; taken.has(id); count++) id = `${stem}.${name}#${count}`;
        taken.add(id);
        this.ids.set(declaration, id);
        for (const inner of innerDeclarations(declaration)) this.ids.set(inner, `${id}.${inner.name}`);
      }
    }
  }

  private nameActivities(owner: ast.Pathway | ast.Response, ownerId: string): void {
    let count = 0;
    const taken = new Set<string>();
    for (const node of nodesOf(owner)) {
      if (!ast.isActivity(node)) continue;
      count += 1;
      const own = 'name' in node && !ast.isFinish(node) ? node.name : undefined;
      const id = own === undefined || taken.has(own) ? `${ownerId}.#${count}` : `${ownerId}.${own}`;
      if (own !== undefined) taken.add(own);
      this.activityIds.set(node, id);
    }
  }
}

/** What a declaration holds that has an id of its own: what a template needs, dimensions of an instrument. */
function innerDeclarations(declaration: NamedDeclaration): readonly (AstNode & { readonly name: string })[] {
  if (ast.isPathway(declaration)) return neededBy(declaration);
  return ast.isInstrument(declaration) ? declaration.properties.filter(ast.isMaturityDimension) : [];
}

function isOwnerOfActivities(node: unknown): node is ast.Pathway | ast.Response {
  return ast.isPathway(node) || ast.isResponse(node);
}

function declarationName(declaration: NamedDeclaration): string {
  if (ast.isDeployment(declaration))
    return declaration.name ?? `${declaration.template?.$refText ?? ''} in ${declaration.territory?.$refText ?? ''}`;
  if (!ast.isStaff(declaration)) return declaration.name;
  if (declaration.name !== undefined) return declaration.name;
  const organisation = declaration.organisation?.$refText;
  const role = declaration.role?.$refText ?? 'staff';
  // Never the role's own name, which is the id of the role.
  return organisation === undefined ? `${role} staff` : `${role} at ${organisation}`;
}

function fileStem(file: string): string {
  const base = file.slice(file.lastIndexOf('/') + 1);
  return base.replace(/\.pathway$/, '');
}

/** Whether a cost stands in a node: of people, things, work, what is paid, and what responses add. */
function saysCost(node: AstNode): boolean {
  if (ast.isAddPatch(node) || ast.isCallInPatch(node)) return node.cost !== undefined;
  return ast.isCostProperty(node) || ast.isCostsProperty(node) || ast.isTariff(node);
}

/** The currency of the first cost in the texts; the checks see to it that there is but one. */
function currencyOf(roots: readonly ast.Document[]): string | undefined {
  for (const root of roots) {
    const currency = currencies.has(root) ? currencies.get(root) : firstCurrencyIn(root);
    currencies.set(root, currency);
    if (currency !== undefined) return currency;
  }
  return undefined;
}

/** The first currency of each text: a changed text is parsed to a new tree, so an entry never goes stale. */
const currencies = new WeakMap<ast.Document, string | undefined>();

function firstCurrencyIn(root: ast.Document): string | undefined {
  for (const node of nodesOf(root)) {
    if (!saysCost(node)) continue;
    const numbers = nodesOf(node).filter(ast.isNumberLiteral);
    const found = numbers.map((number) => parseUnit(unitText(number) ?? '')?.dimension.currency);
    const currency = found.find((each) => each !== undefined);
    if (currency !== undefined) return currency;
  }
  return undefined;
}
