import { Engine } from 'bpmn-engine';
import * as elements from 'bpmn-elements';
import { EventEmitter } from 'node:events';

/** Decides one thing after another: which of so many ways is gone. */
export type Decide = (ways: number) => number;

interface Flow {
  readonly id: string;
  readonly from: string;
}

interface Script {
  execute(scope: unknown, done: (error: null, result: boolean) => void): void;
}

interface WaitingTask {
  readonly id: string;
  signal(): void;
}

interface Owner {
  readonly id?: string;
  readonly activity?: { readonly id: string };
}

/**
 * Runs a file of BPMN in an engine, until it ends. Conditions are decided one after another, time passes at once, and a task ends when
 * it is its turn. Answers the tasks in the order in which they ended.
 * @param process id of the process that is started; its file may have others, which are called
 * @param decide decides at gateways, whose turn it is, and whether somebody waits too long
 * @param isWanted whether the run goes on after these tasks; else it is given up there
 */
export async function runBpmn(
  xml: string,
  process: string,
  decide: Decide,
  isWanted: (tasks: readonly string[]) => boolean = () => true,
): Promise<readonly string[]> {
  // Another pool of the file is a pathway that is called, and does not begin by itself.
  const source = xml.replace(
    /(<bpmn:process id="([^"]+)"[^>]*) isExecutable="true"/g,
    (whole, head: string, id: string) => (id === process ? whole : `${head} isExecutable="false"`),
  );
  const flows = flowsOf(source);
  const lateBy = boundaryTimers(source);
  const late = new Map<string, () => void>();
  const waiting: WaitingTask[] = [];
  const trace: string[] = [];
  let turn: NodeJS.Immediate | undefined;
  let giveUp: () => void = () => undefined;
  const next = (): void => {
    turn = undefined;
    if (waiting.length === 0) return;
    const [task] = waiting.splice(waiting.length === 1 ? 0 : decide(waiting.length), 1);
    if (task === undefined) return;
    const timer = lateBy.get(task.id);
    const givesUp = timer === undefined ? undefined : late.get(timer);
    if (givesUp !== undefined && decide(2) === 1) givesUp();
    else {
      trace.push(task.id);
      if (!isWanted(trace)) {
        giveUp();
        return;
      }
      task.signal();
    }
    if (waiting.length > 0) later();
  };
  const later = (): void => {
    turn ??= setImmediate(next);
  };
  const listener = new EventEmitter();
  listener.on('activity.wait', (task: WaitingTask) => {
    if (lateBy.size > 0 && [...lateBy.values()].includes(task.id)) return;
    waiting.push(task);
    later();
  });
  const timers = {
    executing: [],
    setTimeout,
    clearTimeout,
    register: ({ id, activity }: Owner) => ({
      setTimeout: (done: () => void) => {
        const owner = activity?.id ?? id ?? '';
        if ([...lateBy.values()].includes(owner)) late.set(owner, done);
        else setImmediate(done);
        return {};
      },
      clearTimeout: () => undefined,
    }),
  };
  const engine = new Engine({
    name: 'exported',
    source,
    // A task of nobody ends when it is told to, as one of a user does.
    elements: { ...elements, Task: elements.UserTask, SequenceFlow: TokenFlow },
    timers: timers as never,
    scripts: { register: () => undefined, getScript: decider(flows, decide) },
  });
  await new Promise<void>((resolve, reject) => {
    engine.once('error', reject);
    giveUp = () => {
      void engine.stop();
      resolve();
    };
    void engine.execute({ listener }, (error: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
  return trace;
}

/**
 * A flow that hands on tokens alone, as BPMN has it. The engine's own tells joins of ways that were not gone, and a join behind
 * an exclusive merge would take such a message for a token.
 */
function TokenFlow(this: unknown, ...args: readonly unknown[]): unknown {
  return Reflect.construct(elements.SequenceFlow, args, TokenFlow);
}
TokenFlow.prototype = Object.create(elements.SequenceFlow.prototype, {
  discard: { value: () => undefined },
}) as object;

/** Decides once for each visit of a gateway, and says yes to the way that is gone. */
function decider(flows: readonly Flow[], decide: Decide): (language: string, owner: { readonly id: string }) => Script {
  const visits = new Map<string, { readonly chosen: string; readonly asked: Set<string> }>();
  return (_, { id }) => ({
    execute: (_scope: unknown, done: (error: null, result: boolean) => void) => {
      // The condition of an event: what is waited for comes.
      if (!flows.some((each) => each.id === id)) {
        done(null, true);
        return;
      }
      const from = flows.find((each) => each.id === id)?.from ?? '';
      let visit = visits.get(from);
      if (visit === undefined || visit.asked.has(id)) {
        const ways = flows.filter((each) => each.from === from);
        visit = { chosen: ways[decide(ways.length)]?.id ?? '', asked: new Set() };
        visits.set(from, visit);
      }
      visit.asked.add(id);
      done(null, visit.chosen === id);
    },
  });
}

function flowsOf(xml: string): readonly Flow[] {
  return [...xml.matchAll(/<bpmn:sequenceFlow ([^>]*?)\/?>/g)].map(([, attributes = '']) => ({
    id: / ?id="([^"]+)"/.exec(attributes)?.[1] ?? '',
    from: /sourceRef="([^"]+)"/.exec(attributes)?.[1] ?? '',
  }));
}

/** Boundary timers by the tasks that they are attached to. */
function boundaryTimers(xml: string): ReadonlyMap<string, string> {
  const events = [...xml.matchAll(/<bpmn:boundaryEvent ([^>]*)>([\s\S]*?)<\/bpmn:boundaryEvent>/g)];
  return new Map(
    events.flatMap(([, attributes = '', inside = '']) => {
      const [id, host] = [/ ?id="([^"]+)"/, /attachedToRef="([^"]+)"/].map((part) => part.exec(attributes)?.[1] ?? '');
      return inside.includes('timerEventDefinition') && id !== undefined && host !== undefined
        ? [[host, id] as const]
        : [];
    }),
  );
}
