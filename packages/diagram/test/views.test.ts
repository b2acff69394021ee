import { describe, expect, it } from 'vitest';
import type { Activity, Model } from '@pathway/model';
import {
  GroupError,
  layOutGraph,
  type LoadFigures,
  mapsOf,
  measureQuality,
  parseGroup,
  type PathwayGraph,
  type Sheet,
  sheetsOf,
  type View,
  viewsOf,
} from '../src/index.js';
import { wholeGraph } from '../src/graph/pathway-graph.js';
import { LEAST_PIXELS, LEAST_POINTS, legibilityOf, smallestText } from '../src/legibility.js';
import { crisisModel } from './support/crisis-model.js';
import { FAULTLESS, FAULTLESS_SIMPLY } from './support/faultless.js';
import * as make from './support/model-maker.js';
import { modelOfSize, randomModel } from './support/random-pathway.js';
import { strokeModel } from './support/stroke-model.js';

/** So many nodes are on a sheet at most, circles at its borders included. */
const MOST_NODES = 45;

const sheets = (model: Model, view: View): readonly Sheet[] => sheetsOf(model, view, make.NO_FLOWS);
const only = (model: Model, view: View): PathwayGraph => sheets(model, view)[0]!.graph;
const titles = ({ nodes }: PathwayGraph): readonly string[] => nodes.map(({ title }) => title);
const steps = ({ nodes }: PathwayGraph): readonly string[] =>
  nodes.filter(({ kind }) => kind === 'step').map(({ id }) => id);

async function expectFaultless({ id, graph }: Sheet): Promise<void> {
  for (const direction of ['down', 'right'] as const) {
    const layout = await layOutGraph(graph, direction);
    expect(layout.warnings, `${id} ${direction}`).toEqual([]);
    const faultless = graph.arrangement === 'stages' ? FAULTLESS_SIMPLY : FAULTLESS;
    expect(measureQuality(layout), `${id} ${direction}`).toMatchObject(faultless);
  }
}

describe('the overview', () => {
  it('of a small pathway is the pathway', () => {
    const [sheet, ...others] = sheets(randomModel(3, 4), { kind: 'overview', id: 'P' });
    expect(others).toEqual([]);
    expect(titles(sheet!.graph)).toEqual(titles(wholeGraph(randomModel(3, 4), 'P')));
  });

  it('leads out of the branch that ends with a way out, straight on', async () => {
    const long = (name: string): readonly Activity[] =>
      Array.from({ length: 8 }, (_, place) => make.step(`${name}${place}`, 'A'));
    const model = make.model({
      organisations: [make.organisation('A', 'First'), make.organisation('B', 'Second')],
      pathways: [
        make.pathway('P', 'Care', [
          ...long('Before'),
          make.choose('1', 'shares', [
            make.shareBranch('here', 40, [make.step('Here', 'A')]),
            make.otherwise([make.step('There', 'B')]),
          ]),
          ...long('After'),
        ]),
      ],
    });
    const sheet = sheets(model, { kind: 'overview', id: 'P' }).find(({ graph }) =>
      graph.edges.some(({ from, to }) => from === 'P.There' && to.startsWith('to ')),
    );
    const layout = await layOutGraph(sheet!.graph, 'down');
    const way = layout.edges.find(({ edge }) => edge.from === 'P.There');
    expect(way?.points).toHaveLength(2);
  });

  it('has every step on one sheet, and a sheet for every stage', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const model = randomModel(seed, 60);
      const all = sheets(model, { kind: 'overview', id: 'P' });
      expect(all.flatMap(({ graph }) => steps(graph)).sort(), `seed ${seed}`).toEqual(
        [...steps(wholeGraph(model, 'P'))].sort(),
      );
      const ids = new Set(all.map(({ id }) => id));
      const led = all.flatMap(({ graph }) => graph.nodes.flatMap(({ sheet }) => sheet ?? []));
      expect(led.filter((id) => !ids.has(id) && id !== 'Other')).toEqual([]);
      for (const { id } of all.slice(1)) expect(led).toContain(id);
    }
  });

  it('leads along every way: whoever goes from one stage to another is told where to', () => {
    const [first, ...others] = sheets(modelOfSize(60), { kind: 'overview', id: 'P' });
    const stages = first!.graph.nodes.filter(({ id }) => id.startsWith('stage '));
    expect(stages.length).toBeGreaterThan(2);
    for (const { from, to } of first!.graph.edges) {
      const [a, b] = [from, to].map((id) => stages.find((each) => each.id === id)?.sheet);
      if (a === undefined || b === undefined || a === b) continue;
      const leaving = others.find(({ id }) => id === a)!.graph.nodes.filter(({ id }) => id.startsWith('to '));
      expect(leaving.map(({ sheet }) => sheet)).toContain(b);
    }
  });

  it('has nothing on anything else on any sheet', async () => {
    for (let seed = 1; seed <= 12; seed++)
      for (const sheet of sheets(randomModel(seed, 60), { kind: 'overview', id: 'P' })) await expectFaultless(sheet);
  });

  it('of three hundred steps is sheets that can be read on A4 and on a projector', async () => {
    const all = sheets(modelOfSize(300), { kind: 'overview', id: 'P' });
    expect(all.length).toBeGreaterThan(30);
    for (const { id, graph } of all) {
      expect(graph.nodes.length).toBeLessThan(MOST_NODES);
      const [down, right] = [await layOutGraph(graph, 'down'), await layOutGraph(graph, 'right')];
      expect(measureQuality(down)).toMatchObject(FAULTLESS_SIMPLY);
      const onPaper = legibilityOf(down, smallestText(down));
      const turned = legibilityOf(right, smallestText(right));
      expect(onPaper.a4, id).toBeGreaterThanOrEqual(LEAST_POINTS);
      expect(Math.max(onPaper.projector, turned.projector), id).toBeGreaterThanOrEqual(LEAST_PIXELS);
    }
  });

  it('says on no way what is asked inside the stage that it leaves, where nothing else leaves it', () => {
    const answered = (way: { readonly label: string }): boolean => /\d%$|^otherwise/.test(way.label);
    for (let seed = 1; seed <= 25; seed++)
      for (const { graph } of sheets(randomModel(seed, 40), { kind: 'overview', id: 'P' }))
        for (const way of graph.edges.filter(({ from }) => from.startsWith('stage ')))
          if (graph.edges.filter(({ from }) => from === way.from).length === 1)
            expect(answered(way), `seed ${seed}: ${way.label}`).toBe(false);
  });
});

describe('an overview of few stages', () => {
  const inside = (activities: readonly Activity[]): PathwayGraph =>
    only(
      make.model({
        organisations: [make.organisation('A', 'First')],
        pathways: [make.pathway('P', 'Care', activities)],
        resources: [make.resource('Bed', 'Bed of the ward')],
      }),
      { kind: 'overview', id: 'P' },
    );
  const stagesIn = ({ nodes }: PathwayGraph): PathwayGraph['nodes'] =>
    nodes.filter(({ id }) => id.startsWith('stage '));

  it('says what is done in each, how long it takes, what is kept meanwhile and where it ends', () => {
    const graph = inside([
      make.hold(
        'Stay',
        [make.something('Bed')],
        [
          make.step('Begin', 'A', { takes: make.minutes(20) }),
          ...Array.from({ length: 5 }, (_, place) => make.step(`Care${place}`, 'A')),
        ],
      ),
      ...Array.from({ length: 8 }, (_, place) => make.step(`Later${place}`, 'A')),
    ]);
    const [first, second] = stagesIn(graph);
    expect(first?.notes).toContain('Begin · 20\u00a0min');
    expect(first?.notes).toContain('Keeps Bed of the ward');
    expect(second?.notes.some((note) => note.startsWith('Later'))).toBe(false);
  });

  it('has no share on ways out of a stage: inside, it is one of those who come to the question', () => {
    const long = (name: string): readonly Activity[] =>
      Array.from({ length: 8 }, (_, place) => make.step(`${name}${place}`, 'A'));
    for (let seed = 1; seed <= 40; seed++)
      for (const { graph } of sheets(randomModel(seed, 50), { kind: 'overview', id: 'P' }))
        for (const { from, label } of graph.edges)
          if (from.startsWith('stage ')) expect(label, `seed ${seed}`).not.toMatch(/^[\d.]+\s?%$|\([\d.]+\s?%\)$/u);
    const again = inside([
      ...long('Before'),
      make.choose('1', 'shares', [make.shareBranch('again', 15, [make.goTo('2', 'Before2')]), make.otherwise([])]),
      ...long('After'),
    ]);
    expect(again.edges.filter(({ from }) => from.startsWith('stage ')).map(({ label }) => label)).not.toContain(
      'again (15%)',
    );
  });
});

describe('an overview over organisations', () => {
  const overviewOf = (activities: readonly Activity[], called: readonly Activity[] = []): PathwayGraph =>
    only(
      make.model({
        organisations: [make.organisation('A', 'Hospital'), make.organisation('B', 'Home team')],
        pathways: [make.pathway('P', 'Care', activities), make.pathway('Q', 'Other care', called)],
      }),
      { kind: 'overview', id: 'P' },
    );
  const many = (name: string, at: string): readonly Activity[] =>
    Array.from({ length: 8 }, (_, place) => make.step(`${name}${place}`, at));

  it('says how many more ends a stage has than it names', () => {
    const ends = ['home', 'ward', 'theatre', 'elsewhere'].map((title, place) =>
      make.shareBranch(title, 20, [make.finish(`end${place}`, title)]),
    );
    const graph = overviewOf([
      ...many('Begin', 'A'),
      make.choose('1', 'shares', [...ends, make.otherwise([])]),
      ...many('Later', 'A'),
    ]);
    expect(graph.nodes.flatMap(({ notes }) => notes)).toContain('ends here: home, ward, theatre, 1 more');
  });

  it('marks the way to a stage of another organisation as a handover, where the question inside is asked before it', () => {
    const graph = overviewOf([
      ...many('Begin', 'A'),
      make.choose('1', 'shares', [
        make.shareBranch('home', 30, many('Visit', 'B')),
        make.otherwise([make.finish('end', 'None')]),
      ]),
      ...many('Later', 'B'),
    ]);
    const laneOf = (id: string): number | undefined => graph.nodes.find((node) => node.id === id)?.lane;
    const across = graph.edges.filter(({ from, to }) => laneOf(from) !== laneOf(to));
    expect(across.length).toBeGreaterThan(0);
    for (const { handover } of across) expect(handover).toBe(true);
  });

  it('never draws a way from one organisation to another as one that stays', () => {
    for (let seed = 1; seed <= 40; seed++)
      for (const { graph } of sheets(randomModel(seed, 40), { kind: 'overview', id: 'P' })) {
        const laneOf = (id: string): number | undefined => graph.nodes.find((node) => node.id === id)?.lane;
        for (const { from, to, handover } of graph.edges)
          if (laneOf(from) !== laneOf(to)) expect(handover, `seed ${seed}: ${from} ${to}`).toBe(true);
      }
  });
});

/** Patients with a route and an age; those for rehabilitation go on when they are old. */
function routed(): Model {
  make.resetOrigins();
  const age = { kind: 'attribute', name: 'age' } as const;
  const old = { kind: 'binary', operator: '>=', left: age, right: make.plain(75) } as const;
  const uniform = {
    name: 'age',
    origin: make.nextOrigin(),
    categories: [],
    value: {
      kind: 'distribution',
      family: 'uniform',
      parameters: { low: make.plain(0), high: make.plain(100) },
      dimension: { time: 0, money: 0 },
    },
  } as const;
  return make.model({
    organisations: [make.organisation('H', 'Hospital')],
    cohorts: [
      make.cohort('All', 'All patients', [uniform, make.oneOf('route', { rehab: 20, early: 20, home: 60 })]),
      make.cohort('Planned', 'Planned patients'),
    ],
    pathways: [
      make.pathway(
        'P',
        'Care',
        [
          make.step('Arrive', 'H', { takes: make.minutes(5) }),
          make.choose(
            '1',
            'attribute',
            [
              make.categoryBranch('rehab', [
                make.step('Rehab', 'H'),
                make.choose('2', 'condition', [
                  make.conditionBranch('old', old, [make.step('Geriatrics', 'H')]),
                  make.otherwise([make.step('Sports', 'H')]),
                ]),
              ]),
              make.categoryBranch('early', [make.step('Early', 'H'), make.finish('f', 'Home')]),
              make.otherwise([make.step('Home', 'H', { when: make.under('age', 60) })]),
            ],
            { attribute: 'route' },
          ),
          make.step('Last', 'H'),
        ],
        { owner: 'H', cohorts: [{ cohort: 'All' }, { cohort: 'Planned', entry: 'P.Last' }] },
      ),
    ],
  });
}

const journey = (text: string): PathwayGraph => {
  const model = routed();
  return only(model, { kind: 'journey', id: 'P', group: parseGroup(text, model, 'P') });
};
const done = (graph: PathwayGraph): readonly string[] => steps(graph).map((id) => id.slice(2));

describe('the journey of a group', () => {
  it('leaves out branches that nobody of the group takes, and questions with one answer', () => {
    expect(done(journey('age >= 80, route = rehab'))).toEqual(['Arrive', 'Rehab', 'Geriatrics', 'Last']);
    expect(done(journey('age < 75 and route = rehab'))).toEqual(['Arrive', 'Rehab', 'Sports', 'Last']);
    // Some of 70 or more are 75 or more.
    expect(done(journey('age >= 70, route = rehab'))).toEqual(['Arrive', 'Rehab', 'Geriatrics', 'Sports', 'Last']);
    expect(journey('age >= 80, route = rehab').nodes.some(({ kind }) => kind === 'decision')).toBe(false);
  });

  it('leaves out what nobody comes to any more, and cohorts of which nobody is in it', () => {
    expect(done(journey('route = early'))).toEqual(['Arrive', 'Early']);
    expect(titles(journey('route = early'))).not.toContain('Planned patients');
  });

  it('drops conditions that all of them meet, and steps whose condition none does', () => {
    expect(journey('age < 50').nodes.find(({ id }) => id === 'P.Home')?.condition).toBeUndefined();
    expect(journey('age < 70').nodes.find(({ id }) => id === 'P.Home')?.condition).toBeDefined();
    expect(done(journey('age >= 60'))).not.toContain('Home');
  });

  it('gives the shares of the group, and says how many it is and what was left out', () => {
    const graph = journey('age >= 75, route = rehab or home');
    expect(graph.edges.filter(({ from }) => from === 'P.#1').map(({ label }) => label)).toEqual([
      'rehab (25%)',
      'home (75%)',
    ]);
    // A quarter of ages from 0 to 100, of four fifths.
    expect(graph.remarks).toContain('All patients: 20% are in this group.');
    expect(graph.remarks).toContain('Planned patients: nobody is in this group.');
    expect(graph.remarks).toContain('Not taken at “By route?”: early (20%).');
    expect(graph.title).toBe('Care: age >= 75 and route = rehab or route = home');
  });

  it.each([
    ['agee > 3', 'did you mean age?'],
    ['route = rehabb', 'did you mean rehab?'],
    ['route > rehab', 'has values, not numbers'],
    ['age >= old', 'is a number'],
    ['age != 3', 'leaves almost everybody'],
    ['old people', 'is no comparison'],
    ['', 'is no comparison'],
    ['age > 80, age < 20', 'Nobody has'],
    ['route = rehab, route = home', 'Nobody has'],
    ['age > 3 furlongs', 'is a number'],
  ])('of %j is refused', (text, message) => {
    expect(() => parseGroup(text, routed(), 'P')).toThrow(GroupError);
    expect(() => parseGroup(text, routed(), 'P')).toThrow(message);
  });

  it('of nobody in particular is the pathway, whatever the pathway', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const model = randomModel(seed);
      const all = { text: '', conditions: [], categories: new Map(), ranges: new Map() };
      const whole = wholeGraph(model, 'P');
      const entered = new Set(whole.edges.map(({ to }) => to));
      const drawn = titles(only(model, { kind: 'journey', id: 'P', group: all }));
      // What stands after ways that all leave, nobody comes to.
      if (whole.nodes.every(({ id, kind }) => kind === 'start' || entered.has(id)))
        expect(drawn).toEqual(titles(whole));
      else expect(drawn.length).toBeLessThan(whole.nodes.length);
    }
  });
});

const estimate = (mean: number, halfWidth = 0): LoadFigures['activities'][number]['wait'] => ({
  mean,
  halfWidth,
  replications: 10,
});

describe('census and load', () => {
  const hour = 3600;
  const model = make.model({
    resources: [make.resource('Bed', 'Bed')],
    pathways: [
      make.pathway('P', 'Care', [
        make.hold('Stay', [make.something('Bed')], [make.step('Treat', undefined, { takes: make.minutes(60) })]),
      ]),
    ],
  });
  const figures: LoadFigures = {
    title: 'Today',
    replications: 10,
    runLength: 1000 * hour,
    activities: [
      // Little's law: 500 who wait 6 h each in 1,000 h are 3 at a time.
      { activity: 'P.Stay', starts: estimate(500), wait: estimate(6 * hour, 600), duration: estimate(4 * hour) },
      { activity: 'P.Treat', starts: estimate(500), wait: estimate(0), duration: estimate(hour) },
    ],
    resources: [{ id: 'Bed', title: 'Bed', census: estimate(2), utilisation: estimate(0.8) }],
  };
  const graph = only(model, { kind: 'load', id: 'P', figures });
  const node = (id: string): PathwayGraph['nodes'][number] => graph.nodes.find((each) => each.id === id)!;

  it('says how many wait and are there by Little’s law, and how much resources are used', () => {
    const notes = node('P.Stay').notes.map((note) => note.replaceAll('\u00a0', ' '));
    expect(notes).toEqual(['3.0 wait, each 6.00 ± 0.17 h', '2.0 keep it', 'Bed 80% used']);
    expect(node('P.Treat').notes.at(-1)).toBe('0.5 there');
  });

  it('writes a mean and its interval in one unit, to digits that the interval leaves', () => {
    const written = (mean: number, halfWidth: number, runLength = 10 * hour): string | undefined => {
      const activities = [{ ...figures.activities[0]!, starts: estimate(60), wait: estimate(mean, halfWidth) }];
      const drawn = only(model, { kind: 'load', id: 'P', figures: { ...figures, activities, runLength } });
      return drawn.nodes.find(({ id }) => id === 'P.Stay')!.notes[0]?.replaceAll('\u00a0', ' ');
    };
    expect(written(62.4, 0.922)).toBe('0.1 wait, each 1.04 ± 0.02 min');
    expect(written(1386, 780)).toBe('2.3 wait, each 23 ± 13 min');
    expect(written(8100, 96)).toBe('14 wait, each 2.25 ± 0.03 h');
    expect(written(26, 0.004)).toBe('under 0.05 wait, each 26.000 ± 0.004 s');
    expect(written(36, 1)).toBe('0.06 wait, each 36.0 ± 1.0 s');
  });

  it('tells by colour too, with a legend of what colours stand for', async () => {
    expect(node('P.Stay').load).toBe(3);
    expect(node('P.Treat').load).toBe(0);
    expect(graph.legend?.map(({ load }) => load)).toEqual([0, 1, 2, 3, 4]);
    expect(graph.legend?.[3]?.text).toBe('2 to 10');
    await expectFaultless({ id: 'load', title: '', graph });
  });

  it('lies with nothing on anything else over generated pathways', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const generated = randomModel(seed);
      const activities = wholeGraph(generated, 'P').nodes.map(({ id }, place) => ({
        ...figures.activities[place % 2]!,
        activity: id,
      }));
      const drawn = only(generated, { kind: 'load', id: 'P', figures: { ...figures, activities } });
      await expectFaultless({ id: `seed ${seed}`, title: '', graph: drawn });
    }
  });
});

describe('maps of organisations and resources', () => {
  const model = routed();

  it('show who passes patients to whom, and in words and as strong ways what is missing', () => {
    const two: Model = {
      ...crisisModel(),
      organisations: [
        { ...make.organisation('A', 'Ambulance'), sector: 'emergency' },
        { ...make.organisation('W', 'Ward'), sector: 'hospital' },
      ],
      pathways: [make.pathway('P', 'Care', [make.step('Ride', 'A'), make.step('Stay', 'W')])],
    };
    const flow = { from: 'A', to: 'W', passes: [{ from: 'Ride', to: 'Stay' }], channels: ['phone'], agreements: [] };
    const [sheet] = sheetsOf(
      two,
      { kind: 'map', name: 'territory' },
      { ...make.NO_FLOWS, flows: () => [{ ...flow, missing: ['not agreed'] }] },
    );
    const { graph } = sheet!;
    expect(graph.lanes.map(({ title }) => title)).toEqual(['Emergency', 'Hospital']);
    expect(graph.edges.map(({ label, handover }) => [label, handover])).toEqual([
      ['Ride → Stay; by phone; ×\u00a0no agreement', true],
    ]);
    expect(graph.remarks?.[0]).toContain('something is missing on 1 of 1 ways');
    const [sound] = sheetsOf(
      two,
      { kind: 'map', name: 'territory' },
      { ...make.NO_FLOWS, flows: () => [{ ...flow, missing: [] }] },
    );
    expect(sound!.graph.edges[0]?.handover).toBe(false);
  });

  it('are there only where there is something on them', () => {
    expect(mapsOf(model, make.NO_FLOWS)).toEqual([]);
    expect(() => sheets(model, { kind: 'map', name: 'territory' })).toThrow('fewer than two organisations');
    expect(() => sheets(model, { kind: 'map', name: 'resources' })).toThrow('nothing uses anything');
    expect(mapsOf(crisisModel(), make.NO_FLOWS)).toContain('resources');
  });

  it('tell of each resource who stops without it', async () => {
    const graph = only(strokeModel(), { kind: 'map', name: 'resources' });
    const used = graph.nodes.filter(({ id }) => graph.edges.some(({ to }) => to === id));
    expect(used.map(({ id }) => id)).toEqual(expect.arrayContaining(strokeModel().resources.map(({ id }) => id)));
    expect(graph.lanes.map(({ title }) => title)).toContain('Spaces and vehicles');
    await expectFaultless({ id: 'resources', title: '', graph });
  });
});

it('the list of views has what needs nothing beside the model, each once', () => {
  const listed = viewsOf(crisisModel(), make.NO_FLOWS).map(({ view }) => JSON.stringify(view));
  expect(new Set(listed).size).toBe(listed.length);
  for (const { view } of viewsOf(crisisModel(), make.NO_FLOWS))
    expect(sheets(crisisModel(), view).length).toBeGreaterThan(0);
  expect(viewsOf(modelOfSize(60), make.NO_FLOWS).map(({ title }) => title)).toContain('60 steps: stages');
});
