import { openByteSource, ProjectError } from '@pathway/compiler';
import { BpmnError, importBpmn, type ImportedBpmn } from '@pathway/interchange';
import { formatText } from '@pathway/language';
import { resolve } from 'node:path';
import { counted } from '../print/counted.js';
import type { ImportFlags } from '../program.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';

/** Larger files are refused before they are read. */
const LARGEST = 16 * 1024 * 1024;

/** `pathway import`: text of the language from a file of BPMN, and on standard error what could not be represented. */
export async function importFrom(file: string, options: ImportFlags, context: Context): Promise<number> {
  const bytes = await bytesOf(file, context);
  const { text, imported } = written(bytes, file);
  await deliver(text, options.out, context);
  const { notSaid, pathways, steps } = imported;
  context.tell(`${counted(pathways, 'pathway')} with ${counted(steps, 'step')}.`);
  if (notSaid.length > 0)
    context.warn(['Not represented, or to be set:', ...notSaid.map((each) => `  - ${each}`)].join('\n'));
  return EXIT.ok;
}

async function bytesOf(file: string, context: Context): Promise<Uint8Array> {
  const source = await openByteSource(resolve(context.io.cwd, file), file);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.chunks()) {
    size += piece.length;
    if (size > LARGEST)
      throw new ProjectError(`${file} has more than ${LARGEST} bytes.`, 'No process model is that large.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** What a file's own notes say may not be what they were; it is then read like a file of any other tool. */
function written(bytes: Uint8Array, file: string): { readonly text: string; readonly imported: ImportedBpmn } {
  try {
    const imported = importBpmn(bytes);
    const text = formatText(imported.text);
    if ('formatted' in text) return { text: text.formatted, imported };
    const plain = importBpmn(bytes, { asOwn: false });
    const again = formatText(plain.text);
    if (!('formatted' in again))
      throw new Error(`the text that was written has an error: ${again.errors[0]?.message ?? ''}`);
    const why = `What its notes for Pathway say cannot be read (${text.errors[0]?.message ?? ''}): they were left aside.`;
    return { text: again.formatted, imported: { ...plain, notSaid: [why, ...plain.notSaid] } };
  } catch (error) {
    if (!(error instanceof BpmnError)) throw error;
    const place = error.place === undefined ? '' : `:${error.place.line}:${error.place.column}`;
    throw new ProjectError(`${file}${place}: ${error.message}`, error.advice);
  }
}
