import { ErrorCodes, type Message, type MessageStrategy, type MessageWriter } from 'vscode-jsonrpc';

/** The protocol's own code for a request before `initialize`. */
const NOT_INITIALISED = -32002;

/** A request has an id and a method; an answer has no method, and a notification no id. */
interface RequestMessage extends Message {
  readonly id: number | string;
  readonly method: string;
}

function isRequest(message: Message): message is RequestMessage {
  return 'id' in message && 'method' in message;
}

function isNotification(message: Message): message is Message & { readonly method: string } {
  return !('id' in message) && 'method' in message;
}

/**
 * Keeps a session in the order that the protocol wants: `initialize` first and once, and nothing but `exit` after
 * `shutdown`. A request out of order gets its error, a notification out of order is dropped.
 */
export function sessionOrder(writer: MessageWriter): MessageStrategy {
  let phase: 'new' | 'open' | 'closed' = 'new';

  const refusal = ({ method }: RequestMessage): { readonly code: number; readonly message: string } | undefined => {
    if (phase === 'closed') return { code: ErrorCodes.InvalidRequest, message: 'The session has been shut down.' };
    if (method === 'initialize')
      return phase === 'new'
        ? undefined
        : { code: ErrorCodes.InvalidRequest, message: 'The session has been initialized.' };
    return phase === 'new'
      ? { code: NOT_INITIALISED, message: 'The session begins with initialize.' }
      : undefined;
  };

  return {
    handleMessage(message, next) {
      if (isRequest(message)) {
        const error = refusal(message);
        if (error !== undefined) {
          const answer = { jsonrpc: '2.0', id: message.id, error };
          void writer.write(answer);
          return;
        }
        if (message.method === 'initialize') phase = 'open';
        if (message.method === 'shutdown') phase = 'closed';
      }
      if (isNotification(message) && phase !== 'open' && message.method !== 'exit') return;
      return next(message);
    },
  };
}
