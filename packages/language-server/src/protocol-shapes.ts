import type {
  CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsParams,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsParams,
  CallHierarchyPrepareParams,
  CodeAction,
  CodeActionParams,
  CodeLens,
  CodeLensParams,
  CompletionList,
  CompletionParams,
  DefinitionParams,
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidChangeWorkspaceFoldersParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  DocumentFormattingParams,
  DocumentHighlight,
  DocumentHighlightParams,
  DocumentLink,
  DocumentLinkParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  DocumentSymbol,
  DocumentSymbolParams,
  FoldingRange,
  FoldingRangeParams,
  Hover,
  HoverParams,
  InitializeParams,
  InitializeResult,
  InlayHint,
  InlayHintParams,
  Location,
  LocationLink,
  PrepareRenameParams,
  PrepareRenameResult,
  ReferenceParams,
  RenameFilesParams,
  RenameParams,
  SelectionRange,
  SelectionRangeParams,
  SemanticTokens,
  SemanticTokensParams,
  SignatureHelp,
  SignatureHelpParams,
  TextEdit,
  TypeDefinitionParams,
  WorkspaceEdit,
  WorkspaceSymbol,
  WorkspaceSymbolParams,
} from 'vscode-languageserver-protocol';
import type {
  FileParams,
  LIBRARY_REQUEST,
  MODEL_REQUEST,
  ModelAnswer,
  PLACE_REQUEST,
  PlaceParams,
} from './protocol.js';
import type { PlaceAnswer } from './protocol.js';

interface Asked<Params, Answer> {
  readonly params: Params;
  readonly answer: Answer;
}

/** What editors ask: the protocol's requests that are answered, and our own, by method. */
export interface Requests {
  initialize: Asked<InitializeParams, InitializeResult>;
  'textDocument/completion': Asked<CompletionParams, CompletionList | null>;
  'textDocument/hover': Asked<HoverParams, Hover | null>;
  'textDocument/signatureHelp': Asked<SignatureHelpParams, SignatureHelp | null>;
  'textDocument/definition': Asked<DefinitionParams, readonly LocationLink[]>;
  'textDocument/typeDefinition': Asked<TypeDefinitionParams, readonly Location[] | readonly LocationLink[]>;
  'textDocument/references': Asked<ReferenceParams, readonly Location[]>;
  'textDocument/documentHighlight': Asked<DocumentHighlightParams, readonly DocumentHighlight[]>;
  'textDocument/documentSymbol': Asked<DocumentSymbolParams, readonly DocumentSymbol[]>;
  'workspace/symbol': Asked<WorkspaceSymbolParams, readonly WorkspaceSymbol[]>;
  'textDocument/codeAction': Asked<CodeActionParams, readonly CodeAction[]>;
  'textDocument/codeLens': Asked<CodeLensParams, readonly CodeLens[]>;
  'codeLens/resolve': Asked<CodeLens, CodeLens>;
  'textDocument/documentLink': Asked<DocumentLinkParams, readonly DocumentLink[]>;
  'textDocument/formatting': Asked<DocumentFormattingParams, readonly TextEdit[]>;
  'textDocument/rangeFormatting': Asked<DocumentRangeFormattingParams, readonly TextEdit[]>;
  'textDocument/onTypeFormatting': Asked<DocumentOnTypeFormattingParams, readonly TextEdit[]>;
  'textDocument/prepareRename': Asked<PrepareRenameParams, PrepareRenameResult | null>;
  'textDocument/rename': Asked<RenameParams, WorkspaceEdit | null>;
  'textDocument/foldingRange': Asked<FoldingRangeParams, readonly FoldingRange[]>;
  'textDocument/selectionRange': Asked<SelectionRangeParams, readonly SelectionRange[]>;
  'textDocument/prepareCallHierarchy': Asked<CallHierarchyPrepareParams, readonly CallHierarchyItem[]>;
  'callHierarchy/incomingCalls': Asked<CallHierarchyIncomingCallsParams, readonly CallHierarchyIncomingCall[]>;
  'callHierarchy/outgoingCalls': Asked<CallHierarchyOutgoingCallsParams, readonly CallHierarchyOutgoingCall[]>;
  'textDocument/inlayHint': Asked<InlayHintParams, readonly InlayHint[]>;
  'textDocument/semanticTokens/full': Asked<SemanticTokensParams, SemanticTokens>;
  'workspace/willRenameFiles': Asked<RenameFilesParams, WorkspaceEdit | null>;
  [MODEL_REQUEST]: Asked<FileParams, ModelAnswer | undefined>;
  [PLACE_REQUEST]: Asked<PlaceParams, PlaceAnswer | null>;
  [LIBRARY_REQUEST]: Asked<FileParams, string | null>;
}

/** What editors tell without waiting for an answer, by method. */
export interface Notifications {
  initialized: object;
  'workspace/didChangeConfiguration': object;
  'workspace/didChangeWatchedFiles': DidChangeWatchedFilesParams;
  'workspace/didChangeWorkspaceFolders': DidChangeWorkspaceFoldersParams;
  'textDocument/didOpen': DidOpenTextDocumentParams;
  'textDocument/didChange': DidChangeTextDocumentParams;
  'textDocument/didClose': DidCloseTextDocumentParams;
}
