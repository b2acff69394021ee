import { commented, Names, quoted } from '../write/names.js';
import { isSafeDeclaration, isSafeHead, isSafeLine } from './safe-text.js';
import { ProcessText } from './process-text.js';
import {
  readBpmn,
  type ReadBpmn,
  type ReadGraph,
  type ReadMeaning,
  type ReadNode,
  type ReadProcess,
} from './read-bpmn.js';

/** A file of BPMN as text of the language, and what could not be represented. */
export interface ImportedBpmn {
  /** Not in the canonical form yet; the formatter gives it that. */
  readonly text: string;
  /** In plain words, each once, in the order in which they were met. */
  readonly notSaid: readonly string[];
  readonly pathways: number;
  readonly steps: number;
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

class BpmnImport {
  private readonly names = new Names();
  private readonly notSaid = new Set<string>();
  private readonly pathways = new Map<string, string>();
  private readonly places = new Map<string, string>();
  private readonly declared: string[] = [];

  constructor(private readonly file: ReadBpmn) {}

  run(): ImportedBpmn {
    const { file, notSaid } = this;
    for (const { kind, name, line } of file.others)
      if (!SILENT.has(kind)) notSaid.add(`Line ${line}: ${kind}${name === '' ? '' : ` “${name}”`}.`);
    const processes = file.processes.filter(({ graph }) => graph.nodes.length > 0);
    const own = file.declarations;
    for (const text of own) this.names.fresh(/^\w+\s+(?:\d+\s+)?(\S+)/.exec(text)?.[1] ?? '');
    // Names that the file's own notes use are taken before new ones are made.
    for (const { graph } of processes) this.takeOwnNames(graph);
    this.declarePlaces();
    for (const process of processes) {
      const title = this.titleOf(process);
      const isPool = this.file.participants.some(({ name }) => name === title);
      this.pathways.set(process.id, process.meaning?.head ?? this.names.fresh(isPool ? `${title} process` : title));
    }
    const texts = processes.flatMap((process) => this.process(process));
    const head = [
      '// Written by `pathway import` from BPMN 2.0. What could not be represented is listed by the command.',
    ];
    const text = [...head, '', ...this.declared, '', ...own.flatMap((each) => [each, '']), ...texts].join('\n');
    return {
      text: `${text}\n`,
      notSaid: [...notSaid],
      pathways: this.pathways.size,
      steps: text.match(/^\s*step /gm)?.length ?? 0,
    };
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
    const { notSaid, file } = this;
    for (const { kind, name, line } of graph.others)
      notSaid.add(`Line ${line}: ${kind}${name === '' ? '' : ` “${name}”`}.`);
    const inner = graph.nodes.filter(({ inside, meaning }) => inside !== undefined && meaning?.is !== 'race');
    for (const node of inner) this.pathways.set(node.id, this.names.fresh(node.name || 'Part'));
    const starts = startsOf(graph);
    const body = new ProcessText(graph, {
      file,
      names: this.names,
      notSaid,
      placeOf: (node) => this.places.get(about.laneOf.get(node) ?? '') ?? about.owner,
      receivers: (node) => this.receivers(node),
      pathwayOf: (id) => this.pathways.get(id),
      endsMeet: about.isInner,
    }).body(starts.map(({ id }) => id));
    this.tellStarts(starts);
    for (const { id, name, line, attachedTo } of graph.nodes)
      if (attachedTo === undefined && !starts.some((start) => start.id === id) && isAlone(graph, id))
        notSaid.add(`Line ${line}: ${name || id}: no way leads there.`);
    const cohorts = about.isInner ? [] : this.cohorts(starts, body.entries, about);
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
    const parts = inner.flatMap((node) =>
      this.pathway(node.inside ?? { nodes: [], ways: [], others: [] }, {
        ...about,
        name: this.pathways.get(node.id) ?? 'Part',
        title: node.name || 'Part',
        documentation: node.documentation,
        meaning: undefined,
        laneOf: new Map(
          (node.inside?.nodes ?? []).map(({ id }) => [id, about.laneOf.get(id) ?? about.laneOf.get(node.id) ?? '']),
        ),
        isInner: true,
      }),
    );
    return [...parts, ...lines];
  }

  private tellStarts(starts: readonly ReadNode[]): void {
    for (const { events, name, line } of starts)
      for (const { kind } of events.slice(0, 1))
        if (kind !== 'message' || name === '')
          this.notSaid.add(
            `Line ${line}: the start ${name} is by ${kind}; here patients come as a cohort whose arrivals are to be set.`,
          );
  }

  /** Who comes: in our own files the cohorts that they name, else one for each start. */
  private cohorts(starts: readonly ReadNode[], entries: readonly string[], about: About): readonly string[] {
    return starts.flatMap((start, index) => {
      const at = index === 0 ? '' : ` at ${entries[index - 1] ?? ''}`;
      if (start.meaning !== undefined)
        return start.meaning.head === '' ? [] : start.meaning.head.split(', ').map((name) => `${name}${at}`);
      if (about.meaning !== undefined) return [];
      const title = start.name || `Patients of ${about.title}`;
      const name = this.names.fresh(title);
      this.declared.push(`cohort ${name} ${quoted(title)}`);
      return [`${name}${at}`];
    });
  }

  private receivers(node: string): readonly string[] {
    const sent = this.file.messages.filter(({ from }) => from === node);
    const found = sent.flatMap(({ to }) => this.placeOfElement(to) ?? []);
    const own = this.placeOfElement(node);
    return [...new Set(found)].filter((place) => place !== own);
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

/** Parts of a file that only draw or name what is elsewhere. */
const SILENT: ReadonlySet<string> = new Set(['category', 'group', 'association', 'BPMNDiagram']);

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

function isAlone(graph: ReadGraph, id: string): boolean {
  return !graph.ways.some(({ to }) => to === id);
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
