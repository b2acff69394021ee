import type { Model } from '@pathway/model';
import * as z from 'zod';
import { type CapAlert, capSeconds } from './cap-alert.js';
import { type AlertSpan, matchAlert, type Mismatch } from './match-alert.js';

/** Why a message does not count. */
export type AlertRefusal =
  /** Test, System or Draft; Exercise outside a drill. */
  | { readonly reason: 'status' }
  /** A real message while a drill is on. */
  | { readonly reason: 'real in a drill' }
  | { readonly reason: 'sender' }
  /** Sent later than now. */
  | { readonly reason: 'early' }
  /** Sent longer ago than messages are remembered. */
  | { readonly reason: 'old' }
  | { readonly reason: 'repeated' }
  /** The identifier was used before for something else. */
  | { readonly reason: 'identifier' }
  /** Ack or Error. */
  | { readonly reason: 'no alert' }
  /** Another message ended it before it came. */
  | { readonly reason: 'ended before' }
  /** A later message about the same came first. */
  | { readonly reason: 'outdated' }
  | { readonly reason: 'expired' }
  /** A cancellation or an All-Clear that ends nothing that is known. */
  | { readonly reason: 'ends nothing' }
  /** It ends what somebody else has sent. */
  | { readonly reason: 'of another sender' }
  /** No trigger waits for it; of each that waits for alerts, what does not fit. */
  | {
      readonly reason: 'no trigger';
      readonly mismatches: readonly { readonly trigger: string; readonly because: Mismatch }[];
    };

/** What a message does. */
export interface AlertEffect {
  /** `sender,identifier,sent`, as messages refer to each other, with the time in UTC. */
  readonly id: string;
  /** Absent where it counts. */
  readonly refusal?: AlertRefusal;
  readonly begins: readonly (AlertSpan & { readonly trigger: string })[];
  /** Ids of messages that are over. */
  readonly ends: readonly string[];
  /** It fires something and never expires: only another message ends it. */
  readonly isEndless: boolean;
}

/** Seconds by which the clock of a sender may be ahead. */
const TOLERANCE = 15 * 60;
/** Seconds for which messages are remembered; older ones are not taken any more, so that nothing is played again later. */
const REMEMBERED = 60 * 86_400;

const entrySchema = z.strictObject({
  /** Whether it has come itself; of others only what refers to them is known. */
  hasCome: z.boolean(),
  /** When it was sent, or what spoke of it; Unix seconds. */
  sent: z.number(),
  /** What it fires. */
  triggers: z.array(z.string()),
  isOver: z.literal(true).exactOptional(),
  /** When the latest message that took its place was sent. */
  followedAt: z.number().exactOptional(),
});

/** What is remembered of messages, by their ids. */
export const alertBookSchema = z.record(z.string(), entrySchema);
export type AlertBookState = z.infer<typeof alertBookSchema>;

type Entry = z.infer<typeof entrySchema>;

/**
 * Keeps the messages of the Common Alerting Protocol that have come, and says what each one does: in whatever order they
 * come, however often, whatever is wrong with them. Who refers to a message ends it only as its own sender.
 */
export class AlertBook {
  readonly #entries: Map<string, Entry>;
  readonly #model: Model;
  readonly #isDrill: boolean;
  readonly #senders: readonly string[] | undefined;

  /**
   * @param isDrill only messages with the status Exercise count, else only those with the status Actual
   * @param senders whose messages count; everybody's where nothing is said
   */
  constructor(
    model: Model,
    {
      isDrill,
      senders,
      state,
    }: { readonly isDrill: boolean; readonly senders?: readonly string[]; readonly state?: AlertBookState },
  ) {
    this.#model = model;
    this.#isDrill = isDrill;
    this.#senders = senders;
    this.#entries = new Map(Object.entries(state ?? {}));
  }

  /** What it remembers, as JSON. */
  get state(): AlertBookState {
    return Object.fromEntries(this.#entries);
  }

  /** Takes in a message that comes at `now` (Unix seconds). One that is refused begins nothing. */
  take(alert: CapAlert, now: number): AlertEffect {
    const id = idOf(alert);
    const sent = capSeconds(alert.sent) ?? Number.NaN;
    const refusal = this.#refusalOf(alert, id, sent, now);
    if (refusal !== undefined) return { id, refusal, begins: [], ends: [], isEndless: false };
    this.#forget(now);
    const before = this.#entries.get(id);
    const own = alert.references.filter(({ sender }) => sender === alert.sender).map(idOf);
    const isOutdated = own.some((each) => (this.#entries.get(each)?.followedAt ?? Number.NEGATIVE_INFINITY) > sent);
    const ends = this.#end(own, sent);
    const done = (triggers: readonly string[], isOver: boolean): void => {
      this.#entries.set(id, {
        hasCome: true,
        sent,
        triggers: [...triggers],
        ...(isOver && { isOver }),
        ...(before?.followedAt !== undefined && { followedAt: before.followedAt }),
      });
    };
    const refused = (why: AlertRefusal): AlertEffect => {
      done([], true);
      return { id, refusal: why, begins: [], ends, isEndless: false };
    };
    if (alert.msgType === 'Cancel') {
      if (ends.length > 0) {
        done([], true);
        return { id, begins: [], ends, isEndless: false };
      }
      const isForeign = alert.references.length > own.length;
      return refused({ reason: isForeign ? 'of another sender' : 'ends nothing' });
    }
    if (before?.isOver === true) return refused({ reason: 'ended before' });
    if (isOutdated) return refused({ reason: 'outdated' });
    return this.#begin(alert, { id, sent, now, ends }, done);
  }

  #refusalOf(
    { status, msgType, sender, identifier }: CapAlert,
    id: string,
    sent: number,
    now: number,
  ): AlertRefusal | undefined {
    if (this.#senders?.includes(sender) === false) return { reason: 'sender' };
    if (this.#isDrill && status === 'Actual') return { reason: 'real in a drill' };
    if (status !== (this.#isDrill ? 'Exercise' : 'Actual')) return { reason: 'status' };
    if (msgType === 'Ack' || msgType === 'Error') return { reason: 'no alert' };
    if (sent > now + TOLERANCE) return { reason: 'early' };
    if (sent < now - REMEMBERED) return { reason: 'old' };
    if (this.#entries.get(id)?.hasCome === true) return { reason: 'repeated' };
    const prefix = `${sender},${identifier},`;
    const isReused = [...this.#entries].some(([other, { hasCome }]) => hasCome && other.startsWith(prefix));
    return isReused ? { reason: 'identifier' } : undefined;
  }

  /** Ends messages, also those that have not come yet. @returns those that fired something until now */
  #end(ids: readonly string[], at: number): readonly string[] {
    return ids.filter((id) => {
      const entry = this.#entries.get(id) ?? { hasCome: false, sent: at, triggers: [] };
      const wasInForce = entry.isOver !== true && entry.triggers.length > 0;
      this.#entries.set(id, { ...entry, isOver: true, followedAt: Math.max(entry.followedAt ?? at, at) });
      return wasInForce;
    });
  }

  #begin(
    alert: CapAlert,
    {
      id,
      sent,
      now,
      ends,
    }: { readonly id: string; readonly sent: number; readonly now: number; readonly ends: readonly string[] },
    done: (triggers: readonly string[], isOver: boolean) => void,
  ): AlertEffect {
    const matches = (this.#model.triggers ?? []).flatMap((trigger) => {
      const match = matchAlert(trigger, alert, this.#model);
      return match === undefined ? [] : [{ trigger: trigger.id, match }];
    });
    const cleared = matches.filter(({ match }) => match.kind === 'all clear').map(({ trigger }) => trigger);
    // An All-Clear that names no message is about everything of its kind that the same sender has sent.
    const over = alert.references.length > 0 ? [] : this.#end(this.#firing(alert.sender, cleared), sent);
    const firing = matches.flatMap(({ trigger, match }) =>
      match.kind === 'fires' ? [{ trigger, ...spanOf(match) }] : [],
    );
    const begins = firing.filter(({ until }) => until === undefined || until > now);
    done(
      begins.map(({ trigger }) => trigger),
      begins.length === 0,
    );
    const effect = { id, begins, ends: [...ends, ...over], isEndless: begins.some(({ until }) => until === undefined) };
    if (begins.length > 0 || effect.ends.length > 0) return effect;
    const reason = firing.length > 0 ? 'expired' : cleared.length > 0 ? 'ends nothing' : undefined;
    if (reason !== undefined) return { ...effect, refusal: { reason } };
    const mismatches = matches.flatMap(({ trigger, match }) =>
      match.kind === 'none' ? [{ trigger, because: match.because }] : [],
    );
    return { ...effect, refusal: { reason: 'no trigger', mismatches } };
  }

  /** Messages of a sender in force that fire one of some triggers. */
  #firing(sender: string, triggers: readonly string[]): readonly string[] {
    return [...this.#entries]
      .filter(([id, entry]) => id.startsWith(`${sender},`) && entry.isOver !== true)
      .filter(([, entry]) => entry.triggers.some((trigger) => triggers.includes(trigger)))
      .map(([id]) => id);
  }

  /** What is so old that it would not be taken any more needs not be remembered, unless it is still in force. */
  #forget(now: number): void {
    for (const [id, { sent, isOver, triggers }] of this.#entries)
      if (sent < now - REMEMBERED && (isOver === true || triggers.length === 0)) this.#entries.delete(id);
  }
}

/** The same moment is the same id, in whatever zone it is written. */
function idOf({ sender, identifier, sent }: Pick<CapAlert, 'sender' | 'identifier' | 'sent'>): string {
  return `${sender},${identifier},${new Date((capSeconds(sent) ?? 0) * 1000).toISOString()}`;
}

function spanOf({ from, until }: AlertSpan): AlertSpan {
  return { from, ...(until !== undefined && { until }) };
}
