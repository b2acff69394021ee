export { codeLenses, LENS_COMMANDS, resolveReferenceLens } from './code-lenses.js';
export { codeActionsAt, type CodeActionRequest } from './code-actions.js';
export { type Drawable, drawableAt } from './drawables.js';
export { completionAt } from './completion.js';
export { documentLinks } from './document-links.js';
export { formattingOf, formattingOnType, formattingWithin } from './formatting.js';
export { type Lift, liftDeclared, liftedTexts } from './lift.js';
export { hoverAt } from './hover.js';
export { inlayHints } from './inlay-hints.js';
export {
  callHierarchyAt,
  definitionAt,
  highlightsAt,
  incomingCalls,
  outgoingCalls,
  referencesAt,
  typeDefinitionAt,
} from './navigation.js';
export { rangeOf } from './places.js';
export { type CheckedProject, EditorProject, isForeign, type UriOf } from './project.js';
export { CannotRename, prepareRename, rename, renameFiles } from './rename.js';
export { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from './semantic-tokens.js';
export { signatureHelpAt } from './signature-help.js';
export { documentSymbols, foldingRanges, selectionRanges, workspaceSymbols } from './symbols.js';
