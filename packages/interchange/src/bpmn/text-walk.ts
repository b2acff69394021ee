import { commented, type Names } from '../write/names.js';
import type { ReadBpmn, ReadMessage } from './read-bpmn.js';
import { type ReadMeaning, shown } from './read-parts.js';
import type { ReadNode } from './read-graph.js';
import type { FlowGraph } from './recover.js';
import type { Uses } from './uses.js';

/** What the text of one process is written with. */
export interface TextSetting {
  readonly file: ReadBpmn;
  readonly names: Names;
  /** What could not be represented, in plain words. */
  readonly notSaid: Set<string>;
  readonly uses: Uses;
  /** Name of the organisation of a node's lane. */
  readonly placeOf: (node: string) => string | undefined;
  /** The organisations that a node's messages go to, by their names. */
  readonly receivers: (node: string) => readonly { readonly name: string; readonly message: ReadMessage }[];
  /** Name of the pathway of a process or sub-process, by its id. */
  readonly pathwayOf: (id: string) => string | undefined;
  /** Whether ends lead on, as in a sub-process. */
  readonly endsMeet: boolean;
}

/**
 * The blocks around a place that ways cannot enter, outermost first: branches of ways that are gone at once (`=…`), which ways
 * cannot leave either, and loops.
 */
export type Region = readonly string[];

/** Where in the text something is written. */
export interface Context {
  /** Ends of the blocks around, innermost last, with where they stand. */
  readonly stops: readonly { readonly id: string; readonly region: Region }[];
  readonly region: Region;
  /** Blocks around. */
  readonly depth: number;
  /** The innermost branch of ways that are gone at once, where others go on after one of them has ended; and how deep it is. */
  readonly beside?: { readonly branch: string; readonly depth: number };
}

/** Lines of the text, and the node with which it goes on. */
export type Written = readonly [lines: readonly string[], next: string | undefined];

/** What the writers of blocks ask of the text that they stand in. */
export interface TextWalk {
  readonly graph: FlowGraph;
  readonly setting: TextSetting;
  /** Whether the file was written by us. */
  readonly isOwn: boolean;
  /** Everything from a node to the innermost stop. */
  sequence(from: string | undefined, context: Context): readonly string[];
  /** A context inside a block: with its end as a stop, and the region that it opens. */
  within(context: Context, stop?: string, opens?: string): Context;
  /** A context inside a branch of ways that are gone at once, in which others may go on after it has ended. */
  withinBranch(context: Context, stop: string | undefined, branch: string, othersGoOn: boolean): Context;
  /** Places at the end of a branch of ways that are gone at once, for ways that come there from blocks inside. */
  endOfBranch(inside: Context): readonly string[];
  /** Whether a node stands in the text. */
  isPlaced(id: string): boolean;
  place(id: string, region: Region): void;
  /** Gives a node the name that ways can jump to; undefined where it has none, or one inside a block. */
  noteName(id: string, name: string | undefined): void;
  titleOf(id: string): string;
  /** Nodes beyond which nothing is looked for: the stops and everything that stands in the text. */
  limits(context: Context): ReadonlySet<string>;
  /** Where ways meet again; a place that is in the text already, as behind a way back, is none. */
  meeting(ways: readonly string[], context: Context): string | undefined;
}

/** What one of our own files says of a node. */
export function read(meaning: ReadMeaning | undefined): { readonly head: string; readonly lines: readonly string[] } {
  return { head: meaning?.head ?? '', lines: meaning?.lines ?? [] };
}

/** The documentation of a node as a comment of its own line, which then stands in the text. */
export function documented(node: ReadNode, uses: Uses): string {
  if (node.documentation === undefined) return '';
  uses.documentation(node);
  return `/** ${commented(node.documentation)} */\n`;
}

/** Events of a node in words, with their times and conditions. */
export function eventWords({ events }: ReadNode): string {
  if (events.length === 0) return 'no event';
  return events.map(({ kind, text }) => (text === '' ? kind : `${kind} ${shown(text)}`)).join(', ');
}

/** A share as a percentage. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(6))}%`;
}
