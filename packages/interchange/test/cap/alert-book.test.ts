import { AlertBook, alertBookSchema, type AlertEffect, type CapAlert } from '@pathway/interchange';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alert, at, HEAT, info, refersTo, waiting } from './alerts.js';

const NOON = at('2026-07-01T12:00:00');
const EVENING = { from: NOON + 6 * 3600 };
const NAME = 'warnings@met.example';

/** What messages do that come one after the other, an hour apart: what begins, what ends, why one does not count. */
function effects(
  alerts: readonly CapAlert[],
  options: { isDrill?: boolean; senders?: readonly string[]; from?: number } = {},
  model = HEAT,
): readonly string[] {
  const { from = NOON, ...rest } = options;
  const book = new AlertBook(model, { isDrill: false, ...rest });
  return alerts.map((each, i) => text(book.take(each, from + i * 3600)));
}

function text({ refusal, begins, ends }: AlertEffect): string {
  const names = ends.map((id) => id.split(',')[1] ?? '');
  return [
    ...(refusal === undefined ? [] : [refusal.reason]),
    ...begins.map(({ trigger }) => `begins ${trigger}`),
    ...(names.length === 0 ? [] : [`ends ${names.join(' and ')}`]),
  ].join(', ');
}

const first = alert('A1');
const later = (identifier: string, hours: number, more: Partial<CapAlert>): CapAlert =>
  alert(identifier, { sent: `2026-07-01T${12 + hours}:00:00+00:00`, ...more });

describe('an alert that a trigger waits for', () => {
  it('is in force from its time to its end', () => {
    const book = new AlertBook(HEAT, { isDrill: false });
    const effective = alert('A1', { infos: [info({ effective: '2026-07-02T00:00:00+00:00' })] });
    expect(book.take(effective, NOON)).toEqual({
      id: `${NAME},A1,2026-07-01T12:00:00.000Z`,
      begins: [{ trigger: 'Heat', from: at('2026-07-02T00:00:00'), until: at('2026-07-03T18:00:00') }],
      ends: [],
      isEndless: false,
    });
  });

  it('may say so in any of its languages, and lasts until the last of those that fit expires', () => {
    const { expires: _, ...endless } = info();
    const italian = info({ language: 'it-IT', event: 'Caldo estremo', expires: '2026-07-09T00:00:00+00:00' });
    const book = new AlertBook(HEAT, { isDrill: false });
    const longer = info({ expires: '2026-07-04T00:00:00+00:00' });
    expect(book.take(alert('A1', { infos: [italian, info(), longer] }), NOON).begins).toMatchObject([
      { until: at('2026-07-04T00:00:00') },
    ]);
    expect(book.take(alert('A2', { infos: [endless] }), NOON)).toMatchObject({ isEndless: true });
  });

  it('ends by Cancel, by an Update to something else, and by All-Clear', () => {
    const milder = later('A2', 1, { msgType: 'Update', ...refersTo(first), infos: [info({ severity: 'Minor' })] });
    const clear = info({ responseTypes: ['AllClear'], severity: 'Minor', certainty: 'Unknown' });
    expect(effects([first, later('A2', 1, { msgType: 'Cancel', ...refersTo(first), infos: [] })])).toEqual([
      'begins Heat',
      'ends A1',
    ]);
    expect(effects([first, milder])).toEqual(['begins Heat', 'ends A1']);
    expect(effects([first, later('A2', 1, { msgType: 'Update', ...refersTo(first), infos: [clear] })])).toEqual([
      'begins Heat',
      'ends A1',
    ]);
    expect(effects([first, alert('B1'), later('A2', 2, { infos: [clear] })])).toEqual([
      'begins Heat',
      'begins Heat',
      'ends A1 and B1',
    ]);
  });

  it('goes on in an Update that still fits', () => {
    const update = later('A2', 1, { msgType: 'Update', ...refersTo(first) });
    const again = later('A3', 2, { msgType: 'Update', ...refersTo(update) });
    expect(effects([first, update, again])).toEqual(['begins Heat', 'begins Heat, ends A1', 'begins Heat, ends A2']);
  });
});

describe('a message changes nothing', () => {
  it.each<[string, CapAlert, string]>([
    ['in an exercise', alert('A', { status: 'Exercise' }), 'status'],
    ['in a test', alert('A', { status: 'Test' }), 'status'],
    ['as a draft', alert('A', { status: 'Draft' }), 'status'],
    ['between systems', alert('A', { status: 'System' }), 'status'],
    ['that confirms', alert('A', { msgType: 'Ack' }), 'no alert'],
    ['that reports an error', alert('A', { msgType: 'Error' }), 'no alert'],
    ['of tomorrow', alert('A', { sent: '2026-07-02T12:00:00+00:00' }), 'early'],
    ['of last year', alert('A', { sent: '2025-07-01T12:00:00+00:00' }), 'old'],
    ['that has expired', alert('A', { infos: [info({ expires: '2026-07-01T12:00:00+00:00' })] }), 'expired'],
    ['for another area', alert('A', { infos: [info({ areas: [] })] }), 'no trigger'],
    ['that is too mild', alert('A', { infos: [info({ severity: 'Moderate' })] }), 'no trigger'],
    ['that cancels what never was', alert('A', { msgType: 'Cancel', ...refersTo(alert('B')) }), 'ends nothing'],
    ['that says nothing', alert('A', { infos: [] }), 'no trigger'],
  ])('%s', (_, message, reason) => {
    expect(effects([message])).toEqual([reason]);
  });

  it('that comes again, or under an identifier that was used', () => {
    expect(effects([first, first, alert('A1', { sent: '2026-07-01T13:00:00+00:00' })])).toEqual([
      'begins Heat',
      'repeated',
      'identifier',
    ]);
    const cancel = later('C', 1, { msgType: 'Cancel', ...refersTo(first) });
    expect(effects([first, cancel, first, cancel])).toEqual(['begins Heat', 'ends A1', 'repeated', 'repeated']);
  });

  it('of a sender that is not expected, or that ends what another one has sent', () => {
    const foreign = later('X', 1, { sender: 'mallory@example.org', msgType: 'Cancel', ...refersTo(first) });
    expect(effects([first, foreign])).toEqual(['begins Heat', 'of another sender']);
    expect(effects([first, foreign], { senders: [NAME] })).toEqual(['begins Heat', 'sender']);
  });

  it('in a drill, where it is real; there exercises count', () => {
    const exercise = alert('E', { status: 'Exercise' });
    const cancelled = later('F', 2, { status: 'Actual', msgType: 'Cancel', ...refersTo(exercise) });
    expect(effects([exercise, first, cancelled], { isDrill: true })).toEqual([
      'begins Heat',
      'real in a drill',
      'real in a drill',
    ]);
    expect(effects([first, later('E', 1, { status: 'Exercise', msgType: 'Cancel', ...refersTo(first) })])).toEqual([
      'begins Heat',
      'status',
    ]);
  });
});

describe('messages in another order than they were sent', () => {
  const update = later('A2', 1, { msgType: 'Update', ...refersTo(first) });
  const cancel = later('A3', 2, { msgType: 'Cancel', ...refersTo(update), infos: [] });

  it('end what comes after them', () => {
    expect(effects([cancel, update, first], EVENING)).toEqual(['ends nothing', 'ended before', 'ended before']);
    expect(effects([first, cancel, update], EVENING)).toEqual(['begins Heat', 'ends nothing', 'ended before, ends A1']);
  });

  it('leave a later Update in force when an earlier one comes after it', () => {
    const second = later('A4', 2, { msgType: 'Update', ...refersTo(first) });
    expect(effects([first, second, update], EVENING)).toEqual(['begins Heat', 'begins Heat, ends A1', 'outdated']);
  });

  it('lead to the same end, whatever the order', () => {
    const last = later('A5', 3, { msgType: 'Update', ...refersTo(update) });
    const orders = fc.shuffledSubarray([first, update, last, alert('B')], { minLength: 4 });
    fc.assert(
      fc.property(orders, fc.boolean(), (order, isStopped) => {
        let book = new AlertBook(HEAT, { isDrill: false });
        const inForce = new Set<string>();
        for (const each of order) {
          const { id, begins, ends } = book.take(each, NOON + 5 * 3600);
          for (const end of ends) inForce.delete(end);
          if (begins.length > 0) inForce.add(id.split(',')[1] ?? '');
          const state = alertBookSchema.parse(JSON.parse(JSON.stringify(book.state)));
          if (isStopped) book = new AlertBook(HEAT, { isDrill: false, state });
          for (const end of ends) inForce.delete(end.split(',')[1] ?? '');
        }
        expect([...inForce].sort()).toEqual(['A5', 'B']);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('the area of an alert', () => {
  const model = waiting({ Here: { territories: ['Devon'] } });
  const area = (more: object): CapAlert =>
    alert('A', {
      infos: [info({ areas: [{ description: 'Somewhere', polygons: [], circles: [], geocodes: [], ...more }] })],
    });

  it.each<[string, CapAlert, boolean]>([
    ['a code', area({ geocodes: [{ system: 'nuts3', code: 'UKK43' }] }), true],
    ['a wider code', area({ geocodes: [{ system: 'NUTS2', code: 'UKK4' }] }), true],
    ['another code', area({ geocodes: [{ system: 'NUTS3', code: 'UKK42' }] }), false],
    ['a code of another system', area({ geocodes: [{ system: 'SAME', code: 'UKK43' }] }), false],
    ['its name', area({ description: 'Cornwall; county of devon' }), true],
    ['a name that has its name in it', area({ description: 'Devonport' }), false],
    [
      'an outline over its border',
      area({
        polygons: [
          [
            [50.9, -3.1],
            [52, -3.1],
            [52, -2],
            [50.9, -3.1],
          ],
        ],
      }),
      true,
    ],
    [
      'an outline that crosses it',
      area({
        polygons: [
          [
            [50.4, -9],
            [50.6, -9],
            [50.6, 0],
            [50.4, 0],
            [50.4, -9],
          ],
        ],
      }),
      true,
    ],
    [
      'an outline around it',
      area({
        polygons: [
          [
            [40, -9],
            [60, -9],
            [60, 9],
            [40, 9],
            [40, -9],
          ],
        ],
      }),
      true,
    ],
    [
      'an outline beside it',
      area({
        polygons: [
          [
            [52, -4],
            [53, -4],
            [53, -3],
            [52, -4],
          ],
        ],
      }),
      false,
    ],
    ['a circle that reaches it', area({ circles: [{ centre: [51.5, -3.5], radius: 60 }] }), true],
    ['a circle that does not', area({ circles: [{ centre: [51.5, -3.5], radius: 50 }] }), false],
    ['a point in it', area({ circles: [{ centre: [50.5, -3.5], radius: 0 }] }), true],
  ])('given by %s', (_, message, isHere) => {
    expect(effects([message], {}, model)).toEqual([isHere ? 'begins Here' : 'no trigger']);
  });

  it('is told as what does not fit, after what kind of event it is', () => {
    const book = new AlertBook(HEAT, { isDrill: false });
    const elsewhere = alert('A', { infos: [info({ areas: [], severity: 'Minor' })] });
    expect(book.take(elsewhere, NOON).refusal).toEqual({
      reason: 'no trigger',
      mismatches: [{ trigger: 'Heat', because: 'area' }],
    });
    const flood = alert('B', { infos: [info({ event: 'Flood', areas: [] })] });
    expect(book.take(flood, NOON).refusal).toEqual({
      reason: 'no trigger',
      mismatches: [{ trigger: 'Heat', because: 'event' }],
    });
  });
});
