import { openByteSource, ProjectError } from '@pathway/compiler';
import { FileError, importBpmn, type ImportedBpmn, importHave } from '@pathway/interchange';
import { formatText } from '@pathway/language';
import { resolve } from 'node:path';
import { counted } from '../print/counted.js';
import type { ImportFlags } from '../program/flags.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { otherKindOf } from './other-kind.js';

/** Larger files are refused before they are read. */
const LARGEST = 16 * 1024 * 1024;

/** `pathway import`: text of the language from a file of another tool, and on standard error what could not be represented. */
export async function importFrom(file: string, options: ImportFlags, context: Context): Promise<number> {
  const bytes = await bytesOf(file, context);
  const { text, told, notSaid } = isHave(bytes) ? fromHave(bytes, file) : fromBpmn(bytes, file);
  await deliver(text, options.out, context);
  context.tell(told);
  if (notSaid.length > 0)
    context.warn(['Not represented, or to be set:', ...notSaid.map((each) => `  - ${each}`)].join('\n'));
  return EXIT.ok;
}

/** What came of a file. */
interface Imported {
  readonly text: string;
  readonly told: string;
  readonly notSaid: readonly string[];
}

/** By the namespace, which stands near the beginning of every such message. */
function isHave(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 20_000)).toString('latin1').replaceAll('\u0000', '');
  return /urn:oasis:names:tc:emergency:edxl:have:/i.test(head);
}

function fromHave(bytes: Uint8Array, file: string): Imported {
  try {
    const { text, notSaid, organisations, resources } = importHave(bytes);
    const formatted = formatText(text);
    if (!('formatted' in formatted))
      throw new Error(`the text that was written has an error: ${formatted.errors[0]?.message ?? ''}`);
    const told = `${counted(organisations, 'organisation')} with ${counted(resources, 'kind')} of beds.`;
    return { text: formatted.formatted, told, notSaid };
  } catch (error) {
    throw located(error, file);
  }
}

/** An error of a reader with the place in the file; others as they are. */
function located(error: unknown, file: string): Error {
  if (error instanceof FileError) return new ProjectError(error.describe(file), error.advice);
  return error instanceof Error ? error : new Error(String(error));
}

async function bytesOf(file: string, context: Context): Promise<Uint8Array> {
  const source = await openByteSource(resolve(context.io.cwd, file), file);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.chunks()) {
    size += piece.length;
    if (size > LARGEST)
      throw new ProjectError(`${file} has more than ${LARGEST} bytes.`, 'No file of these formats is that large.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** What a file's own notes say may not be what they were; it is then read like a file of any other tool. */
function fromBpmn(bytes: Uint8Array, file: string): Imported {
  try {
    const imported = importBpmn(bytes);
    const text = formatText(imported.text);
    if ('formatted' in text) return bpmnResult(text.formatted, imported);
    const plain = importBpmn(bytes, { asOwn: false });
    const again = formatText(plain.text);
    if (!('formatted' in again))
      throw new Error(`the text that was written has an error: ${again.errors[0]?.message ?? ''}`);
    const why = `What its notes for Pathway say cannot be read (${text.errors[0]?.message ?? ''}): they were left aside.`;
    return bpmnResult(again.formatted, { ...plain, notSaid: [why, ...plain.notSaid] });
  } catch (error) {
    throw elsewhere(error, bytes, file) ?? located(error, file);
  }
}

/** Where the file is something that another command reads, that helps more than what is wrong with it as BPMN. */
function elsewhere(error: unknown, bytes: Uint8Array, file: string): ProjectError | undefined {
  const kind = error instanceof FileError ? otherKindOf(bytes, file) : undefined;
  return kind && new ProjectError(`${file}: ${kind.message}`, kind.advice);
}

function bpmnResult(text: string, { pathways, steps, notSaid }: ImportedBpmn): Imported {
  return { text, told: `${counted(pathways, 'pathway')} with ${counted(steps, 'step')}.`, notSaid };
}
