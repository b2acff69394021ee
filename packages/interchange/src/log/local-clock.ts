import { LogError } from '../log-error.js';

/**
 * Brings the times of a log onto one line of elapsed seconds, and tells what the clock on the wall shows at each.
 * With a zone, clock times without an offset are read in it, and moments with one are shown in it. Without a zone
 * clocks are taken as they are written.
 */
export class LocalClock {
  private readonly format: Intl.DateTimeFormat | undefined;
  private readonly known = new Map<number, number>();

  /** @throws LogError for a zone that does not exist */
  constructor(readonly zone: string | undefined) {
    try {
      this.format =
        zone === undefined
          ? undefined
          : new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });
    } catch {
      throw new LogError('The time zone does not exist.', 'Give the name of one, such as Europe/London.');
    }
  }

  /** Elapsed seconds of a clock time. One that comes twice means the first; one that is skipped, the moment after. */
  instantOf(wall: number, offset: number | undefined): number {
    if (offset !== undefined) return wall - offset * 60;
    if (this.format === undefined) return wall;
    // The offset of a day before holds unless clocks changed since; where they did, the new one is tried.
    const before = this.aheadAt(wall - 26 * 3600);
    const first = wall - before;
    const after = this.aheadAt(first);
    return after === before || this.aheadAt(wall - after) !== after ? first : wall - after;
  }

  /** What the clock on the wall shows, as seconds since 1970. `offset` is that of the log, in minutes. */
  wallAt(instant: number, offset: number): number {
    return instant + (this.format === undefined ? offset * 60 : this.aheadAt(instant));
  }

  /** Seconds that local clocks are ahead of UTC; they change at quarters of an hour only. */
  private aheadAt(instant: number): number {
    const quarter = Math.floor(instant / 900);
    const known = this.known.get(quarter);
    if (known !== undefined) return known;
    if (this.known.size > 500_000) this.known.clear();
    const parts = this.format?.formatToParts(new Date(quarter * 900_000)) ?? [];
    const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    const found = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
    const ahead = found === null ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 3600 + Number(found[3]) * 60);
    this.known.set(quarter, ahead);
    return ahead;
  }
}
