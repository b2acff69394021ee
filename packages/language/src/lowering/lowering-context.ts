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
import { collectTitles, titledNode } from './titles.js';
import { TravelTable } from './travel.js';
import { unitText } from './unit-text.js';

type NamedDeclaration = Exclude<ast.Declaration, ast.Expectation | ast.Approval | ast.Translation>;

/** What every part of the lowering shares: ids of declarations, origins, data files, and a place for findings. */
export class LoweringContext {
  readonly diagnostics: Diagnostic[] = [];
  readonly tables: DataTables;
  readonly travel: TravelTable;
  /** The named numbers, lowered before everything that may use them. */
  numbers: readonly NamedNumber[] = [];
  /** The currency of the costs that are declared; undefined where nothing costs anything. */
  readonly currency: string | undefined;
  private readonly titles: ReadonlyMap<AstNode, Titles>;
  private readonly ids = new Map<AstNode, string>();
  private readonly activityIds = new Map<AstNode, string>();

  constructor(roots: readonly ast.Document[], tables: DataTables) {
    this.tables = tables;
    this.currency = currencyOf(roots);
    this.titles = collectTitles(roots);
    this.nameDeclarations(roots);
    this.travel = new TravelTable(roots, this);
  }

  /** The model id of a declaration; empty for a reference that did not resolve, which an error has told. */
  idOf(node: AstNode | undefined): string {
    return node === undefined ? '' : (this.ids.get(node) ?? '');
  }

  /** The model id of an activity. */
  activityId(node: AstNode | undefined): string {
    return node === undefined ? '' : (this.activityIds.get(node) ?? '');
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

  private nameDeclarations(roots: readonly ast.Document[]): void {
    const byName = new Map<string, NamedDeclaration[]>();
    for (const root of roots) {
      for (const declaration of root.declarations) {
        if (ast.isExpectation(declaration) || ast.isApproval(declaration) || ast.isTranslation(declaration)) continue;
        const name = declarationName(declaration);
        byName.set(name, [...(byName.get(name) ?? []), declaration]);
      }
    }
    for (const [name, declarations] of byName) {
      const taken = new Set<string>();
      for (const declaration of declarations) {
        const stem = fileStem(fileOf(AstUtils.getDocument(declaration).uri));
        let id = declarations.length === 1 ? name : `${stem}.${name}`;
        for (let count = 2; taken.has(id); count++) id = `${stem}.${name}#${count}`;
        taken.add(id);
        this.ids.set(declaration, id);
        if (ast.isPathway(declaration) || ast.isResponse(declaration)) this.nameActivities(declaration, id);
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
  for (const node of roots.flatMap((root) => nodesOf(root))) {
    if (!saysCost(node)) continue;
    const numbers = nodesOf(node).filter(ast.isNumberLiteral);
    const currencies = numbers.map((number) => parseUnit(unitText(number) ?? '')?.dimension.currency);
    const currency = currencies.find((each) => each !== undefined);
    if (currency !== undefined) return currency;
  }
  return undefined;
}
