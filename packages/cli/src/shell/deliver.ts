import { resolveOutput, writeFileSafely } from '@pathway/compiler';
import type { Context } from './context.js';

/** Gives a result to standard output, or writes it to the file that `--out` names. */
export async function deliver(content: string, out: string | undefined, context: Context): Promise<void> {
  if (out === undefined) {
    context.print(content);
    return;
  }
  await writeFileSafely(resolveOutput(out, context.io.cwd), out, content);
  context.tell(`Wrote ${out}.`);
}
