import type {
  DefaultSharedCoreModuleContext,
  DocumentBuilder,
  LangiumCoreServices,
  LangiumDefaultCoreServices,
  LangiumDefaultSharedCoreServices,
  LangiumSharedCoreServices,
  Module,
} from 'langium';
import {
  DefaultAstNodeDescriptionProvider,
  DefaultAstNodeLocator,
  DefaultIndexManager,
  DefaultLangiumDocumentFactory,
  DefaultLangiumDocuments,
  DefaultLexer,
  DefaultLexerErrorMessageProvider,
  DefaultLinker,
  DefaultNameProvider,
  DefaultScopeComputation,
  DefaultScopeProvider,
  DefaultServiceRegistry,
  DefaultTokenBuilder,
  DefaultValueConverter,
  LangiumParser,
  LangiumParserErrorMessageProvider,
} from 'langium';

/*
 * Langium's defaults, as far as Pathway uses them. Files are loaded, linked and checked by `compile` and the editor's
 * project, so that Langium's own building of workspaces, its validation and its serialisation are neither used nor bundled.
 */

/** A service of Langium that nothing of Pathway asks for. */
function unused(name: string): () => never {
  return () => {
    throw new Error(`Pathway does without Langium's ${name}.`);
  };
}

/** The services of one language. */
export function createCoreModule(
  shared: LangiumSharedCoreServices,
): Module<LangiumCoreServices, LangiumDefaultCoreServices> {
  return {
    documentation: {
      CommentProvider: unused('CommentProvider'),
      DocumentationProvider: unused('DocumentationProvider'),
    },
    parser: {
      AsyncParser: unused('AsyncParser'),
      GrammarConfig: unused('GrammarConfig'),
      LangiumParser: (services) => new LangiumParser(services),
      CompletionParser: unused('CompletionParser'),
      ValueConverter: () => new DefaultValueConverter(),
      TokenBuilder: () => new DefaultTokenBuilder(),
      Lexer: (services) => new DefaultLexer(services),
      ParserErrorMessageProvider: () => new LangiumParserErrorMessageProvider(),
      LexerErrorMessageProvider: () => new DefaultLexerErrorMessageProvider(),
    },
    workspace: {
      AstNodeLocator: () => new DefaultAstNodeLocator(),
      AstNodeDescriptionProvider: (services) => new DefaultAstNodeDescriptionProvider(services),
      ReferenceDescriptionProvider: unused('ReferenceDescriptionProvider'),
    },
    references: {
      Linker: (services) => new DefaultLinker(services),
      NameProvider: () => new DefaultNameProvider(),
      ScopeProvider: (services) => new DefaultScopeProvider(services),
      ScopeComputation: (services) => new DefaultScopeComputation(services),
      References: unused('References'),
    },
    serializer: { Hydrator: unused('Hydrator'), JsonSerializer: unused('JsonSerializer') },
    validation: { DocumentValidator: unused('DocumentValidator'), ValidationRegistry: unused('ValidationRegistry') },
    shared: () => shared,
  };
}

/** The services that languages would share. */
export function createSharedCoreModule(
  context: DefaultSharedCoreModuleContext,
): Module<LangiumSharedCoreServices, LangiumDefaultSharedCoreServices> {
  return {
    ServiceRegistry: (services) => new DefaultServiceRegistry(services),
    workspace: {
      LangiumDocuments: (services) => new DefaultLangiumDocuments(services),
      LangiumDocumentFactory: (services) => new DefaultLangiumDocumentFactory(services),
      DocumentBuilder: () => new QuietDocumentBuilder(),
      IndexManager: (services) => new DefaultIndexManager(services),
      WorkspaceManager: unused('WorkspaceManager'),
      FileSystemProvider: (services) => context.fileSystemProvider(services),
      WorkspaceLock: unused('WorkspaceLock'),
      ConfigurationProvider: unused('ConfigurationProvider'),
    },
    profilers: {},
  };
}

/** Stands where Langium's caches listen for builds: there are none, and what is kept is forgotten by whoever edits. */
class QuietDocumentBuilder implements DocumentBuilder {
  updateBuildOptions = {};
  readonly build = unused('DocumentBuilder');
  readonly update = unused('DocumentBuilder');
  readonly waitUntil = unused('DocumentBuilder');
  readonly resetToState = unused('DocumentBuilder');
  readonly onUpdate = silence;
  readonly onBuildPhase = silence;
  readonly onDocumentPhase = silence;
}

function silence(): { dispose(): void } {
  return { dispose: () => undefined };
}
