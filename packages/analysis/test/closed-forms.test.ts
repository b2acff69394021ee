import {
  type Cohort,
  erlangB,
  type Indicator,
  type Model,
  type Pathway,
  type Scenario,
  type Study,
} from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { closedForms } from '../src/index.js';
import {
  blockedAt,
  care,
  categorical,
  category,
  census,
  choose,
  cohort,
  DAY,
  draw,
  every,
  exponential,
  hold,
  HOUR,
  indicator,
  model,
  ORIGIN,
  OTHERWISE,
  pathway,
  plain,
  resource,
  seconds,
  share,
  step,
  study,
  together,
  uses,
} from './build.js';

/** The acute stroke unit of doi:10.1186/s12913-016-1789-4: days between arrivals, shares, stays (mean, sd) in days. */
const GROUPS = [
  { id: 'TIA', acute: 9.3, straight: undefined, rehab: 0.01, stay: [1.8, 2.3], after: [18.7, 23.5] },
  { id: 'Neurological', acute: 3.6, straight: 31.7, rehab: 0.11, stay: [4, 5], after: [27.6, 28.4] },
  { id: 'Other', acute: 3.2, straight: 28.6, rehab: 0.05, stay: [3.8, 5.2], after: [16.1, 14.1] },
] as const;

const stay = ([mean, sd]: readonly [number, number]) => draw('lognormal', { mean: mean * DAY, sd: sd * DAY });

function strokeUnit(apart: number, indicators: readonly Indicator[]): Model {
  const cohorts: Cohort[] = [];
  const pathways: Pathway[] = [];
  const add = (
    id: string,
    days: number,
    body: (id: string) => Pathway['body'],
    attributes: Cohort['attributes'] = [],
  ) => {
    cohorts.push(cohort({ id, name: id, arrivals: every(exponential(days * DAY * apart)), attributes }));
    pathways.push(pathway(body(id), { id: `${id}Care`, name: id, cohorts: [{ cohort: id }] }));
  };
  const ward = (id: string, bed: string, takes: ReturnType<typeof stay> | object) =>
    hold(`${id}${bed}`, bed, [step(`${id}${bed}Stay`, { takes: takes as ReturnType<typeof stay> })]);
  const rehabilitation = (id: string) =>
    choose(
      `${id}Supported`,
      'shares',
      [share(0.4), [ward(`${id}Esd`, 'Rehab', stay([30.3, 23.1]))]],
      [OTHERWISE, [ward(`${id}Long`, 'Rehab', stay([28.4, 27.2]))]],
    );
  const acute = {
    kind: 'cases' as const,
    attribute: 'route',
    cases: [
      { values: ['rehab'], then: stay([7.4, 8.61]) },
      { values: ['esd'], then: stay([4.6, 4.8]) },
    ],
    otherwise: stay([7, 8.7]),
  };
  add(
    'Stroke',
    1.2,
    (id) => [
      ward(id, 'Acute', acute),
      choose(`${id}After`, { attribute: 'route' }, [category('rehab'), [rehabilitation(id)]], [OTHERWISE, []]),
    ],
    [categorical('route', { rehab: 0.24, esd: 0.13, home: 0.63 })],
  );
  add('StrokeStraight', 21.8, (id) => [rehabilitation(id)]);
  for (const group of GROUPS) {
    const after = (id: string) => ward(id, 'Rehab', stay(group.after));
    add(group.id, group.acute, (id) => [
      ward(id, 'Acute', stay(group.stay)),
      choose(`${id}After`, 'shares', [share(group.rehab), [after(id)]], [OTHERWISE, []]),
    ]);
    if (group.straight !== undefined) add(`${group.id}Straight`, group.straight, (id) => [after(id)]);
  }
  return model({
    cohorts,
    pathways,
    indicators,
    resources: [resource('Acute', 'unlimited'), resource('Rehab', 'unlimited')],
  });
}

describe('the published stroke service', () => {
  const indicators = [
    indicator('Acute', blockedAt('Acute'), [9, 10, 11, 12, 13, 14]),
    indicator('Rehab', blockedAt('Rehab'), [10, 12, 13, 14, 15, 16]),
    indicator('Pooled', blockedAt('Acute', 'Rehab'), [22, 26]),
    indicator('Mean', census('Acute')),
  ];
  const figures = (apart: number): Map<string, number> =>
    new Map(
      closedForms(strokeUnit(apart, indicators), 'Today').map(({ indicator: id, argument, value }) => [
        `${id} ${argument ?? ''}`.trim(),
        value,
      ]),
    );

  it('has the published probabilities of delay, by the independent Poisson censuses of its wards', () => {
    const found = figures(1);
    const published: readonly (readonly [string, number])[] = [
      ['Acute 9', 0.1806],
      ['Acute 10', 0.1283],
      ['Acute 11', 0.0867],
      ['Acute 12', 0.0556],
      ['Acute 13', 0.0337],
      ['Acute 14', 0.0192],
      ['Rehab 10', 0.2015],
      ['Rehab 12', 0.1091],
      ['Rehab 13', 0.0754],
      ['Rehab 14', 0.0497],
      ['Rehab 15', 0.0312],
      ['Rehab 16', 0.0186],
      ['Pooled 22', 0.0629],
      ['Pooled 26', 0.0158],
    ];
    for (const [name, value] of published) expect(found.get(name), name).toBeCloseTo(value, 4);
    expect(found.get('Mean')).toBeCloseTo(8.1455, 4);
  });

  it('has those of times between arrivals that are 5% shorter', () => {
    const found = figures(0.95);
    expect(found.get('Acute 10')).toBeCloseTo(0.1481, 4);
    expect(found.get('Acute 14')).toBeCloseTo(0.0259, 4);
    expect(found.get('Rehab 12')).toBeCloseTo(0.1286, 4);
    expect(found.get('Rehab 16')).toBeCloseTo(0.0256, 4);
    expect(found.get('Mean')).toBeCloseTo(8.5742, 4);
  });
});

describe('closed forms of a census', () => {
  const indicators = [indicator('Delay', blockedAt('Bed'), [2])];
  const figure = (of: Model): number | undefined => closedForms(of, 'Today')[0]?.value;
  const bed = { resources: [resource('Bed', 'unlimited'), resource('Desk', 3)], indicators };
  const stayInBed = step('A', { needs: [uses('Bed')], takes: draw('gamma', { mean: 2 * HOUR, sd: HOUR }) });

  it('are Erlang B for unlimited units, whatever the times', () => {
    expect(figure(care([stayInBed], bed))).toBeCloseTo(erlangB(2, 2), 10);
  });

  it('are silent for limited units, other arrivals and queues before', () => {
    expect(figure(care([stayInBed], { ...bed, resources: [resource('Bed', 9)] }))).toBeUndefined();
    expect(
      figure(care([stayInBed], { ...bed, cohorts: [cohort({ arrivals: every(seconds(HOUR)) })] })),
    ).toBeUndefined();
    expect(figure(care([step('Q', { needs: [uses('Desk')] }), stayInBed], bed))).toBeUndefined();
  });

  it('are silent where one patient has two units, at once or in two pathways', () => {
    const other = step('B', { needs: [uses('Bed')] });
    expect(figure(care([together('t', [stayInBed], [other])], bed))).toBeUndefined();
    expect(figure(care([hold('H', 'Bed', [stayInBed])], bed))).toBeUndefined();
    const second = pathway([{ ...other, id: 'Q.B' }], { id: 'Q', name: 'Q' });
    expect(figure(model({ pathways: [pathway([stayInBed]), second], ...bed }))).toBeUndefined();
    expect(figure(care([stayInBed, other], bed))).toBeCloseTo(erlangB(3, 2), 10);
  });

  it('are silent about the joint census of two units that one patient has in two pathways', () => {
    const pathways = [
      pathway([stayInBed]),
      pathway([{ ...step('B', { needs: [uses('Couch')] }), id: 'Q.B' }], { id: 'Q', name: 'Q' }),
    ];
    const both = [indicator('Both', blockedAt('Bed', 'Couch'), [2])];
    const resources = [resource('Bed', 'unlimited'), resource('Couch', 'unlimited')];
    expect(closedForms(model({ pathways, resources, indicators: both }), 'Today')).toEqual([]);
    const apart = pathways.map((each, i) => ({ ...each, cohorts: [{ cohort: `C${i}` }] }));
    const cohorts = [0, 1].map((i) => cohort({ id: `C${i}`, name: `C${i}` }));
    const found = closedForms(model({ cohorts, pathways: apart, resources, indicators: both }), 'Today');
    expect(found[0]?.value).toBeCloseTo(erlangB(3, 2), 10);
  });

  it('are silent where patients wait in the unit for the next one', () => {
    const next = hold('N', 'Desk', [step('B')]);
    expect(figure(care([hold('H', 'Bed', [step('A')]), next], bed))).toBeUndefined();
    expect(figure(care([hold('H', 'Bed', [step('A')]), { ...next, freesFirst: true }], bed))).toBeCloseTo(
      erlangB(1, 2),
      10,
    );
  });
});

describe('closed forms of waits', () => {
  const wait = { kind: 'wait', of: { kind: 'resource', resource: 'Bed' } } as const;
  const late = { kind: 'share', of: wait, operator: '>', limit: seconds(HOUR) } as const;
  const indicators = [indicator('Wait', wait), indicator('Late', late)];
  const treat = step('A', { needs: [uses('Bed')], takes: exponential(HOUR / 2) });

  it('are those of M/M/1', () => {
    const found = closedForms(care([treat], { resources: [resource('Bed', 1)], indicators }), 'Today');
    expect(found.map(({ value }) => value)).toEqual([
      expect.closeTo(HOUR / 2, 8),
      // 0.5 exp(−(1 − 0.5) × 1 h / 0.5 h)
      expect.closeTo(0.5 * Math.exp(-1), 10),
    ]);
  });

  it('are silent where people give up waiting', () => {
    const impatient = { ...treat, waits: { atMost: seconds(HOUR), otherwise: [] } };
    expect(closedForms(care([impatient], { resources: [resource('Bed', 1)], indicators }), 'Today')).toEqual([]);
  });

  it('are silent where a study looks at no steady state, and where something happens in a scenario', () => {
    const parts = { resources: [resource('Bed', 1)], indicators };
    const found = (more: Partial<Study>, scenario: Partial<Scenario> = {}) => {
      const today = { id: 'Today', name: 'Today', origin: ORIGIN, basedOn: [], overrides: [], ...scenario };
      const later = { ...today, id: 'Later', name: 'Later', basedOn: ['Today'], crises: [], responses: [] };
      const studies = [study({ warmUp: seconds(DAY), scenarios: ['Today', 'Later'], ...more })];
      return closedForms(care([treat], { ...parts, studies, scenarios: [today, later] }), 'Later').length;
    };
    expect(found({})).toBe(2);
    expect(found({ warmUp: seconds(0), automaticWarmUp: true })).toBe(2);
    expect(found({ warmUp: seconds(0) })).toBe(0);
    expect(found({ present: [{ count: plain(3), cohort: 'C', at: 'A', origin: ORIGIN }] })).toBe(0);
    expect(found({}, { responses: ['More'] })).toBe(0);
    expect(found({}, { crises: ['Heat'] })).toBe(0);
    const text = 'convert 1 Bed to Chair';
    expect(
      found({}, { conversions: [{ origin: ORIGIN, text, amount: plain(1), resource: 'Bed', target: 'Chair' }] }),
    ).toBe(0);
  });

  it('follow a scenario', () => {
    const override = {
      origin: ORIGIN,
      text: 'set Bed.count = 2',
      target: { kind: 'resource', id: 'Bed', property: 'count' },
      value: { kind: 'schedule', schedule: { rules: [], otherwise: plain(2) } },
    } as const;
    const more = { id: 'More', name: 'More', origin: ORIGIN, basedOn: [], overrides: [override] };
    const found = closedForms(
      care([treat], { resources: [resource('Bed', 1)], indicators, scenarios: [more] }),
      'More',
    );
    // M/M/2 with load 0.5: C = 0.1, W = 0.1 × 0.5 h / 1.5.
    expect(found[0]?.value).toBeCloseTo((0.1 * HOUR * 0.5) / 1.5, 8);
  });
});
