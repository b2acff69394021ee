import type { CapAlert, CapInfo } from '@pathway/interchange';
import { type AlertFilter, emptyModel, type Model, type Origin, type Territory } from '@pathway/model';

const ORIGIN: Origin = { file: 'test.pathway', line: 1, column: 1, endLine: 1, endColumn: 2 };

/** Unix seconds of a time in UTC. */
export function at(time: string): number {
  return Date.parse(`${time}Z`) / 1000;
}

export function info(more: Partial<CapInfo> = {}): CapInfo {
  return {
    language: 'en-GB',
    categories: ['Met'],
    event: 'Extreme heat',
    responseTypes: [],
    urgency: 'Expected',
    severity: 'Severe',
    certainty: 'Likely',
    expires: '2026-07-03T18:00:00+00:00',
    areas: [{ description: 'Devon', polygons: [], circles: [], geocodes: [{ system: 'NUTS3', code: 'UKK43' }] }],
    ...more,
  };
}

/** A real warning of heat in Devon, sent at noon on 1 July. */
export function alert(identifier: string, more: Partial<CapAlert> = {}): CapAlert {
  return {
    identifier,
    sender: 'warnings@met.example',
    sent: '2026-07-01T12:00:00+00:00',
    status: 'Actual',
    msgType: 'Alert',
    scope: 'Public',
    references: [],
    infos: [info()],
    hasSignature: false,
    ...more,
  };
}

export function refersTo({ sender, identifier, sent }: CapAlert): Pick<CapAlert, 'references'> {
  return { references: [{ sender, identifier, sent }] };
}

const DEVON: Territory = {
  id: 'Devon',
  name: 'Devon',
  title: 'County of Devon',
  origin: ORIGIN,
  entrypoints: [],
  geocodes: [{ system: 'NUTS3', codes: ['UKK43'] }],
  polygons: [
    [
      [50, -4],
      [51, -4],
      [51, -3],
      [50, -3],
      [50, -4],
    ],
  ],
};

/** A model with triggers that wait for alerts. */
export function waiting(filters: Readonly<Record<string, Partial<AlertFilter>>>): Model {
  const nothing: AlertFilter = {
    categories: [],
    events: [],
    severities: [],
    urgencies: [],
    certainties: [],
    messageTypes: [],
    territories: [],
  };
  return emptyModel({
    territories: [DEVON],
    triggers: Object.entries(filters).map(([id, filter]) => ({
      id,
      name: id,
      origin: ORIGIN,
      fires: { kind: 'alert', filter: { ...nothing, ...filter } },
    })),
  });
}

export const HEAT = waiting({
  Heat: {
    categories: ['Met'],
    events: ['heat'],
    severities: ['Extreme', 'Severe'],
    certainties: ['Observed', 'Likely'],
    territories: ['Devon'],
  },
});
