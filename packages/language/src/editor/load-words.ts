import type { OfferedLoad } from '@pathway/analysis';
import { formatDuration, formatNumber, formatShare } from '@pathway/model';

/** What is asked of a station, in a table, as Markdown; nothing where it is not known. */
export function loadWords(load: OfferedLoad | undefined): readonly string[] {
  if (load === undefined) return [];
  if (load.requestRate === 0) return ['Nobody asks for it.'];
  const rows: [string, string][] = [
    ['offered load', `${formatNumber(load.load)} in use at once, if nobody waited`],
    ['capacity', load.capacity === null ? 'unlimited' : `${formatNumber(load.capacity)} on average`],
  ];
  if (load.utilisation !== null) rows.push(['utilisation', utilisationWords(load.utilisation)]);
  rows.push(['asked for', `${formatNumber(load.requestRate * 86_400)} times a day`]);
  rows.push(['kept for', `${formatDuration(load.meanTimeKept)} on average`]);
  if (load.expectedWait !== undefined) rows.push(['expected wait', formatDuration(load.expectedWait)]);
  if (load.erlangC !== undefined) rows.push(['has to wait', formatShare(load.erlangC)]);
  if (load.erlangB !== undefined)
    rows.push(['finds all taken', `${formatShare(load.erlangB)}, if nobody waited (Erlang B)`]);
  return [`| | |\n| --- | --- |\n${rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}`];
}

/** A share of capacity as people read it; a load without any capacity is more than all of it. */
function utilisationWords(utilisation: number): string {
  return utilisation > 1000 ? 'no capacity' : formatShare(utilisation);
}

/** The load of a station in a few words, behind its line. */
export function loadHint(load: OfferedLoad): string | undefined {
  if (load.requestRate === 0) return undefined;
  const used = load.utilisation === null ? undefined : `${utilisationWords(load.utilisation)} used`;
  const wait = load.expectedWait === undefined ? undefined : `wait ${formatDuration(load.expectedWait)}`;
  return [`load ${formatNumber(load.load)}`, used, wait].filter((part) => part !== undefined).join(', ');
}
