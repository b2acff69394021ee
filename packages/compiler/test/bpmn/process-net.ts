import { BpmnModdle } from 'bpmn-moddle';
import * as z from 'zod';
import type { FlowNet, Move } from './flow-net.js';

/** A process or sub-process of a file as a flow of its labels, played by the rules of BPMN 2.0 and not by our reader. */
export interface ProcessNet {
  readonly id: string;
  readonly title: string;
  readonly net: FlowNet;
}

const reference = z.object({ id: z.string().optional() }).optional();
const element = z.object({
  $type: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  sourceRef: reference,
  targetRef: reference,
  attachedToRef: reference,
  default: reference,
  conditionExpression: z.unknown().optional(),
  cancelActivity: z.boolean().optional(),
  triggeredByEvent: z.boolean().optional(),
  isForCompensation: z.boolean().optional(),
  calledElement: z.string().optional(),
  eventDefinitions: z.array(z.object({ $type: z.string(), name: z.string().optional() })).optional(),
  loopCharacteristics: z
    .object({ $type: z.string(), loopCardinality: z.object({ body: z.string().optional() }).optional() })
    .optional(),
  get flowElements() {
    return z.array(element).optional();
  },
});
type Element = z.infer<typeof element>;
const definitions = z.object({
  rootElements: z.array(
    z.object({
      $type: z.string(),
      id: z.string().optional(),
      name: z.string().optional(),
      participants: z.array(z.object({ name: z.string().optional(), processRef: reference })).optional(),
      flowElements: z.array(element).optional(),
    }),
  ),
});

const PARTS = /^bpmn:(?:SubProcess|Transaction|AdHocSubProcess)$/;

/**
 * Every process of a file that has activities, each after the sub-processes in it: the order in which the import writes pathways.
 * What belongs to several patients or to time is left aside: conditions hold or not by chance, an event that ends an activity
 * comes after the activity has begun, and messages come.
 * @param told what the import says that it has done otherwise: the flow is then that of a file in which it is so
 * @throws Error where an id is given twice: this reader leaves out what has it
 */
export async function processNets(xml: string, told: readonly string[] = []): Promise<readonly ProcessNet[]> {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(forModdle(xml));
  if (warnings.some(({ message }) => message.includes('duplicate ID'))) throw new Error('an id is given twice');
  const { rootElements } = definitions.parse(rootElement);
  const pools = rootElements.flatMap(({ participants = [] }) => participants);
  const processes = rootElements.filter(({ $type }) => $type === 'bpmn:Process');
  const titleOf = ({ id, name }: (typeof processes)[number]): string =>
    plain(name) || plain(pools.find(({ processRef }) => processRef?.id === id)?.name) || 'Process';
  // What has no activities is no pathway, and who calls it has a step with a name of its own.
  const withNodes = processes.filter(({ flowElements = [] }) => flowElements.some(isNode));
  const titles = new Map(withNodes.map((process) => [process.id ?? '', titleOf(process)]));
  const parts = (inside: readonly Element[]): readonly ProcessNet[] =>
    inside
      .filter(({ $type }) => PARTS.test($type))
      .flatMap((part) => [
        ...parts(part.flowElements ?? []),
        {
          id: part.id ?? '',
          title: plain(part.name) || 'Part',
          net: new NetOfProcess(part.flowElements ?? [], titles, true, told).net(),
        },
      ]);
  return withNodes.flatMap((process) => [
    ...parts(process.flowElements ?? []),
    {
      id: process.id ?? '',
      title: titleOf(process),
      net: new NetOfProcess(process.flowElements ?? [], titles, false, told).net(),
    },
  ]);
}

/** Prefixes in references and types of expressions, which this reader does not resolve as XML has them. */
function forModdle(xml: string): string {
  return xml
    .replace(/\b((?:attachedTo|source|target|process)Ref|default|calledElement)="[\w.-]+:(?=[\w-])/g, '$1="')
    .replace(/\s[\w-]+:type="[\w.-]+:tFormalExpression"/g, '');
}

function plain(name: string | undefined): string {
  return (name ?? '').replace(/\s+/g, ' ').trim();
}

function isNode({ $type }: Element): boolean {
  return /(?:Task|Event|Gateway|SubProcess|Transaction|CallActivity)$/.test($type);
}

class NetOfProcess {
  private readonly nodes: readonly Element[];
  private readonly flows: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly of: Element;
  }[];
  private readonly moves: Move[] = [];

  constructor(
    elements: readonly Element[],
    private readonly titles: ReadonlyMap<string, string>,
    private readonly isPart: boolean,
    private readonly told: readonly string[],
  ) {
    this.nodes = elements.filter(isNode);
    const flows = elements.filter(({ $type }) => $type === 'bpmn:SequenceFlow');
    const links = (kind: string): readonly Element[] =>
      this.nodes.filter(({ $type, eventDefinitions = [] }) => $type === kind && eventDefinitions.some(isLink));
    this.flows = [
      ...flows.map((of) => ({ id: of.id ?? '', from: of.sourceRef?.id ?? '', to: of.targetRef?.id ?? '', of })),
      ...links('bpmn:IntermediateThrowEvent').flatMap((of) => {
        const to = links('bpmn:IntermediateCatchEvent').find(
          (each) => linkName(each) === linkName(of) && linkName(of) !== '',
        );
        return to === undefined ? [] : [{ id: `${of.id ?? ''} link`, from: of.id ?? '', to: to.id ?? '', of }];
      }),
    ].filter(({ from, to }) => from !== '' && to !== '');
  }

  net(): FlowNet {
    const starts = this.nodes.filter(({ $type }) => $type === 'bpmn:StartEvent');
    const entered = new Set(this.flows.map(({ to }) => to));
    const sources = this.nodes.filter(
      ({ id = '', attachedToRef, triggeredByEvent, isForCompensation }) =>
        !entered.has(id) && attachedToRef === undefined && triggeredByEvent !== true && isForCompensation !== true,
    );
    for (const node of this.nodes) this.addNode(node);
    // Each start is somebody's; without one, whatever no way leads to begins, of which the import takes the first.
    const begins = starts.length > 0 ? (this.isPart ? starts.slice(0, 1) : starts) : sources.slice(0, 1);
    const places = begins.map(({ id = '' }) => [`at ${id}`]);
    return { starts: places.length === 0 ? [[]] : places, moves: this.moves };
  }

  private addNode(node: Element): void {
    const { id = '', $type } = node;
    const into = this.flows.filter(({ to }) => to === id).map((flow) => flow.id);
    const out = this.flows.filter(({ from }) => from === id);
    if ($type === 'bpmn:ParallelGateway' && this.isTold(/: it waits for (?:ways of which|a way out of) /)) {
      // A join that does not wait for what cannot come any more.
      this.addInclusiveJoin(id, into);
      this.moves.push({ takes: [`at ${id}`], puts: [`done ${id}`] });
    } else if ($type === 'bpmn:ParallelGateway') {
      if (into.length > 0) this.moves.push({ takes: into, puts: [`done ${id}`] });
    } else if (into.length > 1 && ($type === 'bpmn:InclusiveGateway' || this.isOnce(node)))
      this.addInclusiveJoin(id, into);
    else for (const place of into) this.moves.push({ takes: [place], puts: [`at ${id}`] });
    this.addWork(node, out.length === 0);
    this.addWaysOut(node, out);
  }

  private isTold(what: RegExp): boolean {
    return this.told.some((line) => what.test(line));
  }

  /** Whether the import says that something is done once when all have come. */
  private isOnce({ id = '', name }: Element): boolean {
    return this.told.some((line) => line.includes(`: ${plain(name) || id}: ways that are gone at once come there`));
  }

  /** Whether the import says that an end is no outcome while others go on. */
  private isEndBeside({ id = '', name }: Element): boolean {
    return this.told.some((line) => line.includes(`: ${plain(name) || id}: it ends one of several ways`));
  }

  /** An end; told to be none while others go on, it is seen of the last way alone. */
  private addEnd(node: Element, label: string, rest: Pick<Move, 'takes' | 'puts'>): void {
    if (this.isEndBeside(node)) {
      this.moves.push({ ...rest, company: 'some' });
      this.moves.push({ label, ...rest, company: 'none' });
    } else this.moves.push({ label, ...rest });
  }

  /** What is seen of a node, from where it begins to where its ways part. */
  private addWork(node: Element, isLast: boolean): void {
    const { id = '', $type } = node;
    const label = this.labelOf(node);
    const [at, done] = [`at ${id}`, `done ${id}`];
    if (label === undefined) {
      const endsAll = $type === 'bpmn:EndEvent' && kindsOf(node).includes('Terminate');
      this.moves.push({ takes: [at], puts: endsAll && isLast ? [] : [done], ...(endsAll && { endsAll }) });
      return;
    }
    const endsAll =
      $type === 'bpmn:EndEvent' &&
      kindsOf(node).includes('Terminate') &&
      !this.isTold(/: it ends the ways that are gone beside it/);
    if ($type === 'bpmn:EndEvent' && !endsAll) {
      this.addEnd(node, label, { takes: [at], puts: isLast ? [] : [done] });
      return;
    }
    const rounds = Number(node.loopCharacteristics?.loopCardinality?.body ?? 1);
    const count = Number.isInteger(rounds) && rounds > 0 ? rounds : 1;
    for (let round = 1; round <= count; round++)
      this.moves.push({
        label,
        takes: [round === 1 ? at : `${at} ${round}`],
        puts: [round === count ? done : `${at} ${round + 1}`],
        ...(endsAll && { endsAll }),
      });
    if (node.loopCharacteristics?.$type === 'bpmn:StandardLoopCharacteristics')
      this.moves.push({ takes: [done], puts: [at] });
    for (const event of this.nodes.filter(({ attachedToRef }) => attachedToRef?.id === id))
      this.addBoundary(event, done);
  }

  private addBoundary({ id = '' }: Element, done: string): void {
    if (this.flows.some(({ from }) => from === id)) this.moves.push({ takes: [done], puts: [`done ${id}`] });
  }

  private addWaysOut({ id = '', $type, default: otherwise, attachedToRef }: Element, out: NetOfProcess['flows']): void {
    const done = `done ${id}`;
    // What no way leaves ends there, like an end without a name.
    const isEnd = !this.isPart && $type !== 'bpmn:EndEvent' && attachedToRef === undefined;
    if (out.length === 0 && isEnd) this.addEnd({ $type, id }, 'finish Done', { takes: [done], puts: [] });
    else if (out.length === 0) this.moves.push({ takes: [done], puts: [] });
    else if (/^bpmn:(?:Exclusive|EventBased)Gateway$/.test($type))
      for (const flow of out) this.moves.push({ takes: [done], puts: [flow.id] });
    else {
      const isInclusive = /^bpmn:(?:Inclusive|Complex)Gateway$/.test($type);
      const isAsked = (flow: NetOfProcess['flows'][number]): boolean =>
        $type !== 'bpmn:ParallelGateway' &&
        flow.of.id !== otherwise?.id &&
        (isInclusive || flow.of.conditionExpression !== undefined);
      const always = out.filter((flow) => !isAsked(flow) && flow.of.id !== otherwise?.id).map((flow) => flow.id);
      for (const some of subsets(out.filter(isAsked).map((flow) => flow.id))) {
        // The default is gone where no other condition holds.
        const rest = some.length === 0 ? out.filter((flow) => flow.of.id === otherwise?.id).map((flow) => flow.id) : [];
        const puts = [...always, ...some, ...rest];
        // The import decides on each way by itself, so that it may be none, and says so: it goes on where the ways meet.
        if (puts.length > 0) this.moves.push({ takes: [done], puts });
        else if (out.length > 1 && this.isTold(/decided one by one, so that it may be none/))
          this.moves.push({ takes: [done], puts: this.meetingOf(out.map(({ to }) => to)).map((each) => `at ${each}`) });
      }
    }
  }

  /** The nearest node to which several ways come; none where they never meet. */
  private meetingOf(ways: readonly string[]): readonly string[] {
    const reached = ways.map((way) => {
      const found = [way];
      // The list grows while it is gone through.
      for (const at of found)
        for (const { from, to } of this.flows) if (from === at && !found.includes(to)) found.push(to);
      return found;
    });
    const shared = reached
      .flatMap((found) => found.map((id, distance) => ({ id, distance })))
      .filter(({ id }) => reached.filter((found) => found.includes(id)).length > 1)
      .sort((a, b) => a.distance - b.distance);
    return shared.slice(0, 1).map(({ id }) => id);
  }

  /** It goes on when no token can come to a way into it that has none yet. */
  private addInclusiveJoin(id: string, into: readonly string[]): void {
    for (const some of subsets(into)) {
      if (some.length === 0) continue;
      const unless = this.before(
        id,
        into.filter((place) => !some.includes(place)),
      );
      this.moves.push({ takes: some, puts: [`at ${id}`], unless });
    }
  }

  /** Every place from which a token may come to some ways into a node, without going through the node. */
  private before(id: string, ways: readonly string[]): ReadonlySet<string> {
    const found = new Set(ways);
    const open = [...ways];
    for (let way = open.pop(); way !== undefined; way = open.pop()) {
      const from = this.flows.find((flow) => flow.id === way)?.from ?? '';
      if (from === id || found.has(`at ${from}`)) continue;
      const host = this.nodes.find((node) => node.id === from)?.attachedToRef?.id;
      for (const node of [from, ...(host === undefined ? [] : [host])]) {
        found.add(`at ${node}`).add(`done ${node}`);
        for (const flow of this.flows)
          if (flow.to === node && !found.has(flow.id)) {
            found.add(flow.id);
            open.push(flow.id);
          }
      }
    }
    return found;
  }

  private labelOf(node: Element): string | undefined {
    const { $type, name, calledElement, eventDefinitions = [] } = node;
    const title = plain(name);
    if (PARTS.test($type)) return title || 'Part';
    if ($type === 'bpmn:CallActivity') return this.titles.get(calledElement ?? '') ?? (title || 'callActivity');
    if ($type.endsWith('Task')) return title || `${$type.charAt(5).toLowerCase()}${$type.slice(6)}`;
    if ($type === 'bpmn:EndEvent') return this.isPart ? undefined : `finish ${title || 'Done'}`;
    if (!$type.startsWith('bpmn:Intermediate')) return undefined;
    if (
      eventDefinitions.some(isLink) &&
      this.flows.some(({ from, to, id }) => id.endsWith(' link') && [from, to].includes(node.id ?? ''))
    )
      return undefined;
    if ($type === 'bpmn:IntermediateCatchEvent' && kindsOf(node).includes('Timer')) return title || undefined;
    if (title === '' && eventDefinitions.length === 0) return undefined;
    return title || `${$type.charAt(5).toLowerCase()}${$type.slice(6)}`;
  }
}

function isLink({ $type }: { readonly $type: string }): boolean {
  return $type === 'bpmn:LinkEventDefinition';
}

/** The name of a link; some tools name the event alone. */
function linkName({ eventDefinitions = [], name }: Element): string {
  return plain(eventDefinitions.find(isLink)?.name) || plain(name);
}

function kindsOf({ eventDefinitions = [] }: Element): readonly string[] {
  return eventDefinitions.map(({ $type }) => $type.replace(/^bpmn:|EventDefinition$/g, ''));
}

function subsets(of: readonly string[]): readonly (readonly string[])[] {
  return of.reduce<readonly (readonly string[])[]>(
    (found, each) => [...found, ...found.map((some) => [...some, each])],
    [[]],
  );
}
