import { type AlertFilter, byId, type Model, type Trigger } from '@pathway/model';
import { concernsTerritory } from './alert-area.js';
import { type CapAlert, type CapInfo, capSeconds } from './cap-alert.js';

/** What of an alert a trigger does not wait for. */
export type Mismatch = 'type' | 'category' | 'event' | 'severity' | 'urgency' | 'certainty' | 'area';

/** When the parts of an alert that a trigger waits for are in force, Unix seconds; without `until` they do not end by themselves. */
export interface AlertSpan {
  readonly from: number;
  readonly until?: number;
}

/** What a trigger makes of an alert. */
export type AlertMatch =
  | ({ readonly kind: 'fires' } & AlertSpan)
  /** It says to those who wait for such alerts that the danger is over. */
  | { readonly kind: 'all clear' }
  /** The first thing that does not fit, of the part of the alert that fits best. */
  | { readonly kind: 'none'; readonly because: Mismatch };

const ORDER: readonly Mismatch[] = ['type', 'category', 'event', 'area', 'severity', 'urgency', 'certainty'];

/** What a trigger that waits for alerts makes of one; undefined for a trigger that waits for something else. */
export function matchAlert(trigger: Trigger, alert: CapAlert, model: Model): AlertMatch | undefined {
  if (trigger.fires.kind !== 'alert') return undefined;
  const { filter } = trigger.fires;
  const results = alert.infos.map((info) => ({ info, because: mismatch(filter, alert, info, model) }));
  const fitting = results.filter(({ info, because }) => because === undefined && !isAllClear(info));
  if (fitting.length > 0)
    return {
      kind: 'fires',
      ...spanOf(
        fitting.map(({ info }) => info),
        alert,
      ),
    };
  // How bad it was no longer counts once it is over.
  const isOver = results.some(
    ({ info, because }) =>
      isAllClear(info) && (because === undefined || ORDER.indexOf(because) > ORDER.indexOf('area')),
  );
  if (isOver) return { kind: 'all clear' };
  const best = results.map(({ because }) => because ?? 'event').sort((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a));
  return { kind: 'none', because: best[0] ?? 'event' };
}

function isAllClear({ responseTypes }: CapInfo): boolean {
  return responseTypes.includes('AllClear');
}

function mismatch(filter: AlertFilter, alert: CapAlert, info: CapInfo, model: Model): Mismatch | undefined {
  const admits = (words: readonly string[], word: string): boolean => words.length === 0 || words.includes(word);
  const event = info.event.toLowerCase();
  const fits: Readonly<Record<Mismatch, boolean>> = {
    type: admits(filter.messageTypes, alert.msgType),
    category: filter.categories.length === 0 || info.categories.some((each) => filter.categories.includes(each)),
    event: filter.events.length === 0 || filter.events.some((text) => event.includes(text.toLowerCase())),
    area: filter.territories.length === 0 || filter.territories.some((id) => isIn(info, id, model)),
    severity: admits(filter.severities, info.severity),
    urgency: admits(filter.urgencies, info.urgency),
    certainty: admits(filter.certainties, info.certainty),
  };
  return ORDER.find((aspect) => !fits[aspect]);
}

function isIn({ areas }: CapInfo, id: string, model: Model): boolean {
  const territory = byId(model.territories, id);
  return territory !== undefined && areas.some((area) => concernsTerritory(area, territory));
}

/** From when the first of some parts is effective until the last one expires; one that does not expire has the last word. */
function spanOf(infos: readonly CapInfo[], { sent }: CapAlert): AlertSpan {
  const from = Math.min(...infos.map(({ effective }) => capSeconds(effective ?? sent) ?? 0));
  const ends = infos.map(({ expires }) => (expires === undefined ? undefined : capSeconds(expires)));
  const known = ends.filter((end) => end !== undefined);
  return known.length < ends.length ? { from } : { from, until: Math.max(...known) };
}
