import { describe, expect, it } from 'vitest';
import type { Activity, Pathway } from '@pathway/model';
import { pathwayGraph, type GraphEdge, type PathwayGraph } from '../src/index.js';
import * as make from './support/model-maker.js';

function graphOf(body: readonly Activity[], more: Partial<Pathway> = {}): PathwayGraph {
  return pathwayGraph(
    make.model({
      organisations: [
        make.organisation('A', 'First'),
        make.organisation('B', 'Second'),
        make.organisation('C', 'Third'),
      ],
      resources: [make.resource('Bed', 'Acute bed', 'B'), make.resource('Chair', 'Chair')],
      roles: [make.role('Nurse', 'Nurse')],
      cohorts: [make.cohort('All', 'All patients', [make.oneOf('route', { rehab: 24, esd: 13, home: 63 })])],
      pathways: [
        make.pathway('P', 'Care', body, { owner: 'A', ...more }),
        make.pathway('Other', 'Another', [], { owner: 'C' }),
      ],
    }),
    'P',
  );
}

/** `from → to: label`, with the names that a reader would use. */
function ways(graph: PathwayGraph): readonly string[] {
  const name = (id: string): string => {
    const node = graph.nodes.find((each) => each.id === id)!;
    return node.title === '' || node.kind === 'connector' ? `${node.kind}${node.letter ?? ''}` : node.title;
  };
  const mark = (edge: GraphEdge): string => (edge.kind === 'return' ? '⇠' : '→');
  return graph.edges.map(
    (edge) => `${name(edge.from)} ${mark(edge)} ${name(edge.to)}${edge.label === '' ? '' : `: ${edge.label}`}`,
  );
}

describe('what a drawing shows', () => {
  it('steps in order, with needs and duration', () => {
    const graph = graphOf([
      make.step('One', 'A', {
        needs: [make.someone('Nurse', 2), make.something('Chair')],
        takes: make.lognormal(make.minutes(28), make.minutes(12)),
      }),
      make.step('Two', 'B', {
        takes: make.minutes(90),
        remote: true,
        within: { limit: make.minutes(60), of: 'P.One' },
      }),
    ]);
    expect(ways(graph)).toEqual(['Start → One', 'One → Two', 'Two → End']);
    const notes = graph.nodes.map((node) => node.notes.join('|').replaceAll('\u00a0', ' '));
    expect(notes).toEqual(['', '2 × Nurse · Chair · 28 min', '90 min · remote|within 1 h of One', '']);
    expect(graph.edges.map((edge) => edge.handover)).toEqual([false, true, false]);
  });

  it('categories by what readers call them, also where one is left or another cohort names it', () => {
    const called = make.oneOf('route', { rehab: 24, esd: 13, home: 63 });
    if (called.value.kind !== 'one of') throw new Error('categories are listed');
    const options = called.value.options.map((option) => ({ ...option, title: `To ${option.value}` }));
    const [untitled, titled] = [make.oneOf('route', { rehab: 50, esd: 50, home: 0 }), { ...called.value, options }];
    const graph = pathwayGraph(
      make.model({
        cohorts: [make.cohort('Few', 'Few', [untitled]), make.cohort('All', 'All', [{ ...called, value: titled }])],
        pathways: [
          make.pathway('P', 'Care', [
            make.choose(
              '1',
              'attribute',
              [
                make.categoryBranch('rehab', [make.step('Rehab', 'A')]),
                make.categoryBranch('esd', [make.finish('2', 'ESD')]),
                make.otherwise([make.step('Rest', 'A')]),
              ],
              { attribute: 'route' },
            ),
          ]),
        ],
      }),
      'P',
    );
    expect(graph.edges.map(({ label }) => label).filter((label) => label !== '')).toEqual([
      'To rehab',
      'To esd',
      'To home',
    ]);
  });

  it('shares of categories, the remaining one by name', () => {
    const graph = graphOf([
      make.choose(
        '1',
        'attribute',
        [
          make.categoryBranch('rehab', [make.step('Rehab', 'A')]),
          make.categoryBranch('esd', [make.finish('2', 'ESD')]),
          make.otherwise([]),
        ],
        { attribute: 'route' },
      ),
    ]);
    expect(ways(graph)).toContain('By route? → Rehab: rehab (24%)');
    expect(ways(graph)).toContain('By route? → ESD: esd (13%)');
    expect(ways(graph)).toContain('By route? → End: home (63%)');
  });

  it('what is left of shares, and two empty branches as one way', () => {
    const graph = graphOf([
      make.step('Before', 'A'),
      make.choose('1', 'shares', [
        make.shareBranch('8%', 8, [make.step('Review', 'A')]),
        make.shareBranch('self-care', 12, []),
        make.otherwise([]),
      ]),
    ]);
    expect(ways(graph)).toEqual([
      'Start → Before',
      'Before → Which way?',
      'Which way? → Review: 8%',
      'Review → End',
      'Which way? → End: self-care (12%) or otherwise (80%)',
    ]);
  });

  it('a single condition as a question', () => {
    const graph = graphOf([
      make.choose('1', 'condition', [
        make.conditionBranch('age < 18', make.under('age', 18), [make.step('Child', 'A')]),
        make.otherwise([]),
      ]),
    ]);
    expect(ways(graph)).toEqual(['Start → age < 18?', 'age < 18? → Child: yes', 'Child → End', 'age < 18? → End: no']);
  });

  it('a condition on a queue of the same pathway by the name of its step', () => {
    const graph = graphOf([
      make.step('See', 'A'),
      make.choose('1', 'condition', [
        make.conditionBranch('otherwise', { kind: 'state', measure: 'queue', of: 'P.See' }, [make.step('Child', 'A')]),
        make.otherwise([]),
      ]),
    ]);
    expect(ways(graph)).toContain('See → queue(See)?');
  });

  it('a hold with the way of those who waited too long, which is not held', () => {
    const graph = graphOf([
      make.hold('Stay', [make.something('Bed')], [make.step('Care', 'B')], {
        waits: { atMost: make.minutes(240), otherwise: [make.call('1', 'Other')] },
      }),
    ]);
    expect(ways(graph).map((way) => way.replaceAll('\u00a0', ' '))).toEqual([
      'Start → Take Acute bed',
      'Take Acute bed → Care',
      'Take Acute bed → Another: waited 4 h',
      'Care → End',
      'Another → End',
    ]);
    const held = graph.nodes.filter((node) => node.holds.includes('P.Stay')).map((node) => node.title);
    expect(held).toEqual(['Take Acute bed', 'Care']);
  });

  it('the first that is free, or another way', () => {
    const graph = graphOf([
      make.hold(
        'Any',
        [make.something('Bed'), make.something('Chair')],
        [make.step('Care', 'B'), make.release('r', ['Chair'], 'Any')],
        { policy: 'first free', otherwise: [make.finish('1', 'Sent away')] },
      ),
    ]);
    expect(ways(graph)).toContain('Take first free of Acute bed, Chair → Sent away: none free');
    expect(ways(graph)).toContain('Care → Give back Chair');
  });

  it('a hold that not everybody gets as a question around it', () => {
    const graph = graphOf([
      make.hold('Stay', [make.something('Bed')], [make.step('Care', 'B')], { when: make.under('age', 90) }),
    ]);
    expect(ways(graph)).toContain('age < 90? → Take Acute bed: yes');
    expect(ways(graph)).toContain('age < 90? → End: no');
  });

  it('rounds as a way back, with a question where one is asked', () => {
    const counted = graphOf([
      make.repeat('1', [make.step('Visit', 'A')], { atMost: make.plain(2), every: make.days(90) }),
    ]);
    expect(ways(counted).map((way) => way.replaceAll('\u00a0', ' '))).toContain(
      'Visit ⇠ Visit: at most 2 times, every 90 d',
    );
    const asked = graphOf([make.repeat('1', [make.step('Visit', 'A')], { again: make.percent(20) })]);
    expect(ways(asked)).toContain('Again? ⇠ Visit: again 20%');
    expect(ways(asked)).toContain('Again? → End: 80%');
    const until = graphOf([make.repeat('1', [make.step('Visit', 'A')], { until: make.under('pain', 3) })]);
    expect(ways(until)).toContain('pain < 3? → End: yes');
  });

  it('branches that run together between two bars', () => {
    const graph = graphOf([
      make.together('1', { one: [make.step('X', 'A')], two: [make.step('Y', 'A'), make.step('Z', 'A')] }),
    ]);
    expect(ways(graph)).toEqual([
      'Start → fork',
      'fork → X',
      'fork → Y',
      'Y → Z',
      'X → join',
      'Z → join',
      'join → End',
    ]);
  });

  it('go to: near as a line, over two lanes as a pair of letters', () => {
    const near = graphOf([
      make.step('X', 'A'),
      make.choose('1', 'shares', [make.shareBranch('again', 10, [make.goTo('2', 'X')]), make.otherwise([])]),
    ]);
    expect(ways(near)).toContain('Which way? ⇠ X: again (10%)');
    const far = graphOf([
      make.step('X', 'A'),
      make.step('Y', 'B'),
      make.step('Z', 'C'),
      make.choose('1', 'shares', [make.shareBranch('again', 10, [make.goTo('2', 'X')]), make.otherwise([])]),
    ]);
    expect(ways(far)).toContain('Which way? → connectorA: again (10%)');
    expect(ways(far)).toContain('connectorA → X');
    expect(far.edges.filter((edge) => edge.kind === 'return')).toEqual([]);
  });

  it('go to a place that is not drawn as a warning', () => {
    const graph = graphOf([make.step('X', 'A'), make.goTo('1', 'Nowhere')]);
    expect(graph.warnings).toEqual(['`go to` P.Nowhere leads to nothing drawn.']);
  });

  it('a start for every cohort, in the lane where it enters', () => {
    const graph = graphOf([make.step('X', 'A'), make.step('Y', 'B')], {
      cohorts: [{ cohort: 'All' }, { cohort: 'Late', entry: 'P.Y' }],
    });
    expect(ways(graph)).toContain('All patients → X');
    expect(ways(graph)).toContain('Late → Y');
    expect(graph.nodes.find((node) => node.title === 'Late')?.lane).toBe(1);
  });
});

describe('lanes', () => {
  it('by who works: what is no work stands with what comes before it', () => {
    make.resetOrigins();
    const body = [
      make.step('Call', 'A', { needs: [make.someone('Nurse')] }),
      make.choose('1', 'shares', [
        make.shareBranch('home', 40, [make.step('Visit', 'A', { needs: [make.someone('Doctor')] })]),
        make.otherwise([make.step('Letter', 'B')]),
      ]),
    ];
    const model = make.model({
      organisations: [make.organisation('A', 'First'), { ...make.organisation('B', 'Second'), sector: 'home care' }],
      roles: [make.role('Nurse', 'Nurse'), make.role('Doctor', 'Physician')],
      pathways: [make.pathway('P', 'Care', body)],
    });
    const graph = pathwayGraph(model, 'P', 'role');
    expect(graph.lanes.map(({ title }) => title)).toEqual(['Nurse', 'Physician', 'Nobody at work']);
    const laneOf = (id: string): string | undefined =>
      graph.lanes[graph.nodes.find((node) => node.id === id)!.lane]?.title;
    expect(['P:start', 'P.Call', 'P.#1', 'P.Visit', 'P.Letter'].map(laneOf)).toEqual([
      'Nurse',
      'Nurse',
      'Nurse',
      'Physician',
      'Nobody at work',
    ]);
    expect(graph.edges.filter(({ handover }) => handover).map(({ to }) => to)).toEqual(['P.Letter', 'P:end1']);
    expect(pathwayGraph(model, 'P', 'setting').lanes.map(({ title }) => title)).toEqual(['Home care', 'Not assigned']);
  });

  it('by role has what is taken with the work that it is for, and joins where the ways parted', () => {
    const nurse = { needs: [make.someone('Nurse')] };
    const doctor = { needs: [make.someone('Doctor')] };
    const model = make.model({
      organisations: [make.organisation('A', 'First')],
      resources: [make.resource('Bed', 'Bed', 'A')],
      roles: [make.role('Nurse', 'Nurse'), make.role('Doctor', 'Physician')],
      pathways: [
        make.pathway('P', 'Care', [
          make.step('Call', 'A', nurse),
          make.hold('InBed', [make.something('Bed')], [make.step('See', 'A', doctor)]),
          make.together('1', { bloods: [make.step('Bloods', 'A', nurse)], scan: [make.step('Scan', 'A', doctor)] }),
        ]),
      ],
    });
    const { lanes, nodes } = pathwayGraph(model, 'P', 'role');
    const laneOf = (id: string): string | undefined => lanes[nodes.find((node) => node.id === id)!.lane]?.title;
    expect(['P.InBed', 'P.#1', 'P.#1:join'].map(laneOf)).toEqual(['Physician', 'Physician', 'Physician']);
  });

  it('come in the order of first use; steps without organisation belong to the owner', () => {
    const graph = graphOf([make.step('X', 'C'), make.step('Y', undefined), make.step('Z', 'B')]);
    expect(graph.lanes.map((lane) => lane.title)).toEqual(['Third', 'First', 'Second']);
  });

  it('have one for what nobody is named for', () => {
    const body = [make.step('X', 'A'), make.step('Y', undefined)];
    const pathway = { ...make.pathway('P', 'Care', body) };
    const graph = pathwayGraph(
      make.model({ organisations: [make.organisation('A', 'First')], pathways: [pathway] }),
      'P',
    );
    expect(graph.lanes.map((lane) => lane.title)).toEqual(['First', 'Not assigned']);
  });

  it('are left out when no organisation is named at all, and on request', () => {
    const nobody = pathwayGraph(
      make.model({ pathways: [make.pathway('P', 'Care', [make.step('X', undefined)])] }),
      'P',
    );
    expect(nobody.lanes).toEqual([]);
    const asked = pathwayGraph(
      make.model({ pathways: [make.pathway('P', 'Care', [make.step('X', 'A'), make.step('Y', 'B')])] }),
      'P',
      'none',
    );
    expect(asked.lanes).toEqual([]);
    expect(asked.edges.some((edge) => edge.handover)).toBe(false);
  });

  it('never show an end as a handover', () => {
    const graph = graphOf([
      make.choose('1', 'shares', [
        make.shareBranch('one', 50, [make.step('X', 'B')]),
        make.otherwise([make.step('Y', 'C')]),
      ]),
    ]);
    const ends = graph.nodes.filter((node) => node.kind === 'end').map((node) => node.id);
    expect(ends).toHaveLength(2);
    expect(graph.edges.filter((edge) => ends.includes(edge.to)).some((edge) => edge.handover)).toBe(false);
  });
});
