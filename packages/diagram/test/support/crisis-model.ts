import type { Model, Reading, Response, Stock } from '@pathway/model';
import * as make from './model-maker.js';

const state = (measure: 'occupancy' | 'queue', of: string): Reading => ({ kind: 'state', measure, of });
const compared = (left: Reading, operator: '>' | '<', share: number): Reading => ({
  kind: 'operation',
  operator,
  left,
  right: { kind: 'constant', value: make.percent(share) },
});

/** A declaration of a plan; the origins count on. */
const named = (id: string, title: string): { id: string; name: string; title: string; origin: Response['origin'] } => ({
  id,
  name: id,
  title,
  origin: make.nextOrigin(),
});

/** A response that changes places, called by one trigger. */
export function response(id: string, trigger: string, places: readonly string[]): Response {
  return {
    ...named(id, `Response ${id}`),
    activations: [{ kind: 'trigger', trigger, origin: make.nextOrigin() }],
    patches: places.map((place, i) => ({ kind: 'remove', id: `${id}.#${i}`, place, origin: make.nextOrigin() })),
    recovery: { after: [] },
    cards: [],
  };
}

/** A trigger that reads one resource, or a signal where one is given. */
export function trigger(id: string, of: string, signal?: string): NonNullable<Model['triggers']>[number] {
  const read: Reading = signal === undefined ? state('occupancy', of) : { kind: 'signal', signal };
  return {
    ...named(id, `Trigger ${id}`),
    fires: { kind: 'condition', when: compared(read, '>', 95), lasting: make.minutes(720) },
    until: compared(read, '<', 85),
    calm: make.days(1),
  };
}

function stock(id: string, title: string): Stock {
  const deliveries: Stock['deliveries'] = [{ kind: 'scheduled', amount: make.plain(400), at: 480 }];
  return { ...named(id, title), level: make.plain(900), unit: 'L', deliveries };
}

/** A ward with a surge plan on two levels, a heat wave, and a chain of systems. */
export function crisisModel(): Model {
  make.resetOrigins();
  const ward = make.organisation('Ward', 'Ward');
  const [power, network, bed] = [
    make.resource('Power', 'Mains power'),
    make.resource('Network', 'Hospital network', 'Ward'),
    make.resource('Bed', 'Bed', 'Ward'),
  ];
  const note = make.step('Note', 'Ward', {
    title: 'Write the note',
    dependsOn: ['Network', 'Power'],
    fallbacks: [
      {
        on: ['Network'],
        workaround: [make.step('Paper', 'Ward', { title: 'On paper' })],
        battery: make.minutes(60),
        origin: make.nextOrigin(),
      },
    ],
  });
  const breathe = make.step('Breathe', 'Ward', {
    title: 'Oxygen',
    consumes: [{ stock: 'Oxygen', amount: make.plain(20), overTime: false, origin: make.nextOrigin() }],
  });
  const level = (name: string): { name: string; title: string; origin: Response['origin'] } => ({
    name,
    title: `Level ${name}`,
    origin: make.nextOrigin(),
  });
  const plan = response('Plan', 'Rush', [note.id]);
  return make.model({
    organisations: [ward],
    roles: [make.role('Nurse', 'Nurse')],
    resources: [
      bed,
      {
        ...network,
        dependencies: [{ on: ['Power'], battery: make.minutes(30) }],
        recovery: { objective: make.minutes(120) },
      },
      { ...power, recovery: { maximumOutage: make.minutes(480) } },
    ],
    stocks: [stock('Oxygen', 'Oxygen')],
    cohorts: [make.cohort('Stroke', 'Stroke')],
    pathways: [
      make.pathway('P', 'Stroke care', [note, breathe], {
        owner: 'Ward',
        essential: { maximumOutage: make.minutes(240), minimum: make.percent(60) },
      }),
    ],
    scales: [{ ...named('Surge', 'Surge level'), levels: ['calm', 'busy', 'full'].map(level) }],
    signals: [
      { ...named('Morning', 'Occupancy at eight'), reads: { kind: 'measure', value: state('occupancy', 'Bed') } },
    ],
    triggers: [
      { ...trigger('Full', 'Bed', 'Morning'), sets: { scale: 'Surge', level: 'full', organisation: 'Ward' } },
      trigger('Rush', 'Bed'),
    ],
    gauges: [
      {
        ...named('Pressure', 'Pressure on the ward'),
        scale: 'Surge',
        organisation: 'Ward',
        scores: [{ value: state('queue', 'Bed'), points: [], origin: make.nextOrigin() }],
        thresholds: [{ level: 'busy', from: 1, origin: make.nextOrigin() }],
        worstOf: [],
        counted: [],
      },
    ],
    responses: [
      {
        ...plan,
        title: 'Surge plan',
        priority: 2,
        atMost: make.days(21),
        activations: [
          {
            kind: 'level',
            scale: 'Surge',
            level: 'busy',
            organisation: 'Ward',
            only: false,
            origin: make.nextOrigin(),
          },
          ...plan.activations,
        ],
        patches: [
          ...plan.patches,
          {
            kind: 'add',
            id: 'Plan.#9',
            resource: 'Bed',
            amount: make.plain(4),
            after: make.days(1),
            origin: make.nextOrigin(),
          },
        ],
      },
    ],
    crises: [
      {
        ...named('Heat', 'Heat wave'),
        span: { begin: { kind: 'day', day: make.plain(20) }, lasting: make.days(10) },
        effects: [
          {
            kind: 'arrivals',
            id: 'Heat.#1',
            cohorts: ['Stroke'],
            change: { kind: 'share', share: make.percent(14) },
            origin: make.nextOrigin(),
          },
          { kind: 'loss', id: 'Heat.#2', resource: 'Bed', share: make.percent(30), origin: make.nextOrigin() },
          { kind: 'supply cut', id: 'Heat.#3', stock: 'Oxygen', origin: make.nextOrigin() },
        ],
      },
    ],
  });
}
