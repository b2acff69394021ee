import { importBpmn } from '@pathway/interchange';
import type { Model } from '@pathway/model';
import { wayBeyond } from './flow-net.js';
import { pathwayNet } from './pathway-net.js';
import { processNets } from './process-net.js';

/** How the ways of a process of a file and those of the imported pathway differ; a way is its labels in their order. */
export interface WaysOfProcess {
  /** Of the process or sub-process, as the file has it. */
  readonly id: string;
  readonly title: string;
  /** The shortest way of the file that the text does not have; undefined where it has all. */
  readonly lost: readonly string[] | undefined;
  /** The shortest way of the text that the file does not have. */
  readonly added: readonly string[] | undefined;
}

/**
 * Compares the ways through a file by another tool with those through what is made of it, process by process.
 * @param xml the file
 * @param modelOf compiles a text
 * @param longest how many labels of a way are compared
 * @param asTold the file is taken to have the flow that the import says that it has given it
 */
export async function compareWays(
  xml: string,
  modelOf: (text: string) => Promise<Model>,
  longest = 12,
  asTold = false,
): Promise<readonly WaysOfProcess[]> {
  const { text, notSaid } = importBpmn(xml);
  const model = await modelOf(text);
  const nets = await processNets(xml, asTold ? notSaid : []);
  if (nets.length !== model.pathways.length)
    throw new Error(`${nets.length} processes, ${model.pathways.length} pathways`);
  return nets.map(({ id, title, net }, index) => {
    const pathway = model.pathways[index];
    if (pathway === undefined) throw new Error(`${title} has no pathway`);
    const read = pathwayNet(model, pathway);
    return { id, title, lost: wayBeyond(net, read, longest), added: wayBeyond(read, net, longest) };
  });
}
