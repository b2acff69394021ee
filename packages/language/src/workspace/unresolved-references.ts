import type { LangiumDocument, Reference } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import type { PathwayServices } from '../module.js';
import { PathwayScopeProvider } from '../scope/scope-provider.js';
import { exportedSymbols } from '../scope/symbols.js';
import { describeUnresolved, type NameElsewhere, type NameInSight } from '../validation/index.js';
import { fileOf } from './files.js';
import { relativeImport } from './paths.js';

/** What is wrong with each reference of linked documents that has no target. */
export function unresolvedReferences(
  documents: readonly LangiumDocument[],
  services: PathwayServices,
): readonly Diagnostic[] {
  return documents.flatMap((document) => {
    const unresolved = [...referencesWithoutTarget(document)];
    return unresolved.map((each) => describe(each, document, documents, services));
  });
}

interface Unresolved {
  readonly container: ast.PathwayAstType[keyof ast.PathwayAstType];
  readonly property: string;
  readonly index: number | undefined;
  readonly reference: Reference;
}

function* referencesWithoutTarget(document: LangiumDocument): Generator<Unresolved> {
  for (const node of AstUtils.streamAst(document.parseResult.value)) {
    for (const { container, property, index, reference } of AstUtils.streamReferences(node)) {
      if ('items' in reference || reference.ref !== undefined || reference.$refText === '') continue;
      yield { container: container as Unresolved['container'], property, index, reference };
    }
  }
}

function describe(
  { container, property, index, reference }: Unresolved,
  document: LangiumDocument,
  documents: readonly LangiumDocument[],
  services: PathwayServices,
): Diagnostic {
  const reflection = services.shared.AstReflection;
  const type = reflection.getReferenceType({ container, property, reference });
  const fits = (found: string) => reflection.isSubtype(found, type);
  const scope = services.references.ScopeProvider.getScope({ container, property, reference });
  const fitting = scope.getAllElements().map((each): NameInSight => ({ name: each.name, type: each.type, fits: true }));
  const visible = [...fitting, ...visibleNames(document, services).map((each) => ({ ...each, fits: fits(each.type) }))];
  const elsewhere = namesElsewhere(document, documents).map((each) => ({ ...each, fits: fits(each.type) }));
  return describeUnresolved({ container, property, index, text: reference.$refText, type }, visible, elsewhere);
}

function visibleNames(document: LangiumDocument, services: PathwayServices): readonly Omit<NameInSight, 'fits'>[] {
  const provider = services.references.ScopeProvider;
  return provider instanceof PathwayScopeProvider ? provider.visibleFrom(document) : [];
}

/** Top-level names of project and library files that this one does not import. */
function namesElsewhere(
  document: LangiumDocument,
  documents: readonly LangiumDocument[],
): readonly Omit<NameElsewhere, 'fits'>[] {
  const here = fileOf(document.uri);
  return documents.flatMap((other) => {
    const file = fileOf(other.uri);
    const root = other.parseResult.value;
    const importPath = relativeImport(here, file);
    if (other === document || importPath === undefined || !ast.isDocument(root)) return [];
    return [...exportedSymbols(root)].map(({ name, node }) => ({ name, type: node.$type, file, importPath }));
  });
}
