import { startServer } from '@pathway/language-server';

/** `pathway lsp`: serves an editor until it closes the connection. */
export async function lsp(): Promise<number> {
  return startServer();
}
