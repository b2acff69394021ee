import { commented, Names, quoted } from '../write/names.js';
import { BpmnError } from './bpmn-error.js';
import { isSafeDeclaration, isSafeHead, isSafeLine } from './safe-text.js';
import { ProcessText } from './process-text.js';
import { readBpmn, type ReadBpmn, type ReadMessage, type ReadProcess } from './read-bpmn.js';
import { EMPTY_GRAPH, type ReadGraph, type ReadNode, told } from './read-graph.js';
import type { ReadMeaning } from './read-parts.js';
import { documented, eventWords } from './text-walk.js';
import type { UnreadElement } from './unread.js';
import { Uses } from './uses.js';

/** A file of BPMN as text of the language, and what could not be represented. */
export interface ImportedBpmn {
  /** Not in the canonical form yet; the formatter gives it that. */
  readonly text: string;
  /** In plain words, each once, in the order in which they were met. */
  readonly notSaid: readonly string[];
  readonly pathways: number;
  readonly steps: number;
  /** How many elements of BPMN the file has, drawings left aside, and of how many of them nothing was made. */
  readonly elements: number;
  readonly leftOut: number;
}

/**
 * Turns a file of BPMN 2.0 into text: a pathway for each process and sub-process, an organisation for each pool and lane, a
 * cohort for each start. Files of our own are had back with what they say of needs, times and shares.
 * @param options `asOwn` false reads one of our own files like one of another tool
 * @throws BpmnError for what cannot be read
 */
export function importBpmn(file: string | Uint8Array, { asOwn = true } = {}): ImportedBpmn {
  return new BpmnImport(withSafeMeanings(readBpmn(file), asOwn)).run();
}

function nothingIn({ processes }: ReadBpmn): BpmnError {
  const [first] = processes;
  return new BpmnError(
    first === undefined ? 'There is no process in it.' : 'None of its processes has any tasks, events or gateways.',
    'Export the process itself: choreographies, conversations, drawings and definitions alone are no pathway.',
    { line: first?.line ?? 1, column: 1 },
  );
}

class BpmnImport {
  private readonly names = new Names();
  private readonly notSaid = new Set<string>();
  private readonly uses = new Uses(this.notSaid);
  private readonly pathways = new Map<string, string>();
  private readonly places = new Map<string, string>();
  private readonly declared: string[] = [];

  constructor(private readonly file: ReadBpmn) {}

  run(): ImportedBpmn {
    const { file, notSaid, uses } = this;
    for (const text of unreadLines(file.unread)) notSaid.add(text);
    const processes = file.processes.filter(({ graph }) => graph.nodes.length > 0);
    for (const process of file.processes.filter((each) => !processes.includes(each))) {
      notSaid.add(`Line ${process.line}: ${told('process', this.titleOf(process))}: it has no activities.`);
      uses.tellRest(process.graph, false);
      uses.leaveOut(1);
    }
    const own = file.declarations;
    for (const text of own) this.names.fresh(/^\w+\s+(?:\d+\s+)?(\S+)/.exec(text)?.[1] ?? '');
    // Names that the file's own notes use are taken before new ones are made.
    for (const { graph } of processes) this.takeOwnNames(graph);
    this.declarePlaces();
    if (processes.length === 0 && this.declared.length === 0 && own.length === 0) throw nothingIn(file);
    for (const process of processes) {
      const title = this.titleOf(process);
      const isPool = this.file.participants.some(({ name }) => name === title);
      this.pathways.set(process.id, process.meaning?.head ?? this.names.fresh(isPool ? `${title} process` : title));
    }
    const texts = processes.flatMap((process) => this.process(process));
    uses.tellMessages(file.messages);
    this.tellNumbers();
    for (const { of, line, count } of file.extensions)
      notSaid.add(`Line ${line}: extensions of ${of === '' ? 'no namespace' : of} (${count}).`);
    const head = [
      '// Written by `pathway import` from BPMN 2.0. What could not be represented is listed by the command.',
    ];
    const text = [...head, '', ...this.declared, '', ...own.flatMap((each) => [each, '']), ...texts].join('\n');
    return {
      text: `${text}\n`,
      notSaid: [...notSaid],
      pathways: this.pathways.size,
      steps: text.match(/^\s*step /gm)?.length ?? 0,
      elements: file.elements,
      leftOut: file.unread.reduce((sum, each) => sum + each.elements, 0) + uses.elementsLeftOut,
    };
  }

  /** Numbers of BPSim that nothing is made of; in our own files the text has them all. */
  private tellNumbers(): void {
    const { bpsim, declarations } = this.file;
    if (declarations.length > 0) return;
    for (const [name, { line, count }] of bpsim.unread)
      this.notSaid.add(`Line ${line}: ${name} of BPSim${count === 1 ? '' : ` (${count} times)`}.`);
  }

  private takeOwnNames({ nodes }: ReadGraph): void {
    for (const { meaning, inside } of nodes) {
      if (meaning !== undefined && ['step', 'hold', 'finish', 'choose'].includes(meaning.is))
        this.names.for(meaning.head.split(' ')[0] ?? '');
      if (inside !== undefined) this.takeOwnNames(inside);
    }
  }

  private titleOf(process: ReadProcess): string {
    const pool = this.file.participants.find((each) => each.process === process.id);
    return [process.name, pool?.name ?? ''].find((name) => name !== '') ?? 'Process';
  }

  /** An organisation for each pool and for each lane that is not one of our own. */
  private declarePlaces(): void {
    for (const pool of this.file.participants) {
      const process = this.file.processes.find(({ id }) => id === pool.process);
      if (process?.meaning !== undefined) continue;
      const title = pool.name || 'Organisation';
      const name = this.names.fresh(title);
      this.places.set(pool.id, name);
      this.declared.push(`organisation ${name} ${quoted(title)}`);
      for (const lane of process?.lanes ?? []) {
        const own = this.names.fresh(lane.name || 'Lane');
        this.places.set(lane.id, own);
        this.declared.push(`organisation ${own} ${quoted(lane.name || 'Lane')} { part of ${name} }`);
      }
    }
    for (const process of this.file.processes) {
      if (process.meaning !== undefined) continue;
      for (const lane of process.lanes) {
        if (this.places.has(lane.id)) continue;
        const own = this.names.fresh(lane.name || 'Lane');
        this.places.set(lane.id, own);
        this.declared.push(`organisation ${own} ${quoted(lane.name || 'Lane')}`);
      }
    }
  }

  private process(process: ReadProcess): readonly string[] {
    const pool = this.file.participants.find((each) => each.process === process.id);
    const owner = pool && this.places.get(pool.id);
    return this.pathway(process.graph, {
      name: this.pathways.get(process.id) ?? 'Process',
      title: this.titleOf(process),
      documentation: process.documentation,
      meaning: process.meaning,
      owner,
      laneOf: process.laneOf,
      isInner: false,
    });
  }

  private pathway(graph: ReadGraph, about: About): readonly string[] {
    const { notSaid, file, uses } = this;
    const inner = graph.nodes.filter(({ inside, meaning }) => inside !== undefined && meaning?.is !== 'race');
    const parts = inner.map((node) => ({ node, name: this.names.fresh(node.name || 'Part') }));
    for (const { node, name } of parts) this.pathways.set(node.id, name);
    const [first, ...others] = startsOf(graph);
    // A part is called, and so begins at one place.
    const starts = first === undefined ? [] : about.isInner ? [first] : [first, ...others];
    for (const { line, name } of about.isInner ? others : [])
      notSaid.add(`Line ${line}: ${told('startEvent', name)}: a part begins at its first start; nobody enters there.`);
    const text = new ProcessText(graph, {
      file,
      names: this.names,
      notSaid,
      uses,
      placeOf: (node) => this.places.get(about.laneOf.get(node) ?? '') ?? about.owner,
      receivers: (node) => this.receivers(node),
      pathwayOf: (id) => this.pathways.get(id),
      endsMeet: about.isInner,
    });
    const body = text.body(starts);
    this.tellStarts(starts, about.isInner);
    const cohorts = about.isInner ? [] : this.cohorts(starts, body.entries, about);
    uses.tellRest(graph, text.isOwn);
    const own = about.meaning?.lines ?? [];
    const owner = own.length > 0 ? own : about.owner === undefined ? [] : [`owner ${about.owner}`];
    const lines = [
      ...(about.documentation === undefined ? [] : [`/** ${commented(about.documentation)} */`]),
      `pathway ${about.name} ${quoted(about.title)}${cohorts.length === 0 ? '' : ` for ${cohorts.join(', ')}`} {`,
      ...owner,
      ...body.lines,
      '}',
      '',
    ];
    const texts = parts.flatMap(({ node, name }) =>
      this.pathway(node.inside ?? EMPTY_GRAPH, {
        ...about,
        name,
        title: node.name || 'Part',
        documentation: node.documentation,
        meaning: undefined,
        laneOf: new Map(
          (node.inside?.nodes ?? []).map(({ id }) => [id, about.laneOf.get(id) ?? about.laneOf.get(node.id) ?? '']),
        ),
        isInner: true,
      }),
    );
    return [...texts, ...lines];
  }

  private tellStarts(starts: readonly ReadNode[], isInner: boolean): void {
    for (const start of starts) {
      const { events, name, line, documentation } = start;
      const [event] = events;
      if (documentation !== undefined && start.meaning === undefined && start.tag === 'startEvent' && isInner)
        this.notSaid.add(`Line ${line}: the documentation of the start ${name}.`);
      if (event === undefined || (events.length === 1 && event.kind === 'message' && name !== '' && !isInner)) continue;
      const here = isInner
        ? 'here the part begins where it is called'
        : 'here patients come as a cohort whose arrivals are to be set';
      this.notSaid.add(`Line ${line}: the start ${name} is by ${eventWords(start)}; ${here}.`);
    }
  }

  /** Who comes: in our own files the cohorts that they name, else one for each start. */
  private cohorts(
    starts: readonly ReadNode[],
    entries: readonly (string | undefined)[],
    about: About,
  ): readonly string[] {
    return starts.flatMap((start, index) => {
      const entry = entries[index - 1];
      // Who cannot enter anywhere has been told.
      if (index > 0 && entry === undefined) return [];
      const at = entry === undefined ? '' : ` at ${entry}`;
      if (start.meaning !== undefined)
        return start.meaning.head === '' ? [] : start.meaning.head.split(', ').map((name) => `${name}${at}`);
      if (about.meaning !== undefined) return [];
      const title = start.name || `Patients of ${about.title}`;
      const name = this.names.fresh(title);
      this.uses.name(start);
      const law = this.file.bpsim.arrivals.get(start.id);
      const arrives = law === undefined ? '' : ` { arrives every ${law} }`;
      const note = start.tag === 'startEvent' ? documented(start, this.uses) : '';
      this.declared.push(`${note}cohort ${name} ${quoted(title)}${arrives}`);
      return [`${name}${at}`];
    });
  }

  private receivers(node: string): readonly { readonly name: string; readonly message: ReadMessage }[] {
    const own = this.placeOfElement(node);
    return this.file.messages
      .filter(({ from }) => from === node)
      .flatMap((message) => {
        const name = this.placeOfElement(message.to);
        return name === undefined || name === own ? [] : [{ name, message }];
      });
  }

  /** The organisation of a pool, or of the pool of a node. */
  private placeOfElement(id: string): string | undefined {
    const pool = this.places.get(id);
    if (pool !== undefined) return pool;
    const process = this.file.processes.find(({ graph }) => hasNode(graph, id));
    const participant = this.file.participants.find((each) => each.process === process?.id);
    return participant && this.places.get(participant.id);
  }
}

interface About {
  readonly name: string;
  readonly title: string;
  readonly documentation: string | undefined;
  readonly meaning: ReadMeaning | undefined;
  readonly owner: string | undefined;
  readonly laneOf: ReadonlyMap<string, string>;
  /** A part of another process: its ends lead on. */
  readonly isInner: boolean;
}

/** Elements that are not read, each with its line; those without a name that are of one kind on one line. */
function unreadLines(unread: readonly UnreadElement[]): readonly string[] {
  const unnamed = new Map<string, number[]>();
  const lines = unread.flatMap(({ kind, name, line }) => {
    if (name !== '') return [`Line ${line}: ${told(kind, name)}.`];
    const known = unnamed.get(kind);
    if (known === undefined) unnamed.set(kind, [line]);
    else known.push(line);
    return [];
  });
  const grouped = [...unnamed].map(([kind, at]) => {
    const shown = at.slice(0, 5).join(', ');
    if (at.length === 1) return `Line ${shown}: ${kind}.`;
    return `Lines ${shown}${at.length > 5 ? ` and ${at.length - 5} more` : ''}: ${kind}.`;
  });
  return [...lines, ...grouped];
}

function startsOf(graph: ReadGraph): readonly ReadNode[] {
  const entered = new Set(graph.ways.map(({ to }) => to));
  const events = graph.nodes.filter(({ tag }) => tag === 'startEvent');
  if (events.length > 0) return events;
  // Without a start, a process begins where no way leads to.
  const first = graph.nodes.find(
    ({ id, attachedTo, special }) => !entered.has(id) && attachedTo === undefined && special === undefined,
  );
  return first === undefined ? [] : [first];
}

function hasNode(graph: ReadGraph, id: string): boolean {
  return graph.nodes.some((node) => node.id === id || (node.inside !== undefined && hasNode(node.inside, id)));
}

/** What a file says in the words of the language is used only where it can change nothing around it. */
function withSafeMeanings(file: ReadBpmn, asOwn: boolean): ReadBpmn {
  const safe = ({ head, of, lines, is }: ReadMeaning): boolean =>
    asOwn && isSafeHead(head) && isSafeHead(of) && isSafeHead(is) && lines.every(isSafeLine);
  const cleaned = <T extends { readonly meaning?: ReadMeaning }>(element: T): T => {
    if (element.meaning === undefined || safe(element.meaning)) return element;
    const { meaning: _meaning, ...rest } = element;
    return rest as T;
  };
  const graph = (each: ReadGraph): ReadGraph => ({
    ...each,
    nodes: each.nodes.map((node) => ({ ...cleaned(node), ...(node.inside && { inside: graph(node.inside) }) })),
    ways: each.ways.map((way) =>
      asOwn && way.heads.every(({ head }) => isSafeHead(head)) ? way : { ...way, heads: [] },
    ),
  });
  return {
    ...file,
    declarations: asOwn ? file.declarations.filter(isSafeDeclaration) : [],
    processes: file.processes.map((process) => ({
      ...cleaned(process),
      lanes: process.lanes.map(cleaned),
      graph: graph(process.graph),
    })),
  };
}
