/** How a tool writes: its prefix, its ids, and whether ways part and meet without gateways. */
interface Dialect {
  readonly prefix: string;
  readonly idOf: (n: number) => string;
  readonly hasNoGateways: boolean;
  /** Each node lists its ways, as most tools have it. */
  readonly listsWays: boolean;
}

const DIALECTS: readonly Dialect[] = [
  { prefix: 'bpmn:', idOf: (n) => `Activity_0${n.toString(36)}x`, hasNoGateways: false, listsWays: true },
  { prefix: '', idOf: (n) => `sid-${n.toString(16).toUpperCase()}-4D1F`, hasNoGateways: false, listsWays: true },
  { prefix: 'model:', idOf: (n) => `_To9Z${n}OCEeSknpIVF`, hasNoGateways: true, listsWays: false },
  { prefix: 'semantic:', idOf: (n) => `_${n}`, hasNoGateways: true, listsWays: true },
];

interface Flow {
  readonly from: number;
  to: number;
}

/**
 * A process as other tools draw them: blocks in one another, and ways across them where nothing is gone at once beside.
 * @param random numbers from 0 to 1
 * @param crossings how many ways lead from anywhere to anywhere else
 */
export function generatedProcess(random: () => number, crossings: number): string {
  return new RandomProcess(random, DIALECTS[Math.floor(random() * DIALECTS.length)]!).file(crossings);
}

class RandomProcess {
  private readonly nodes: { readonly tag: string; readonly name: string; readonly inside: string }[] = [];
  private readonly flows: Flow[] = [];
  /** Ways that are not beside others that are gone at once with them: any may be left for any other. */
  private region: Flow[] = [];
  private readonly regions: Flow[][] = [];
  private labels = 0;

  constructor(
    private readonly random: () => number,
    private readonly dialect: Dialect,
  ) {}

  file(crossings: number): string {
    const start = this.node('startEvent', 'Referred');
    const last = this.body(start, 2);
    if (last !== undefined) this.connect(last, this.node('endEvent', `Home ${++this.labels}`));
    this.regions.push(this.region);
    for (let count = 0; count < crossings; count++) this.cross();
    const { prefix } = this.dialect;
    const process = `<${prefix}process id="P" name="Care">${this.xml()}</${prefix}process>`;
    const space = `xmlns${prefix === '' ? '' : `:${prefix.slice(0, -1)}`}="http://www.omg.org/spec/BPMN/20100524/MODEL"`;
    return `<${prefix}definitions ${space} targetNamespace="urn:x">${process}</${prefix}definitions>`;
  }

  private draw(below: number): number {
    return Math.floor(this.random() * below);
  }

  private node(tag: string, name = '', inside = ''): number {
    return this.nodes.push({ tag, name, inside }) - 1;
  }

  private task(): number {
    const tag = ['task', 'userTask', 'serviceTask', 'manualTask'][this.draw(4)] ?? 'task';
    return this.node(tag, `Do ${++this.labels}`);
  }

  private connect(from: number, to: number): void {
    const flow = { from, to };
    this.flows.push(flow);
    this.region.push(flow);
  }

  /** Blocks one after another; answers the last node, or nothing where nobody goes on. */
  private body(from: number, depth: number): number | undefined {
    let at: number | undefined = from;
    for (let count = 1 + this.draw(3); count > 0 && at !== undefined; count--) at = this.block(at, depth);
    return at;
  }

  private block(from: number, depth: number): number | undefined {
    switch (depth === 0 ? 0 : this.draw(8)) {
      case 1:
      case 2:
        return this.choice(from, depth, 'exclusiveGateway');
      case 3:
        return this.together(from, depth);
      case 4:
        return this.loop(from, depth);
      case 5: {
        const gateway = this.node('exclusiveGateway', `Which ${++this.labels}`);
        this.connect(from, gateway);
        this.connect(gateway, this.node('endEvent', `Out ${++this.labels}`));
        return gateway;
      }
      case 6: {
        const timer = '<P:timerEventDefinition><P:timeDuration>PT1H</P:timeDuration></P:timerEventDefinition>';
        const wait = this.node('intermediateCatchEvent', `Rest ${++this.labels}`, timer);
        this.connect(from, wait);
        return wait;
      }
      default: {
        const task = this.task();
        this.connect(from, task);
        return task;
      }
    }
  }

  private choice(from: number, depth: number, tag: string): number | undefined {
    const gateway = this.node(tag, `Which ${++this.labels}`);
    this.connect(from, gateway);
    const merge = this.node('exclusiveGateway');
    const isLeft = Array.from({ length: 2 + this.draw(2) }, () => {
      const first = this.task();
      this.connect(gateway, first);
      const last = this.draw(3) === 0 ? first : this.body(first, depth - 1);
      if (last !== undefined && this.draw(6) === 0) this.connect(last, this.node('endEvent', `Out ${++this.labels}`));
      else if (last !== undefined) {
        this.connect(last, merge);
        return false;
      }
      return true;
    });
    return isLeft.every(Boolean) ? undefined : merge;
  }

  private together(from: number, depth: number): number {
    const fork = this.node('parallelGateway', 'All');
    this.connect(from, fork);
    const join = this.node('parallelGateway', 'All are back');
    const around = this.region;
    for (let branch = 2 + this.draw(2); branch > 0; branch--) {
      this.region = [];
      const first = this.task();
      this.connect(fork, first);
      // Whoever came to an end in a branch would let the join wait for ever.
      const last = this.withoutEnds(first, depth - 1);
      this.connect(last, join);
      this.regions.push(this.region.slice(1, -1));
    }
    this.region = around;
    return join;
  }

  private withoutEnds(from: number, depth: number): number {
    const known = this.nodes.length;
    const last = this.body(from, depth);
    const end = this.nodes.findIndex(({ tag }, index) => index >= known && tag === 'endEvent');
    if (last !== undefined && end < 0) return last;
    this.nodes.length = known;
    for (const list of [this.flows, this.region])
      list.splice(0, list.length, ...list.filter((flow) => flow.from < known && flow.to < known));
    for (const region of this.regions)
      region.splice(0, region.length, ...region.filter((flow) => flow.from < known && flow.to < known));
    const task = this.task();
    this.connect(from, task);
    return task;
  }

  private loop(from: number, depth: number): number | undefined {
    const begin = this.node('exclusiveGateway');
    this.connect(from, begin);
    const last = this.body(begin, depth - 1);
    if (last === undefined) return undefined;
    const again = this.node('exclusiveGateway', `Again ${++this.labels}`);
    this.connect(last, again);
    this.connect(again, begin);
    return again;
  }

  /** A way from the midst of one way to the midst of another. */
  private cross(): void {
    const region = this.regions[this.draw(this.regions.length)] ?? [];
    const [left, entered] = [region[this.draw(region.length)], region[this.draw(region.length)]];
    if (left === undefined || entered === undefined || left === entered) return;
    const split = this.node('exclusiveGateway', `Elsewhere ${++this.labels}`);
    const merge = this.node('exclusiveGateway');
    this.region = region;
    this.connect(split, left.to);
    this.connect(merge, entered.to);
    left.to = split;
    entered.to = merge;
    this.connect(split, merge);
  }

  private xml(): string {
    const { prefix, idOf, listsWays } = this.dialect;
    const id = (n: number): string => idOf(n + 1);
    const flowId = (n: number): string => idOf(1000 + n);
    const flows = this.dialect.hasNoGateways ? this.withoutGateways() : this.flows;
    const nodes = this.nodes.flatMap(({ tag, name, inside }, n) => {
      const isUsed = tag === 'startEvent' || flows.some(({ from, to }) => from === n || to === n);
      if (!isUsed) return [];
      const ways = flows.flatMap((flow, f) => [
        ...(flow.to === n ? [`<P:incoming>${flowId(f)}</P:incoming>`] : []),
        ...(flow.from === n ? [`<P:outgoing>${flowId(f)}</P:outgoing>`] : []),
      ]);
      const words = name === '' ? '' : ` name="${name.replace(' ', '&#10;')}"`;
      return [`<P:${tag} id="${id(n)}"${words}>${listsWays ? ways.join('') : ''}${inside}</P:${tag}>`];
    });
    const ways = flows.map(
      ({ from, to }, f) => `<P:sequenceFlow id="${flowId(f)}" sourceRef="${id(from)}" targetRef="${id(to)}"/>`,
    );
    return [...nodes, ...ways].join('\n').replaceAll('<P:', `<${prefix}`).replaceAll('</P:', `</${prefix}`);
  }

  /** Merges of ways of which one is gone, and forks behind an activity, are what several ways mean without gateways. */
  private withoutGateways(): readonly Flow[] {
    const flows = [...this.flows];
    this.nodes.forEach(({ tag }, n) => {
      const [into, out] = [flows.filter(({ to }) => to === n), flows.filter(({ from }) => from === n)];
      const [only] = into.length === 1 ? into : [];
      const before = this.nodes[only?.from ?? -1]?.tag ?? '';
      const isMerge = tag === 'exclusiveGateway' && out.length === 1 && into.length > 1;
      const isFork = tag === 'parallelGateway' && out.length > 1 && /(?:Task|task)$/.test(before);
      if (!isMerge && !isFork) return;
      const made = into.flatMap(({ from }) => out.map(({ to }) => ({ from, to })));
      // Two ways between the same nodes would be two tokens behind an activity.
      const isTwice = made.some(({ from, to }) => flows.some((flow) => flow.from === from && flow.to === to));
      if (isTwice || made.some(({ from, to }) => from === to)) return;
      if (isMerge && this.nodes[out[0]?.to ?? -1]?.tag === 'parallelGateway') return;
      flows.splice(0, flows.length, ...flows.filter((flow) => flow.from !== n && flow.to !== n), ...made);
    });
    return flows;
  }
}
