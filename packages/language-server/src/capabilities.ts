import { TOKEN_MODIFIERS, TOKEN_TYPES } from '@pathway/language/editor';
import type { ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver-protocol';
import { CodeActionKind } from 'vscode-languageserver-types';

type RenameFilters = NonNullable<
  NonNullable<NonNullable<ServerCapabilities['workspace']>['fileOperations']>['willRename']
>['filters'];

/** Editors tell what changed in a text, not the whole of it. */
const INCREMENTAL: TextDocumentSyncKind = 2;

/** A folder is renamed with the files in it. */
const FILES: RenameFilters = [
  { pattern: { glob: '**/*.pathway', matches: 'file' } },
  { pattern: { glob: '**', matches: 'folder' } },
];

/** What the server can do, as it tells editors. */
export const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: INCREMENTAL, save: false },
  completionProvider: { triggerCharacters: ['.', '"', '/', '@'] },
  hoverProvider: true,
  signatureHelpProvider: { triggerCharacters: ['(', ','] },
  definitionProvider: true,
  typeDefinitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  codeActionProvider: {
    codeActionKinds: [
      CodeActionKind.QuickFix,
      CodeActionKind.RefactorExtract,
      CodeActionKind.RefactorInline,
      CodeActionKind.RefactorRewrite,
      CodeActionKind.SourceOrganizeImports,
      CodeActionKind.SourceFixAll,
    ],
  },
  codeLensProvider: { resolveProvider: true },
  documentLinkProvider: {},
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
  renameProvider: { prepareProvider: true },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  callHierarchyProvider: true,
  inlayHintProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
    full: true,
  },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: { willRename: { filters: FILES }, didRename: { filters: FILES } },
  },
};
