import { CAP_ASPECTS } from '@pathway/model';
import { FileError } from '../file-error.js';

/** Namespace of the Common Alerting Protocol 1.2 (OASIS, 2010; ITU-T X.1303 bis). */
export const CAP_NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';

/** The words of the protocol, as its schema lists them. */
export const CAP_WORDS = {
  status: ['Actual', 'Exercise', 'System', 'Test', 'Draft'],
  msgType: ['Alert', 'Update', 'Cancel', 'Ack', 'Error'],
  scope: ['Public', 'Restricted', 'Private'],
  responseType: ['Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None'],
  ...CAP_ASPECTS,
} as const;

type Word<K extends keyof typeof CAP_WORDS> = (typeof CAP_WORDS)[K][number];

/** An alert as the protocol has it; times are as written, with their zone. */
export interface CapAlert {
  readonly identifier: string;
  readonly sender: string;
  readonly sent: string;
  readonly status: Word<'status'>;
  readonly msgType: Word<'msgType'>;
  readonly scope: Word<'scope'>;
  readonly note?: string;
  /** Earlier messages that this one is about. */
  readonly references: readonly CapReference[];
  /** What it says, once for each language, audience or area. */
  readonly infos: readonly CapInfo[];
  /** Whether it carries a signature, which nobody has looked at here. */
  readonly hasSignature: boolean;
}

export interface CapReference {
  readonly sender: string;
  readonly identifier: string;
  readonly sent: string;
}

export interface CapInfo {
  /** BCP 47; `en-US` where nothing is written. */
  readonly language: string;
  readonly categories: readonly Word<'category'>[];
  readonly event: string;
  readonly responseTypes: readonly Word<'responseType'>[];
  readonly urgency: Word<'urgency'>;
  readonly severity: Word<'severity'>;
  readonly certainty: Word<'certainty'>;
  readonly effective?: string;
  readonly onset?: string;
  readonly expires?: string;
  readonly senderName?: string;
  readonly headline?: string;
  readonly description?: string;
  readonly instruction?: string;
  readonly areas: readonly CapArea[];
}

export interface CapArea {
  readonly description: string;
  /** Closed rings of latitude and longitude, degrees. */
  readonly polygons: readonly (readonly GeoPoint[])[];
  /** Radius in kilometres. */
  readonly circles: readonly { readonly centre: GeoPoint; readonly radius: number }[];
  readonly geocodes: readonly { readonly system: string; readonly code: string }[];
}

/** Latitude and longitude, degrees. */
export type GeoPoint = readonly [latitude: number, longitude: number];

/** Why a message cannot be read as an alert, and what to do. What it says is never part of the text beyond a few words. */
export class CapError extends FileError {
  override readonly name = 'CapError';
}

const TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Unix seconds of a date and time with zone, as the protocol writes them; undefined for anything else, also 30 February. */
export function capSeconds(text: string): number | undefined {
  const parts = TIME.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
  if (!isDay || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetSeconds(parts[7] ?? '');
  if (offset === undefined) return undefined;
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
}

function offsetSeconds(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}
