import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import type { Model } from '@pathway/model';
import {
  type DrawingWords,
  layOut,
  layOutSimply,
  type Layout,
  mapDiagram,
  mapsOf,
  measureQuality,
  type PathwayGraph,
} from '../src/index.js';
import { crisisMapGraph } from '../src/graph/crisis-map.js';
import { dependencyMapGraph } from '../src/graph/dependency-map.js';
import { accessibilityViolations } from './support/accessibility.js';
import { crisisModel, response, trigger } from './support/crisis-model.js';
import * as make from './support/model-maker.js';
import { FAULTLESS_SIMPLY } from './support/faultless.js';

/** The ways of a graph as `from title → to title: label`. */
function ways({ nodes, edges }: PathwayGraph): readonly string[] {
  const title = (id: string): string => nodes.find((node) => node.id === id)?.title ?? id;
  return edges.map(({ from, to, label }) => `${title(from)} → ${title(to)}${label === '' ? '' : `: ${label}`}`);
}

function notesOf(graph: PathwayGraph, title: string): readonly string[] | undefined {
  return graph.nodes.find((node) => node.title === title)?.notes.map((note) => note.replaceAll('\u00a0', ' '));
}

function expectFaultless(layout: Layout): void {
  expect(measureQuality(layout)).toMatchObject(FAULTLESS_SIMPLY);
  for (const { points } of layout.edges) expect(points.length).toBeGreaterThan(1);
}

describe('the crisis map', () => {
  const graph = crisisMapGraph(crisisModel());

  it('leads from signals over levels to what changes, and from crises to what they hit', () => {
    expect(graph.lanes.map(({ title }) => title)).toEqual([
      'Signals',
      'Triggers and gauges',
      'Levels',
      'Responses',
      'What changes',
      'Crises',
    ]);
    expect(ways(graph).map((way) => way.replaceAll('\u00a0', ' '))).toEqual([
      'Occupancy at eight → Trigger Full',
      'Trigger Full → Level full: sets',
      'Pressure on the ward → Level busy: from 1 point',
      'Surge plan → Write the note: removes',
      'Surge plan → Bed: adds 4 after 1 d',
      'Trigger Rush → Surge plan',
      // A response from a level on is in force at each higher level.
      'Level full → Surge plan',
      'Level busy → Surge plan',
      'Heat wave → Stroke: +14% arrive',
      'Heat wave → Bed: 30% lost',
      'Heat wave → Oxygen: no deliveries',
    ]);
  });

  it('says when triggers fire and end, and how long responses last', () => {
    expect(notesOf(graph, 'Trigger Rush')).toEqual([
      'when occupancy(Bed) > 95% for 12 h',
      'ends when occupancy(Bed) < 85% for 1 d',
    ]);
    expect(notesOf(graph, 'Surge plan')).toEqual(['priority 2', 'for at most 21 d']);
    expect(notesOf(graph, 'Level busy')).toEqual(['Surge level, 2 of 3', 'at Ward']);
    expect(notesOf(graph, 'Heat wave')).toEqual(['from day 20 for 10 d']);
    expect(notesOf(graph, 'Write the note')).toEqual(['in Stroke care']);
  });

  it('calls a response at one level only where it says so', () => {
    const model = crisisModel();
    const [plan] = model.responses ?? [];
    const only = {
      ...plan!,
      activations: plan!.activations.map((each) => (each.kind === 'level' ? { ...each, only: true } : each)),
    };
    const found = ways(crisisMapGraph({ ...model, responses: [only] }));
    expect(found).toContain('Level busy → Surge plan: only');
    expect(found).not.toContain('Level full → Surge plan');
  });

  it('is refused where there is nothing to draw', async () => {
    const none = make.model({});
    expect(mapsOf(none, make.NO_FLOWS)).toEqual([]);
    await expect(mapDiagram(none, 'crisis', make.NO_FLOWS)).rejects.toThrow('no crisis');
    await expect(mapDiagram(none, 'dependencies', make.NO_FLOWS)).rejects.toThrow('nothing depends on anything');
  });
});

describe('the dependency map', () => {
  const graph = dependencyMapGraph(crisisModel());

  it('leads from steps to systems, what these depend on, and supplies', () => {
    expect(ways(graph).map((way) => way.replaceAll('\u00a0', ' '))).toEqual([
      'Hospital network → Mains power: battery 30 min',
      'Write the note → Hospital network: battery 1 h, then else On paper',
      'Write the note → Mains power: no workaround',
      'Oxygen → Oxygen: consumes 20',
    ]);
  });

  it('says how long losses may be and what there is', () => {
    expect(notesOf(graph, 'Write the note')).toEqual(['in Stroke care', 'essential: mtpd 4 h, minimum 60%']);
    expect(notesOf(graph, 'Hospital network')).toEqual(['at Ward', 'back within 2 h (rto)']);
    expect(notesOf(graph, 'Mains power')).toEqual(['must be within 8 h (mtpd)']);
    expect(graph.nodes.find(({ id }) => id === 'Oxygen')?.notes).toEqual([
      '900 L at first',
      '400 L delivered at 08:00',
    ]);
  });
});

describe('maps as drawings', () => {
  it('have nothing on anything else, in both directions and in the simpler way', async () => {
    for (const graph of [crisisMapGraph(crisisModel()), dependencyMapGraph(crisisModel())]) {
      for (const direction of ['down', 'right'] as const) {
        const layout = await layOut(graph, direction);
        expect(layout.warnings).toEqual([]);
        expectFaultless(layout);
        expectFaultless(layOutSimply(graph, direction));
      }
    }
  });

  it('have nothing on anything else whatever calls what', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ calledBy: fc.nat(5), places: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 5 }) }),
          {
            minLength: 1,
            maxLength: 7,
          },
        ),
        async (plans) => {
          const layout = await layOut(crisisMapGraph(planned(plans)), 'right');
          expect(layout.warnings).toEqual([]);
          expectFaultless(layout);
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });

  it('say every word of theirs in the language asked for, and leave titles and conditions as they are', async () => {
    const shouted: DrawingWords = {
      say: ([first = '', ...rest], ...values) =>
        rest.reduce((whole, part, i) => `${whole}${values[i] ?? ''}${part.toUpperCase()}`, first.toUpperCase()),
      digits: (text) => text,
      weekdays: [],
    };
    const crisis = crisisMapGraph(crisisModel(), shouted);
    expect(crisis.lanes.map(({ title }) => title)).toContain('TRIGGERS AND GAUGES');
    expect(crisis.description).toBe('MAP OF 1 CRISIS AND 1 RESPONSE.');
    expect(notesOf(crisis, 'Trigger Rush')).toEqual([
      'WHEN occupancy(Bed) > 95% FOR 12 H',
      'ENDS WHEN occupancy(Bed) < 85% FOR 1 D',
    ]);
    expect(ways(crisis).map((way) => way.replaceAll('\u00a0', ' '))).toEqual(
      expect.arrayContaining(['Surge plan → Bed: ADDS 4 AFTER 1 D', 'Heat wave → Bed: 30% LOST']),
    );
    const dependencies = dependencyMapGraph(crisisModel(), shouted);
    expect(dependencies.lanes.map(({ title }) => title)).toEqual(['STEPS', 'SYSTEMS AND THINGS', 'SUPPLIES']);
    const { svg } = await mapDiagram(crisisModel(), 'dependencies', { ...make.NO_FLOWS, words: shouted });
    expect(svg).toContain('SUPPLIES');
  });

  it('lead to their lines and meet the rules for accessibility', async () => {
    for (const name of mapsOf(crisisModel(), make.NO_FLOWS)) {
      const { svg } = await mapDiagram(crisisModel(), name, {
        ...make.NO_FLOWS,
        link: ({ file, line }) => `${file}#L${line}`,
      });
      const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
      const links = [...document.querySelectorAll('a[data-id]')];
      expect(links.length).toBe(document.querySelectorAll('[data-id]').length);
      expect(links.every((link) => /^care\.pathway#L\d+$/.test(link.getAttribute('href') ?? ''))).toBe(true);
      expect(await accessibilityViolations(svg)).toEqual([]);
    }
  });
});

/** Two pathways, triggers, and responses that change some of their steps. */
function planned(plans: readonly { readonly calledBy: number; readonly places: readonly number[] }[]): Model {
  make.resetOrigins();
  const steps = Array.from({ length: 8 }, (_, i) => make.step(`S${i}`, undefined, { title: `Step number ${i}` }));
  return make.model({
    resources: [make.resource('Bed', 'Bed')],
    pathways: [
      make.pathway('P', 'First pathway', steps.slice(0, 4)),
      make.pathway('Q', 'Second pathway', steps.slice(4)),
    ],
    triggers: Array.from({ length: 6 }, (_, i) => trigger(`T${i}`, 'Bed')),
    responses: plans.map(({ calledBy, places }, i) =>
      response(
        `R${i}`,
        `T${calledBy}`,
        places.map((place) => steps[place]!.id),
      ),
    ),
  });
}
