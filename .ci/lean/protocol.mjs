// What Langium's documents use of the protocol: the token of what is never cancelled, and whether something is a token.
const never = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };

export const CancellationToken = {
  None: never,
  Cancelled: { ...never, isCancellationRequested: true },
  is: (value) => typeof value?.isCancellationRequested === 'boolean' && value.onCancellationRequested !== undefined,
};

/** Langium's own building of workspaces and its server name these; neither is part of a bundle. */
class Absent {
  constructor() {
    throw new Error('this part of Langium is not bundled');
  }
}
export {
  Absent as CancellationTokenSource,
  Absent as DidChangeConfigurationNotification,
  Absent as Emitter,
  Absent as LSPErrorCodes,
  Absent as ResponseError,
  Absent as TextDocumentSyncKind,
};
