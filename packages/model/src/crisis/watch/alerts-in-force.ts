import type { AlertInForce } from './watch-state.js';

/**
 * The messages in force at a time, by the trigger that each fires, once some begin (or are said anew) and some end; what has
 * expired by then is left out.
 */
export function alertsAfter(
  before: Readonly<Record<string, readonly AlertInForce[]>>,
  begun: readonly (AlertInForce & { readonly trigger: string })[],
  ended: readonly string[],
  time: number,
): Readonly<Record<string, readonly AlertInForce[]>> {
  const gone = new Set([...ended, ...begun.map(({ id }) => id)]);
  const alerts = new Map<string, AlertInForce[]>();
  for (const [trigger, list] of Object.entries(before))
    alerts.set(
      trigger,
      list.filter(({ id }) => !gone.has(id)),
    );
  for (const { trigger, id, until } of begun)
    alerts.set(trigger, [...(alerts.get(trigger) ?? []), { id, ...(until !== undefined && { until }) }]);
  const left = [...alerts].map(
    ([trigger, list]) => [trigger, list.filter(({ until }) => until === undefined || until > time)] as const,
  );
  return Object.fromEntries(left.filter(([, list]) => list.length > 0));
}
