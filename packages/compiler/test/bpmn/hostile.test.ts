import { importBpmn } from '@pathway/interchange';
import { compile, formatText } from '@pathway/language';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const TASKS = ['task', 'userTask', 'manualTask', 'serviceTask', 'callActivity'] as const;
const GATEWAYS = ['exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'complexGateway', 'eventBasedGateway'];
const EVENTS = ['startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent'] as const;
const KINDS = [...TASKS, ...TASKS, ...GATEWAYS, ...GATEWAYS, ...EVENTS, 'subProcess', 'adHocSubProcess', 'transaction'];
const PROCESSES = ['subProcess', 'adHocSubProcess', 'transaction'];
const DEFINITIONS = ['timer', 'message', 'signal', 'error', 'conditional', 'link', 'terminate', 'escalation'];
const PARTS = [
  '<standardLoopCharacteristics/>',
  '<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>',
  '<multiInstanceLoopCharacteristics><completionCondition>x</completionCondition></multiInstanceLoopCharacteristics>',
  '<ioSpecification><inputSet/><outputSet/></ioSpecification>',
  '<performer name="NAME"/>',
  '<documentation>NAME</documentation>',
  '<property name="NAME"/>',
];
const BESIDE = ['dataObject', 'dataStoreReference', 'textAnnotation', 'group', 'callChoreography', 'association'];

interface Drawn {
  readonly kinds: readonly string[];
  readonly ways: readonly (readonly [from: number, to: number, hasCondition: boolean])[];
  readonly parts: readonly (string | undefined)[];
  readonly events: readonly (string | undefined)[];
  readonly beside: readonly string[];
  /** Which nodes share an id with the one before. */
  readonly twins: readonly boolean[];
}

const drawn: fc.Arbitrary<Drawn> = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.record({
    kinds: fc.array(fc.constantFrom(...KINDS), { minLength: size, maxLength: size }),
    ways: fc.array(fc.tuple(fc.nat(size), fc.nat(size), fc.boolean()), { maxLength: size * 2 }),
    parts: fc.array(fc.option(fc.constantFrom(...PARTS), { nil: undefined, freq: 3 }), {
      minLength: size,
      maxLength: size,
    }),
    events: fc.array(fc.option(fc.constantFrom(...DEFINITIONS), { nil: undefined }), {
      minLength: size,
      maxLength: size,
    }),
    beside: fc.array(fc.constantFrom(...BESIDE), { maxLength: 3 }),
    twins: fc.array(
      fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
      { minLength: size, maxLength: size },
    ),
  }),
);

/** Every name of a file is one of its own, so that it can be looked for; the parts of a name never are in another one. */
class Names {
  private count = 0;
  readonly given: string[] = [];
  next(kind: string): string {
    const name = `N${String(++this.count).padStart(4, '0')}x${kind.slice(0, 3)}`;
    this.given.push(name);
    return name;
  }
}

function graphText(
  { kinds, ways, parts, events, beside, twins }: Drawn,
  names: Names,
  id: string,
  depth: number,
): string {
  const nodes = kinds.map((kind, index) => {
    const own = `${id}n${twins[index] === true && index > 0 && !PROCESSES.includes(kind) ? index - 1 : index}`;
    const part = parts[index]?.replace('NAME', () => names.next('part')) ?? '';
    const definition = events[index];
    const time = definition === 'timer' ? '<timeDuration>PT5M</timeDuration>' : '';
    const link = definition === 'link' ? ` name="L${index % 2}"` : '';
    const event =
      definition !== undefined && kind.endsWith('Event')
        ? `<${definition}EventDefinition${link}>${time}</${definition}EventDefinition>`
        : '';
    const isProcess = PROCESSES.includes(kind);
    const inside =
      isProcess && depth > 0
        ? graphText({ kinds: kinds.slice(0, index), ways, parts, events, beside, twins }, names, `${own}_`, depth - 1)
        : '';
    const attached = kind === 'boundaryEvent' ? ` attachedToRef="${id}n${(index * 7) % kinds.length}"` : '';
    return `<${kind} id="${own}" name="${names.next(kind)}"${attached}>${part}${event}${inside}</${kind}>`;
  });
  const flows = ways.map(([from, to, hasCondition], index) => {
    const condition = hasCondition ? '<conditionExpression>x</conditionExpression>' : '';
    return `<sequenceFlow id="${id}f${index}" name="${names.next('way')}" sourceRef="${id}n${from}" targetRef="${id}n${to}">${condition}</sequenceFlow>`;
  });
  return [...nodes, ...flows, ...beside.map((kind) => `<${kind} name="${names.next(kind)}"/>`)].join('\n');
}

function fileOf(graph: Drawn, names: Names): string {
  const pool = `<collaboration><participant id="p" name="${names.next('pool')}" processRef="P"/><participant id="q" name="${names.next('pool')}"/><messageFlow name="${names.next('mess')}" sourceRef="Pn0" targetRef="q"/></collaboration>`;
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">\n<error name="${names.next('err')}"/>${pool}<process id="P" name="Care">${graphText(graph, names, 'P', 1)}</process></definitions>`;
}

async function errorsOf(text: string): Promise<readonly string[]> {
  const { diagnostics } = await compile(['a.pathway'], {
    read: (path) => Promise.resolve(path === 'a.pathway' ? text : undefined),
  });
  return diagnostics.flatMap(({ severity, code, message }) => (severity === 'error' ? [`${code} ${message}`] : []));
}

describe('a file that nobody has drawn with care', () => {
  test('is read, gives a text without errors, and loses nothing in silence', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (graph) => {
        const names = new Names();
        const file = fileOf(graph, names);
        const { text, notSaid, elements, leftOut } = importBpmn(file);
        const result = formatText(text);
        if (!('formatted' in result)) throw new Error(`${result.errors[0]?.message ?? ''}\n${text}`);
        expect(await errorsOf(result.formatted), result.formatted).toEqual([]);
        const said = [result.formatted, ...notSaid].join('\n');
        expect(names.given.filter((name) => !said.includes(name))).toEqual([]);
        expect(elements).toBe((file.match(/<\w/g)?.length ?? 0) - 1);
        expect(leftOut).toBeLessThanOrEqual(elements);
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});
