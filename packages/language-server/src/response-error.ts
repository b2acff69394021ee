/** An error that the other side is told as it is. */
export class ResponseError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Numbers of JSON-RPC 2.0 and of the Language Server Protocol. */
export const ERRORS = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  internal: -32603,
  notInitialised: -32002,
  cancelled: -32800,
  failed: -32803,
} as const;
