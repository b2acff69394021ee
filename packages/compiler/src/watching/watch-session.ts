import { AlertBook, type AlertSpan, type CapAlert, CapError, capSeconds, readCap } from '@pathway/interchange';
import { LANGUAGE_VERSION, type LocalClock, type Model, Watcher, type WatchEvent } from '@pathway/model';
import { type Words, wordsOf } from '@pathway/report';
import { TableGaps } from './table-gaps.js';
import type { WatchMemory } from './watch-memory.js';
import { type Told, WATCH_FORMAT_VERSION, type WatchRecord } from './watch-record.js';
import { readTable, type Row, type TableLayout } from './watch-table.js';
import { utc, WatchTelling } from './watch-telling.js';

export interface WatchOptions {
  readonly isDrill: boolean;
  readonly timezone: string;
  readonly clock: LocalClock;
  /** Senders whose alerts count; everybody's where nothing is said. */
  readonly senders?: readonly string[];
  /** Responses at hand; all where nothing is said. */
  readonly responses?: readonly string[];
  /** What it tells is in these; English without them. Titles are those of the model. */
  readonly words?: Words;
}

type NoticeParts = [
  about: 'alert' | 'table' | 'stale' | 'clock' | 'plan',
  problem: boolean,
  text: string,
  place?: { readonly file?: string; readonly line?: number },
];

interface WaitingAlert {
  readonly file: string;
  readonly stamp: string;
  readonly alert: CapAlert;
  readonly sent: number;
}

/** Seconds by which the clock may go back without a word. */
const CLOCK_TOLERANCE = 5;

/**
 * A watch on real inputs: takes in alerts and tables as they come, in whatever state, and tells what changes. What it tells
 * depends on the inputs and on the times it is given alone. Nothing that is wrong with an input changes a level.
 */
export class WatchSession {
  readonly #model: Model;
  readonly #options: WatchOptions;
  readonly #watcher: Watcher;
  readonly #book: AlertBook;
  readonly #words: Words;
  readonly #telling: WatchTelling;
  readonly #files: Map<string, string>;
  readonly #columns: Map<string, { time: number; value: number | null }>;
  #scheduled: (AlertSpan & { readonly trigger: string; readonly id: string })[];
  #alerts: WaitingAlert[] = [];
  readonly #rows = new Map<string, readonly Row[]>();
  readonly #gaps = new TableGaps();
  /** What was told of an input and holds still, so that it is told once. */
  readonly #told = new Set<string>();
  #records: Told[] = [];
  #isFirst = true;
  readonly #isResumed: boolean;

  /** @throws ModelError for durations that are not constant */
  constructor(model: Model, options: WatchOptions, memory?: WatchMemory) {
    this.#model = model;
    this.#options = options;
    const { isDrill, clock, senders, responses } = options;
    this.#watcher = new Watcher(model, clock, {
      ...(responses !== undefined && { responses }),
      ...(memory !== undefined && { state: memory.watcher }),
    });
    this.#book = new AlertBook(model, {
      isDrill,
      ...(senders !== undefined && { senders }),
      ...(memory !== undefined && { state: memory.book }),
    });
    this.#words = options.words ?? wordsOf();
    this.#telling = new WatchTelling(model, this.#watcher, clock, this.#words);
    this.#files = new Map(Object.entries(memory?.files ?? {}));
    this.#columns = new Map(Object.entries(memory?.columns ?? {}));
    this.#scheduled = (memory?.scheduled ?? []).map(({ until, ...rest }) => ({
      ...rest,
      ...(until !== undefined && { until }),
    }));
    this.#isResumed = memory !== undefined;
    if (memory !== undefined && memory.sourceHash !== model.sourceHash)
      this.#notice(
        'plan',
        false,
        this.#words
          .say`The plan has changed since the watch ended; triggers and responses that are still declared go on as they were.`,
      );
  }

  /** What it keeps over a restart. */
  memory(): WatchMemory {
    return {
      format: 'pathway-watch-state',
      formatVersion: 1,
      sourceHash: this.#model.sourceHash,
      isDrill: this.#options.isDrill,
      watcher: this.#watcher.state,
      book: this.#book.state,
      scheduled: this.#scheduled.map(({ until, ...rest }) => ({ ...rest, ...(until !== undefined && { until }) })),
      files: Object.fromEntries(this.#files),
      columns: Object.fromEntries(this.#columns),
    };
  }

  /** Whether a file of an alert was looked at as it is now. @param stamp what tells one state of a file from another */
  knows(file: string, stamp: string): boolean {
    return this.#files.get(file) === stamp || this.#alerts.some((each) => each.file === file && each.stamp === stamp);
  }

  /**
   * Takes in a file that should be an alert.
   * @param mayGrow whether it may still be written; then it is not judged where it cannot be read
   * @returns whether it was taken or judged
   */
  takeAlert(file: string, stamp: string, bytes: Uint8Array, mayGrow: boolean): boolean {
    try {
      const alert = readCap(bytes);
      this.#alerts = this.#alerts.filter((each) => each.file !== file);
      this.#alerts.push({ file, stamp, alert, sent: capSeconds(alert.sent) ?? 0 });
      return true;
    } catch (error) {
      if (!(error instanceof CapError)) throw error;
      if (mayGrow) return false;
      this.#files.set(file, stamp);
      const { message, advice, place } = error;
      const where = place === undefined ? file : `${file}:${place.line}`;
      this.#notice('alert', true, `${this.#words.say`${where} does not count.`} ${message} ${advice}`, {
        file,
        ...(place && { line: place.line }),
      });
      return true;
    }
  }

  /** Tells that an input cannot be read at all. */
  takeFailure(file: string, message: string, about: 'alert' | 'table'): void {
    this.#noticeOnce(`${file} ${message}`, about, true, message, { file });
  }

  /** An input can be read again. */
  forgetFailure(file: string): void {
    for (const told of this.#told) if (told.startsWith(`${file} `)) this.#told.delete(told);
  }

  /** Takes in the text of a table, whole as it is now. @param isComplete whether its last line is whole without a line end */
  takeTable(file: string, text: string, layout: TableLayout, isComplete: boolean): void {
    const name = layout.kind === 'values' ? file : `${file} ${layout.key}`;
    const { rows, problems } = readTable(text, layout, this.#options.clock, isComplete, this.#words);
    for (const { line, message } of problems)
      this.#noticeOnce(
        `${file} ${line ?? ''} ${message}`,
        'table',
        true,
        `${file}${line === undefined ? '' : `:${line}`}: ${message}`,
        {
          file,
          ...(line !== undefined && { line }),
        },
      );
    this.#rows.set(
      name,
      rows.filter((row) => this.#isNew(name, row)),
    );
    this.#gaps.note(name, rows);
  }

  /**
   * Judges everything up to now, and tells what happened since the last turn.
   * @param now Unix seconds
   */
  turn(now: number): readonly WatchRecord[] {
    const records: WatchRecord[] = [];
    const { isDrill, clock, timezone } = this.#options;
    const add = (told: readonly Told[], time: number): void => {
      for (const each of told) records.push({ ...each, time: utc(time), local: clock.text(time), drill: isDrill });
    };
    const isFirst = this.#isFirst;
    if (isFirst) {
      const { sourceHash, title } = this.#model;
      const { say } = this.#words;
      const told = isDrill ? say`a drill, nothing of it is real` : say`watching`;
      const text = `${title}: ${told}${this.#isResumed ? `, ${say`going on from an earlier watch`}` : ''}`;
      const begin = {
        kind: 'begin',
        format: 'pathway-watch',
        formatVersion: WATCH_FORMAT_VERSION,
        languageVersion: LANGUAGE_VERSION,
      } as const;
      add([{ ...begin, sourceHash, title, timezone, resumed: this.#isResumed, text }], now);
      this.#isFirst = false;
    }
    const base = this.#watcher.state.time ?? Number.NEGATIVE_INFINITY;
    const present = Math.max(now, base);
    if (now < base - CLOCK_TOLERANCE)
      this.#noticeOnce(
        'clock back',
        'clock',
        true,
        this.#words
          .say`The clock shows a time before ${clock.text(base)}, to which everything was judged; nothing happens until it is past that.`,
      );
    else this.#told.delete('clock back');
    add(this.#takeTold(), present);
    let changed = false;
    for (let step = this.#next(present); step !== undefined; step = this.#next(present)) {
      const events = step.happen();
      add(this.#takeTold(), step.time);
      for (const event of events) add([this.#telling.event(event)], event.time);
      changed ||= events.length > 0;
    }
    for (const event of this.#watcher.advance(present)) {
      add([this.#telling.event(event)], event.time);
      changed = true;
    }
    this.#tellStale(present);
    this.#tellEarly();
    add(this.#takeTold(), present);
    if (isFirst || changed) add([this.#telling.situation()], present);
    return records;
  }

  /** The next thing that happens up to the present: the earliest, of equal ones tables before alerts. */
  #next(present: number): { readonly time: number; readonly happen: () => readonly WatchEvent[] } | undefined {
    const base = this.#watcher.state.time ?? Number.NEGATIVE_INFINITY;
    const rows = [...this.#rows].flatMap(([name, list]) => list.map((row) => ({ name, row })));
    const times = [
      ...rows.map(({ row }) => row.time),
      ...this.#scheduled.map(({ from }) => from),
      // Where everything was judged to a later time already, an alert is judged then.
      ...this.#alerts.filter((each) => this.#isDue(each, present)).map(({ sent }) => Math.min(sent, present)),
    ].filter((time) => time <= present);
    if (times.length === 0) return undefined;
    const first = times.reduce((a, b) => Math.min(a, b));
    const time = Math.max(first, base);
    const ripe = rows.filter(({ row }) => row.time === first);
    if (ripe.length > 0) return { time, happen: () => this.#observe(ripe, time) };
    const begins = this.#scheduled.filter(({ from }) => from === first);
    if (begins.length > 0) {
      return {
        time,
        happen: () => {
          this.#scheduled = this.#scheduled.filter((each) => !begins.includes(each));
          return this.#watcher.alert(time, begins.map(forWatcher));
        },
      };
    }
    const waiting = this.#alerts
      .filter((each) => this.#isDue(each, present) && Math.min(each.sent, present) === first)
      .sort((a, b) => (a.file < b.file ? -1 : 1))[0];
    return waiting === undefined ? undefined : { time, happen: () => this.#takeIn(waiting, time) };
  }

  #isDue({ sent }: WaitingAlert, present: number): boolean {
    return sent <= present + 15 * 60;
  }

  #observe(ripe: readonly { readonly name: string; readonly row: Row }[], time: number): readonly WatchEvent[] {
    for (const { name, row } of ripe) {
      this.#columns.set(`${name} ${row.key}`, { time: row.time, value: row.value ?? null });
      this.#rows.set(
        name,
        (this.#rows.get(name) ?? []).filter((each) => each !== row),
      );
    }
    return this.#watcher.observe(
      time,
      ripe.map(({ row }) => [row.key, row.value] as const),
    );
  }

  /** A row is new where it is later than what was taken of its column, or corrects the last one. */
  #isNew(name: string, { time, key, value }: Row): boolean {
    const last = this.#columns.get(`${name} ${key}`);
    if (last === undefined || time > last.time) return true;
    return time === last.time && (value ?? null) !== last.value;
  }

  #takeIn(waiting: WaitingAlert, time: number): readonly WatchEvent[] {
    const { file, stamp, alert } = waiting;
    this.#alerts = this.#alerts.filter((each) => each !== waiting);
    this.#files.set(file, stamp);
    const effect = this.#book.take(alert, time);
    this.#records.push(this.#telling.alert(file, alert, effect));
    const ended = new Set(effect.ends);
    this.#scheduled = this.#scheduled.filter(({ id }) => !ended.has(id));
    const begins = effect.begins.map((each) => ({ ...each, id: effect.id }));
    this.#scheduled.push(...begins.filter(({ from }) => from > time));
    const now = begins.filter(({ from }) => from <= time);
    return now.length === 0 && effect.ends.length === 0
      ? []
      : this.#watcher.alert(time, now.map(forWatcher), effect.ends);
  }

  /** Alerts that were sent later than now wait, and are told once. */
  #tellEarly(): void {
    for (const { file, stamp, alert } of this.#alerts) {
      const key = `${file} early ${stamp}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      const id = `${alert.sender},${alert.identifier},${alert.sent}`;
      this.#records.push(
        this.#telling.alert(file, alert, { id, refusal: { reason: 'early' }, begins: [], ends: [], isEndless: false }),
      );
    }
  }

  #tellStale(present: number): void {
    const { clock } = this.#options;
    for (const { id, key, latest, isStale } of this.#gaps.at(present)) {
      if (!isStale) {
        this.#told.delete(id);
        continue;
      }
      const since = clock.text(latest).replace('T', ' ');
      const text = this.#words.say`No new value of ${key} since ${since}; what was last known still counts.`;
      this.#noticeOnce(id, 'stale', true, text);
    }
  }

  #notice(...[about, problem, text, place]: NoticeParts): void {
    this.#records.push({ kind: 'notice', about, problem, text, ...place });
  }

  #noticeOnce(key: string, ...notice: NoticeParts): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#notice(...notice);
  }

  #takeTold(): readonly Told[] {
    const told = this.#records;
    this.#records = [];
    return told;
  }
}

function forWatcher({ trigger, id, until }: AlertSpan & { readonly trigger: string; readonly id: string }): {
  trigger: string;
  id: string;
  until?: number;
} {
  return { trigger, id, ...(until !== undefined && { until }) };
}
