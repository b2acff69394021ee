import {
  emptyModel,
  type Gauge,
  localClock,
  type Model,
  type Reading,
  type Response,
  type Scale,
  type Signal,
  type Trigger,
} from '@pathway/model';
import { ORIGIN, plain, seconds } from './build.js';

export const HOUR = 3600;

/** A clock whose time 0 is midnight. */
export const MIDNIGHT_CLOCK = localClock('UTC', 0);

const base = (id: string) => ({ id, name: id, origin: ORIGIN });

export const occupancy: Reading = { kind: 'state', measure: 'occupancy', of: 'Bed' };

export function isAbove(reading: Reading, limit: number): Reading {
  return { kind: 'operation', operator: '>', left: reading, right: { kind: 'constant', value: plain(limit) } };
}

export function isBelow(reading: Reading, limit: number): Reading {
  return { kind: 'operation', operator: '<', left: reading, right: { kind: 'constant', value: plain(limit) } };
}

function scale(id: string, ...levels: readonly string[]): Scale {
  return { ...base(id), levels: levels.map((name) => ({ name, origin: ORIGIN })) };
}

/** A trigger that fires above a limit of the occupancy of beds, after some hours, and ends below another one. */
export function fullFrom(
  id: string,
  {
    above,
    hours = 0,
    below,
    calmHours = 0,
    ...more
  }: { above: number; hours?: number; below: number; calmHours?: number } & Partial<Trigger>,
): Trigger {
  return {
    ...base(id),
    fires: { kind: 'condition', when: isAbove(occupancy, above), ...(hours > 0 && { lasting: seconds(hours * HOUR) }) },
    until: isBelow(occupancy, below),
    ...(calmHours > 0 && { calm: seconds(calmHours * HOUR) }),
    ...more,
  };
}

export function onAlert(id: string, more: Partial<Trigger> = {}): Trigger {
  const filter = {
    categories: [],
    events: [],
    severities: [],
    urgencies: [],
    certainties: [],
    messageTypes: [],
    territories: [],
  };
  return { ...base(id), fires: { kind: 'alert', filter }, ...more };
}

export function signal(id: string, value: Reading, more: Partial<Signal> = {}): Signal {
  return { ...base(id), reads: { kind: 'measure', value }, ...more };
}

export function gauge(id: string, of: string, more: Partial<Gauge>): Gauge {
  return { ...base(id), scale: of, scores: [], thresholds: [], worstOf: [], counted: [], ...more };
}

/** A response on triggers, or on levels written as in `Surge crisis`. */
export function plan(id: string, on: readonly string[], more: Partial<Response> = {}): Response {
  return {
    ...base(id),
    activations: on.map((each) => {
      const [first = '', level] = each.split(' ');
      return level === undefined
        ? { kind: 'trigger', trigger: first, origin: ORIGIN }
        : { kind: 'level', scale: first, level, only: false, origin: ORIGIN };
    }),
    patches: [],
    recovery: { after: [] },
    cards: [],
    ...more,
  };
}

export function watched(parts: Partial<Model>): Model {
  return emptyModel({ scales: [scale('Surge', 'conventional', 'contingency', 'crisis')], ...parts });
}
