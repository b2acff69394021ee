export * from './compilation.js';
export { compile } from './compile.js';
export { compileVersions } from './compile-versions.js';
export { formatText } from './format/format-text.js';
export { meaningText } from './format/meaning-text.js';
export { outlineOf, type OutlineItem, type OutlineResult } from './outline.js';
export {
  createPathwayServices,
  PathwayGeneratedSharedModule,
  PathwayLanguageGeneratedModule,
  PathwayModule,
  type PathwayServices,
} from './module.js';
export { applySeverities, OPT_IN, type SeverityConfiguration, type SeveritySetting } from './validation/index.js';
export { LIBRARY_TEXTS } from './library/generated/texts.js';
export { relativeImport, resolveProjectPath } from './workspace/paths.js';
