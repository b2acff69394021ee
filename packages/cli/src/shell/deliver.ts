import { ProjectError, resolveOutput, writeFileSafely } from '@pathway/compiler';
import type { Context } from './context.js';

/**
 * Gives a result to standard output, or writes it to the file that `--out` names.
 * @throws ProjectError for bytes without a file to go to
 */
export async function deliver(content: string | Uint8Array, out: string | undefined, context: Context): Promise<void> {
  if (out === undefined) {
    if (typeof content !== 'string')
      throw new ProjectError('This result is no text to print here.', 'Say where it goes with --out.');
    context.print(content);
    return;
  }
  await writeFileSafely(resolveOutput(out, context.io.cwd), out, content);
  context.tell(`Wrote ${out}.`);
}
