import { WEEKDAYS } from '../schedule.js';

/** When an organisation is open, by the week. */
export interface OpeningHours {
  /** For each hour of the week from Monday 00:00 on, whether it is open for a part of it. */
  readonly open: readonly boolean[];
  /** The lines as written, with their days in the order of the week; minutes after midnight, 1440 for its end. */
  readonly times: readonly { readonly days: readonly string[]; readonly from: number; readonly to: number }[];
}

const LINE = /^(?:([A-Z][a-z]{2}(?:\s*[-,]\s*[A-Z][a-z]{2})*)\s+)?(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/;

/**
 * What `hours` says where a machine can read it: `Mon-Fri 08:00-18:00, Sat 09:00-13:00`, a time alone for every day, `always`
 * or `24/7`. A line that ends before it begins runs into the next day.
 * @returns undefined for hours in other words, which only people can read
 */
export function openingHours(text: string): OpeningHours | undefined {
  const written = text.trim();
  if (/^(always|24\/7|24 ?h)$/i.test(written)) return openIn([{ days: WEEKDAYS, from: 0, to: 1440 }]);
  const lines = written.split(/\s*;\s*|,\s*(?=[A-Z][a-z]{2}[^,;]*\d|\d)/);
  const times = lines.map((line) => {
    const match = LINE.exec(line.trim());
    if (match === null) return undefined;
    const [, days, h1 = '', m1 = '', h2 = '', m2 = ''] = match;
    const [from, to] = [Number(h1) * 60 + Number(m1), Number(h2) * 60 + Number(m2)];
    const named = days === undefined ? WEEKDAYS : weekdaysOf(days);
    const exists = Number(m1) < 60 && Number(m2) < 60 && from < 1440 && to <= 1440;
    return named === undefined || !exists ? undefined : { days: named, from, to };
  });
  const known = times.filter((each) => each !== undefined);
  return known.length === times.length && known.length > 0 ? openIn(known) : undefined;
}

function weekdaysOf(text: string): readonly string[] | undefined {
  const chosen = new Set<string>();
  for (const range of text.split(',')) {
    const [first = '', last = first] = range.split('-').map((day) => day.trim());
    const [from, to] = [first, last].map((day) => WEEKDAYS.findIndex((each) => each === day));
    if (from === undefined || to === undefined || from < 0 || to < 0) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      chosen.add(WEEKDAYS[day] ?? '');
      if (day === to) break;
    }
  }
  return WEEKDAYS.filter((day) => chosen.has(day));
}

function openIn(times: OpeningHours['times']): OpeningHours {
  const open = new Array<boolean>(168).fill(false);
  for (const { days, from, to } of times) {
    const end = to > from ? to : to + 1440;
    for (const day of days) {
      const midnight = WEEKDAYS.findIndex((each) => each === day) * 24;
      for (let hour = Math.floor(from / 60); hour * 60 < end; hour++) open[(midnight + hour) % 168] = true;
    }
  }
  return { open, times };
}
