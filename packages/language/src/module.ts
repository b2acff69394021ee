import type { DefaultSharedCoreModuleContext, LangiumCoreServices, LangiumSharedCoreServices, Module } from 'langium';
import { createDefaultCoreModule, createDefaultSharedCoreModule, inject } from 'langium';
import { PathwayGeneratedSharedModule, PathwayLanguageGeneratedModule } from './generated/module.js';
import { PathwayTokenBuilder } from './parser/token-builder.js';
import { PathwayValueConverter } from './parser/value-converter.js';

export type PathwayServices = LangiumCoreServices;

const PathwayModule: Module<PathwayServices, object> = {
  parser: {
    TokenBuilder: () => new PathwayTokenBuilder(),
    ValueConverter: () => new PathwayValueConverter(),
  },
};

/** The language services over a file system that the caller provides; free of Node built-ins. */
export function createPathwayServices(context: DefaultSharedCoreModuleContext): {
  shared: LangiumSharedCoreServices;
  pathway: PathwayServices;
} {
  const shared = inject(createDefaultSharedCoreModule(context), PathwayGeneratedSharedModule);
  const pathway = inject(createDefaultCoreModule({ shared }), PathwayLanguageGeneratedModule, PathwayModule);
  shared.ServiceRegistry.register(pathway);
  return { shared, pathway };
}
