import { Aligner, treeOfPathway, withCalled } from '@pathway/interchange';
import { activitiesOf, type Activity, mapActivities, type Model, type Pathway } from '@pathway/model';
import { compileInput, traceRows } from '@pathway/simulation';
import { describe, expect, test } from 'vitest';
import { bpmnFile } from '../../src/index.js';
import { type Decide, runBpmn } from './bpmn-run.js';
import { EXAMPLES, exampleModel, modelOf } from './examples.js';
import { generatedText, numbers } from './generated-text.js';

const written = (id: string): string => `Node_${id.replace(/[^A-Za-z0-9_.-]/gu, '_')}`;

/** A pathway as an engine runs it: the steps of one patient, by their ids. */
class Exported {
  private constructor(
    private readonly xml: string,
    private readonly process: string,
    private readonly steps: ReadonlyMap<string, string>,
  ) {}

  static async of(model: Model, pathway: Pathway): Promise<Exported> {
    const { xml } = await bpmnFile(model, pathway.id);
    const steps = withCalled(model, pathway.id)
      .flatMap((each) => activitiesOf(each))
      .filter(({ kind }) => kind === 'step');
    return new Exported(
      xml,
      /<bpmn:process id="([^"]+)"/.exec(xml)?.[1] ?? '',
      new Map(steps.map(({ id }) => [written(id), id] as const)),
    );
  }

  /** @param way of which the run goes no further than to where it leaves it */
  async run(decide: Decide, way?: readonly string[]): Promise<readonly string[]> {
    const stepsOf = (tasks: readonly string[]): readonly string[] => tasks.flatMap((id) => this.steps.get(id) ?? []);
    const isOnWay = (tasks: readonly string[]): boolean =>
      way === undefined || stepsOf(tasks).every((step, index) => way[index] === step);
    return stepsOf(await runBpmn(this.xml, this.process, decide, isOnWay));
  }
}

/** A model whose rounds are not counted: an engine that is told nothing but ways to take does not count them. */
function uncounted(model: Model): Model {
  const withoutCount = (activity: Activity): Activity => {
    if (activity.kind !== 'repeat') return activity;
    const { times: _times, atMost: _atMost, ...others } = activity;
    return others;
  };
  return {
    ...model,
    pathways: model.pathways.map((each) => ({ ...each, body: mapActivities(each.body, withoutCount) })),
  };
}

/** What our own replay asks of traces: no cost where a trace is a way through the pathway. */
function costIn(model: Model, pathway: Pathway): (trace: readonly string[]) => number | undefined {
  const known: string[] = [];
  const number = (id: string): number => {
    if (!known.includes(id)) known.push(id);
    return known.indexOf(id);
  };
  const free = uncounted(model);
  const same = free.pathways.find(({ id }) => id === pathway.id) ?? pathway;
  const aligner = new Aligner(treeOfPathway(free, same, number));
  return (trace) => aligner.align(trace.map(number))?.cost;
}

/** Whether our own replay knows the pathway: it has neither `go to` nor `race`. */
function hasBlocksAlone(model: Model, pathway: Pathway): boolean {
  return withCalled(model, pathway.id)
    .flatMap((each) => activitiesOf(each))
    .every(({ kind }) => kind !== 'go to' && kind !== 'race');
}

/** The different ways that patients of a pathway have gone in the first rows of a run of our engine. */
function simulatedWays(model: Model, pathway: Pathway, rows: number): readonly (readonly string[])[] {
  const study = model.studies[0];
  const calm = model.scenarios.find(({ crises = [], responses = [] }) => crises.length + responses.length === 0);
  if (study === undefined || calm === undefined) return [];
  const cohorts = new Set(pathway.cohorts.flatMap(({ cohort, entry }) => (entry === undefined ? [cohort] : [])));
  const steps = new Set(
    withCalled(model, pathway.id)
      .flatMap((each) => activitiesOf(each))
      .flatMap(({ id, kind }) => (kind === 'step' ? [id] : [])),
  );
  const open = new Map<string, string[]>();
  const ways = new Map<string, readonly string[]>();
  let count = 0;
  for (const { patient, what, subject } of traceRows(compileInput(model, study.id, calm.id), 0)) {
    if (++count > rows) break;
    if (!cohorts.has(patient.slice(0, patient.lastIndexOf(' ')))) continue;
    if (what === 'arrive') open.set(patient, []);
    const way = open.get(patient);
    if (way === undefined) continue;
    if (what === 'end' && steps.has(subject)) way.push(subject);
    if (what === 'finish') ways.set(way.join(' '), way);
  }
  return [...ways.values()];
}

/** Looks for decisions with which an engine goes a way; each time the last one that can be another is. */
async function canGo(exported: Exported, way: readonly string[], mostRuns: number): Promise<boolean> {
  let decisions: number[] = [];
  for (let runs = 0; runs < mostRuns; runs++) {
    const made: { readonly taken: number; readonly ways: number }[] = [];
    const trace = await exported.run((ways) => {
      const taken = decisions[made.length] ?? 0;
      made.push({ taken, ways });
      return taken;
    }, way);
    if (trace.join(' ') === way.join(' ')) return true;
    const last = made.findLastIndex(({ taken, ways }) => taken + 1 < ways);
    if (last < 0) return false;
    decisions = [...made.slice(0, last).map(({ taken }) => taken), (made[last]?.taken ?? 0) + 1];
  }
  return false;
}

/** Runs that decide as a source of random numbers says, each checked by our own replay where that knows the pathway. */
async function expectSameTraces(model: Model, pathway: Pathway, runs: number): Promise<void> {
  const exported = await Exported.of(model, pathway);
  const cost = hasBlocksAlone(model, pathway) ? costIn(model, pathway) : undefined;
  const random = numbers(7);
  for (let run = 0; run < runs; run++) {
    const trace = await exported.run((ways) => Math.floor(random() * ways));
    if (cost !== undefined) expect(cost(trace), `${pathway.id}: ${trace.join(' ')}`).toBe(0);
  }
}

describe('an engine of BPMN runs what is exported', () => {
  test.each(EXAMPLES)('to its end, in orders that our own replay takes: %s', { timeout: 60_000 }, async (name) => {
    const model = await exampleModel(name);
    for (const pathway of model.pathways) await expectSameTraces(model, pathway, 5);
  });

  test.each(EXAMPLES)(
    'in every order in which patients of our own runs have gone: %s',
    { timeout: 60_000 },
    async (name) => {
      const model = await exampleModel(name);
      for (const pathway of model.pathways) {
        const exported = await Exported.of(model, pathway);
        for (const way of simulatedWays(model, pathway, 5000).slice(0, 5))
          expect(await canGo(exported, way, 200), `${pathway.id}: ${way.join(' ')}`).toBe(true);
      }
    },
  );

  test('however blocks stand in one another', { timeout: 60_000 }, async () => {
    const random = numbers(3);
    for (let count = 0; count < 6; count++) {
      const model = await modelOf(generatedText(random));
      const pathway = model.pathways.find(({ name }) => name === 'Care');
      if (pathway !== undefined) await expectSameTraces(model, pathway, 4);
    }
  });
});
