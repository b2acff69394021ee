import type {
  DefaultSharedCoreModuleContext,
  LangiumCoreServices,
  LangiumSharedCoreServices,
  Module,
  PartialLangiumCoreServices,
} from 'langium';
import { inject } from 'langium';
import { createCoreModule, createSharedCoreModule } from './core-module.js';
import { PathwayGeneratedSharedModule, PathwayLanguageGeneratedModule } from './generated/module.js';
import { PathwayDescriptions } from './scope/descriptions.js';
import { PathwayLinker } from './scope/linker.js';
import { PathwayIndexManager } from './scope/index-manager.js';
import { PathwayScopeComputation } from './scope/scope-computation.js';
import { PathwayScopeProvider } from './scope/scope-provider.js';
import { PathwayLexer } from './parser/lexer.js';
import { PathwayParserErrorMessageProvider } from './parser/messages.js';
import { createPathwayCompletionParser, createPathwayParser } from './parser/parser.js';
import { PathwayTokenBuilder } from './parser/token-builder.js';
import { PathwayValueConverter } from './parser/value-converter.js';

export type PathwayServices = LangiumCoreServices;

/** What the language adds to the parser's and linker's defaults; editors put their own services on top. */
export const PathwayModule: Module<PathwayServices, PartialLangiumCoreServices> = {
  parser: {
    Lexer: (services) => new PathwayLexer(services),
    CompletionParser: (services) => createPathwayCompletionParser(services),
    LangiumParser: (services) => createPathwayParser(services),
    ParserErrorMessageProvider: () => new PathwayParserErrorMessageProvider(),
    TokenBuilder: () => new PathwayTokenBuilder(),
    ValueConverter: () => new PathwayValueConverter(),
  },
  workspace: {
    AstNodeDescriptionProvider: (services) => new PathwayDescriptions(services),
  },
  references: {
    Linker: (services) => new PathwayLinker(services),
    ScopeComputation: (services) => new PathwayScopeComputation(services),
    ScopeProvider: (services) => new PathwayScopeProvider(services),
  },
};

/** The language services over a file system that the caller provides; free of Node built-ins. */
export function createPathwayServices(context: DefaultSharedCoreModuleContext): {
  shared: LangiumSharedCoreServices;
  pathway: PathwayServices;
} {
  const shared = inject(createSharedCoreModule(context), PathwayGeneratedSharedModule, {
    workspace: { IndexManager: (services: LangiumSharedCoreServices) => new PathwayIndexManager(services) },
  });
  const pathway = inject(createCoreModule(shared), PathwayLanguageGeneratedModule, PathwayModule);
  shared.ServiceRegistry.register(pathway);
  return { shared, pathway };
}

export { PathwayGeneratedSharedModule, PathwayLanguageGeneratedModule };
