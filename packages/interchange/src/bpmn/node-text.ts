import { identifier, quoted } from '../write/names.js';
import { secondsOf } from './duration-text.js';
import type { ReadNode } from './read-graph.js';
import { shown } from './read-parts.js';
import { EXIT } from './recover.js';
import { documented, eventWords, read, type TextWalk } from './text-walk.js';

const OWN_STATEMENTS: ReadonlySet<string> = new Set(['step', 'wait', 'set', 'release', 'call', 'finish']);

/** Tasks, events, calls and ends, each on its own. */
export class NodeText {
  constructor(private readonly walk: TextWalk) {}

  /**
   * A task, event or call.
   * @param when in our own files, the condition on which it is done: ` when age < 80`
   */
  activity(node: ReadNode, when: string): readonly string[] {
    if (node.meaning !== undefined && OWN_STATEMENTS.has(node.meaning.is)) return this.own(node, when);
    const { notSaid, uses, pathwayOf } = this.walk.setting;
    uses.name(node);
    if (node.special !== undefined) this.tell(node, `${node.special}.`);
    const called = node.tag === 'callActivity' ? node.calls : node.inside === undefined ? undefined : node.id;
    const pathway = called === undefined ? undefined : pathwayOf(called);
    if (pathway !== undefined) {
      // A sub-process has its name and its documentation as the pathway that is called.
      if (node.inside !== undefined) uses.documentation(node);
      return this.looped(node, [`call ${pathway}`]);
    }
    if (node.tag === 'callActivity') this.tell(node, `it calls ${this.calledWords(node.calls)}; it is a step.`);
    if (node.link !== undefined && this.isLinked(node)) {
      notSaid.add(`Line ${node.line}: the link ${this.walk.titleOf(node.id)} is the way that it stands for.`);
      return [];
    }
    if (node.tag === 'intermediateCatchEvent' && node.events.some(({ kind }) => kind === 'timer'))
      return this.timer(node);
    if (node.tag.startsWith('intermediate') && node.events.length > 0)
      notSaid.add(`Line ${node.line}: ${node.name || 'an event'} (${eventWords(node)}) is a step that takes no time.`);
    if (node.tag === 'boundaryEvent') {
      this.tell(
        node,
        `ways lead to it, which is an event at ${this.walk.titleOf(node.attachedTo ?? '')}; they go on after it.`,
      );
      return [];
    }
    // An event without a meaning of its own only marks a place.
    if (node.tag.startsWith('intermediate') && node.events.length === 0 && node.name === '') return [];
    return this.step(node);
  }

  private tell(node: ReadNode, text: string): void {
    this.walk.setting.notSaid.add(`Line ${node.line}: ${this.walk.titleOf(node.id)}: ${text}`);
  }

  private calledWords(called: string | undefined): string {
    const process = this.walk.setting.file.processes.find(({ id }) => id === called);
    if (process === undefined) return `${called ?? 'something'} that is not in the file`;
    return `${process.name || process.id}, which has no activities`;
  }

  private isLinked({ id, tag }: ReadNode): boolean {
    const { graph } = this.walk;
    return tag === 'intermediateThrowEvent' ? graph.out(id).length > 0 : graph.into(id).length > 0;
  }

  /** What stands in one of our own files, as it was. */
  private own(node: ReadNode, when: string): readonly string[] {
    const { walk } = this;
    const { head, lines } = read(node.meaning);
    const is = node.meaning?.is ?? '';
    if (is === 'step') {
      walk.noteName(node.id, head.split(' ')[0]);
      return [`${documented(node, walk.setting.uses)}step ${head}${when} {`, ...lines, '}'];
    }
    if (is === 'wait') walk.noteName(node.id, /^(?!(?:for|until) )([\p{L}_]\S*) /u.exec(head)?.[1]);
    return [`${documented(node, walk.setting.uses)}${is} ${head}`];
  }

  private timer(node: ReadNode): readonly string[] {
    const { names, uses } = this.walk.setting;
    const name = names.fresh(node.name || 'Wait');
    this.walk.noteName(node.id, name);
    const text = node.events.find(({ kind }) => kind === 'timer')?.text ?? '';
    const seconds = secondsOf(text);
    if (seconds === undefined)
      this.tell(node, `it waits for ${shown(text)}, which is no duration; it waits for no time.`);
    if (node.events.length > 1) this.tell(node, `of its events (${eventWords(node)}) the timer alone counts.`);
    const title = node.name === '' ? '' : ` ${quoted(node.name)}`;
    return [`${documented(node, uses)}wait ${name}${title} for ${seconds ?? 0} s`];
  }

  private step(node: ReadNode): readonly string[] {
    const { walk } = this;
    const { file, names, placeOf, receivers, uses } = walk.setting;
    const title = node.name || node.tag;
    const name = names.fresh(title);
    walk.noteName(node.id, name);
    const place = placeOf(node.id);
    const sent = receivers(node.id);
    for (const { message } of sent) uses.message(message);
    const takes = file.bpsim.times.get(node.id);
    return this.looped(node, [
      `${documented(node, uses)}step ${name} ${quoted(title)} {`,
      ...(place === undefined ? [] : [`at ${place}`]),
      ...(takes === undefined ? [] : [`takes ${takes}`]),
      ...(sent.length === 0 ? [] : [`handover to ${[...new Set(sent.map((each) => each.name))].join(', ')}`]),
      '}',
    ]);
  }

  private looped(node: ReadNode, lines: readonly string[]): readonly string[] {
    if (node.loop === undefined) return lines;
    const { times, kind } = node.loop;
    if (times === undefined && kind === 'several') {
      this.tell(node, 'it is done several times, how often is not a number; it is done once.');
      return lines;
    }
    // Nobody can jump to what is inside a loop.
    this.walk.noteName(node.id, undefined);
    if (times !== undefined) return [`repeat ${times} times {`, ...lines, '}'];
    this.tell(node, 'it is done again and again; how likely another round is must be set, 50% stand in.');
    return ['repeat again with 50% {', ...lines, '}'];
  }

  /** Tells of an end of one of several ways that are gone at once, of which others go on. */
  tellEndBeside(node: ReadNode): void {
    this.walk.setting.uses.name(node);
    this.tell(
      node,
      'it ends one of several ways that are gone at once, and the others go on; no outcome is said of it.',
    );
  }

  /**
   * An end of the process.
   * @param isBeside in one of several ways that are gone at once
   */
  end(node: ReadNode, isBeside: boolean): readonly string[] {
    const { walk } = this;
    const { names, notSaid, uses } = walk.setting;
    if (node.id === EXIT) return [];
    if (walk.graph.out(node.id).some(({ to }) => to !== EXIT))
      this.tell(node, 'ways that lead on behind an end are left out.');
    if (node.meaning?.is === 'finish') return [`${documented(node, uses)}finish ${node.meaning.head}`];
    // Our own ends without an outcome are where the text ends, or a branch of a race.
    if (walk.isOwn && node.name === 'End' && node.meaning === undefined) return [];
    if (walk.isOwn && node.events.some(({ kind }) => kind === 'terminate')) return [];
    const kinds = node.events.filter(({ kind }) => kind !== 'terminate' && kind !== 'message');
    if (kinds.length > 0)
      notSaid.add(`Line ${node.line}: the end ${node.name} (${eventWords(node)}) is an outcome like any other.`);
    if (isBeside && node.events.some(({ kind }) => kind === 'terminate'))
      this.tell(node, 'it ends the ways that are gone beside it, too; here they are gone to their ends.');
    if (walk.setting.endsMeet) return [];
    uses.name(node);
    const title = node.name || 'Done';
    const words = identifier(title) === title ? '' : ` ${quoted(title)}`;
    return [`${documented(node, uses)}finish ${names.for(title)}${words}`];
  }
}
