import {
  LIBRARY_TEXTS,
  PathwayGeneratedSharedModule,
  PathwayLanguageGeneratedModule,
  PathwayModule,
} from '@pathway/language';
import {
  DefaultWorkspaceManager,
  inject,
  URI,
  type DocumentValidator,
  type LangiumDocument,
  type Module,
} from 'langium';
import {
  createDefaultModule,
  createDefaultSharedModule,
  type DefaultSharedModuleContext,
  type LangiumServices,
  type LangiumSharedServices,
  type PartialLangiumServices,
  type PartialLangiumSharedServices,
} from 'langium/lsp';
import type { Diagnostic, WorkspaceFolder } from 'vscode-languageserver-types';
import { editorDiagnostic, type FindingsStore } from './findings-store.js';
import { FixProvider } from './fix-provider.js';
import { WholeTextFormatter } from './whole-text-formatter.js';

/**
 * Findings come from compiling the project, so that an editor says what `pathway check` says, once. Langium shows those
 * of its validator after each change; until the next check these are the last ones.
 */
class LastFindings implements DocumentValidator {
  private readonly store: FindingsStore;

  constructor(store: FindingsStore) {
    this.store = store;
  }

  validateDocument(document: LangiumDocument): Promise<Diagnostic[]> {
    return Promise.resolve(this.store.of(document.uri.toString()).map(editorDiagnostic));
  }
}

/** Finds the files of the open folders, and the shipped library. */
class EditorWorkspaceManager extends DefaultWorkspaceManager {
  private readonly shared: LangiumSharedServices;

  constructor(shared: LangiumSharedServices) {
    super(shared);
    this.shared = shared;
  }

  protected override loadAdditionalDocuments(
    _folders: WorkspaceFolder[],
    collector: (document: LangiumDocument) => void,
  ): Promise<void> {
    for (const [path, text] of LIBRARY_TEXTS) {
      const uri = URI.from({ scheme: 'builtin', path: `/${path}` });
      collector(this.shared.workspace.LangiumDocumentFactory.fromString(text, uri));
    }
    return Promise.resolve();
  }
}

/** The language's services with those that editors ask for: completion, hover, definitions, references, renaming. */
export function createEditorServices(
  context: DefaultSharedModuleContext,
  store: FindingsStore,
): { readonly shared: LangiumSharedServices; readonly pathway: LangiumServices } {
  const sharedModule: Module<LangiumSharedServices, PartialLangiumSharedServices> = {
    workspace: { WorkspaceManager: (services) => new EditorWorkspaceManager(services) },
  };
  const shared = inject(createDefaultSharedModule(context), PathwayGeneratedSharedModule, sharedModule);
  const editorModule: Module<LangiumServices, PartialLangiumServices> = {
    validation: { DocumentValidator: () => new LastFindings(store) },
    lsp: { Formatter: () => new WholeTextFormatter(), CodeActionProvider: () => new FixProvider(store) },
  };
  const pathway = inject(createDefaultModule({ shared }), PathwayLanguageGeneratedModule, PathwayModule, editorModule);
  shared.ServiceRegistry.register(pathway);
  return { shared, pathway };
}
