import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { LogError, shapeOf } from '../log-error.js';
import { isAboutPeople } from './columns.js';
import { decoded, type LogChunks } from './decode.js';
import { EventLogBuilder, type EventLog, transitionOf } from './event-log.js';
import { LOG_LIMITS } from './limits.js';
import { LocalClock } from './local-clock.js';
import type { ReadOptions } from './read-csv.js';
import { parseTimestamp } from './timestamps.js';

const ATTRIBUTE_ELEMENTS = new Set(['string', 'date', 'int', 'float', 'boolean', 'id']);
const PIECE = 32_768;

/**
 * Reads an event log from XES (IEEE 1849) as it streams in. Each `trace` is a case, whatever it is called; events
 * outside of traces are left out. The keys of the standard extensions are understood: `concept:name`, `time:timestamp`,
 * `lifecycle:transition`, `org:resource`, `org:role`, `org:group`.
 * @throws LogError with line and column of what is wrong; also for a document type, since that can define entities
 */
export async function readXesLog(chunks: LogChunks, options: ReadOptions = {}): Promise<EventLog> {
  const builder = new EventLogBuilder(new LocalClock(options.timezone));
  const parser = new SaxesParser();
  const reader = new XesReader(builder, options, () => ({ line: parser.line, column: parser.column }));
  let silent = 0;
  const heard =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A): void => {
      silent = 0;
      work(...args);
    };
  parser.on('doctype', () => reader.fail('An event log has no document type.', 'Take out `<!DOCTYPE …>`.'));
  parser.on(
    'opentag',
    heard((tag: SaxesTagPlain) => reader.open(tag)),
  );
  parser.on(
    'closetag',
    heard((tag: SaxesTagPlain) => reader.close(tag)),
  );
  parser.on('error', (error) => reader.fail(plainReason(error.message), 'Check how the log was exported.'));
  let characters = 0;
  for await (const text of decoded(chunks)) {
    for (let at = 0; at < text.length; at += PIECE) {
      const piece = text.slice(at, at + PIECE);
      silent += piece.length;
      parser.write(piece);
      if (silent > LOG_LIMITS.characters)
        reader.fail(`No element ends within ${LOG_LIMITS.characters} characters.`, 'Check how the log was exported.');
    }
    characters += text.length;
    options.onProgress?.(characters);
  }
  parser.close();
  reader.end();
  builder.attributes.checkSize(builder.cases.size);
  return builder.finish();
}

/** The parser's reason without the text of the log that it may quote. */
function plainReason(message: string): string {
  const reason = message.replace(/^\d+:\d+: /, '').replace(/[:"'`].*$/s, '');
  return `The XML is not well formed: ${reason.trim().replace(/\.$/, '')}.`;
}

class XesReader {
  private depth = 0;
  private inLog = false;
  private caseNumber: number | undefined;
  private event: Map<string, string> | undefined;
  /** How deep the trace and the event lie, so that attributes of attributes are not taken for theirs. */
  private owner = 0;
  private skipping = 0;
  private readonly wanted: ReadonlySet<string> | undefined;

  constructor(
    private readonly builder: EventLogBuilder,
    private readonly options: ReadOptions,
    private readonly place: () => { readonly line: number; readonly column: number },
  ) {
    const { attributes } = options.columns ?? {};
    this.wanted = attributes && new Set(attributes);
  }

  open(tag: SaxesTagPlain): void {
    this.depth += 1;
    if (this.depth > LOG_LIMITS.depth)
      this.fail(`Elements lie more than ${LOG_LIMITS.depth} deep in one another.`, 'Check how the log was exported.');
    const name = localName(tag.name);
    if (this.depth === 1) {
      if (name !== 'log') this.fail(`The first element is \`${shapeOf(name)}\`, not \`log\`.`, 'Give an XES log.');
      this.inLog = true;
    } else if (this.skipping > 0) return;
    else if (name === 'trace' && this.depth === 2) {
      this.caseNumber = this.builder.cases.anonymous();
      this.owner = this.depth;
    } else if (name === 'event' && this.caseNumber !== undefined && this.depth === 3) {
      this.event = new Map();
      this.owner = this.depth;
    } else if (name === 'event') this.builder.leftOut.withoutCase += 1;
    else if (name === 'global') this.skipping = this.depth;
    else if (ATTRIBUTE_ELEMENTS.has(name) && this.depth === this.owner + 1) this.attribute(tag);
  }

  close(tag: SaxesTagPlain): void {
    const name = localName(tag.name);
    if (this.skipping === this.depth) this.skipping = 0;
    if (name === 'event' && this.event !== undefined && this.depth === 3) {
      this.addEvent(this.event);
      this.event = undefined;
      this.owner = 2;
    } else if (name === 'trace' && this.depth === 2) {
      this.caseNumber = undefined;
      this.owner = 0;
    }
    this.depth -= 1;
  }

  end(): void {
    if (!this.inLog) this.fail('The log is empty.', 'Give an XES log.');
  }

  fail(message: string, advice: string): never {
    const { line, column } = this.place();
    throw new LogError(message, advice, { line, column: column + 1 });
  }

  private attribute(tag: SaxesTagPlain): void {
    const { key, value } = tag.attributes;
    if (key === undefined || value === undefined)
      return this.fail('An attribute lacks its `key` or its `value`.', 'Check how the log was exported.');
    if (value.length > LOG_LIMITS.characters)
      this.fail(`A value has more than ${LOG_LIMITS.characters} characters.`, 'Take it out.');
    // A point in time is no attribute that patients have in common, unless it is asked for.
    const { time = 'time:timestamp' } = this.options.columns ?? {};
    if (localName(tag.name) === 'date' && key !== time && this.wanted?.has(key) !== true) return;
    if (this.event !== undefined) this.event.set(key, value);
    else if (this.caseNumber !== undefined && this.isAttribute(key))
      this.builder.attributes.add(this.caseNumber, key, value.trim());
  }

  private addEvent(event: ReadonlyMap<string, string>): void {
    const caseNumber = this.caseNumber ?? 0;
    const { activity: activityKey = 'concept:name', time: timeKey = 'time:timestamp' } = this.options.columns ?? {};
    const { lifecycle: lifecycleKey = 'lifecycle:transition', resource: resourceKey } = this.options.columns ?? {};
    const activity = event.get(activityKey)?.trim() ?? '';
    const time = event.get(timeKey)?.trim() ?? '';
    if (activity === '') {
      this.builder.leftOut.withoutActivity += 1;
      return;
    }
    if (time === '') {
      this.builder.leftOut.withoutTime += 1;
      return;
    }
    const moment = parseTimestamp(time, this.options.dates);
    if (moment === 'order') this.fail('In this event the day or the month may come first.', 'Say which with --dates.');
    if (moment === undefined)
      this.fail(
        `The time of this event is something like \`${shapeOf(time)}\`.`,
        'XES writes times like 2014-10-22T11:15:41.000+02:00.',
      );
    const keys = resourceKey === undefined ? ['org:resource', 'org:role', 'org:group'] : [resourceKey];
    const resource = keys.map((key) => event.get(key)).find((value) => value !== undefined && value !== '');
    this.builder.add({
      caseNumber,
      activity,
      transition: transitionOf(event.get(lifecycleKey) ?? ''),
      ...moment,
      resource,
    });
    for (const [key, value] of event)
      if (this.isAttribute(key)) this.builder.attributes.add(caseNumber, key, value.trim());
  }

  private isAttribute(key: string): boolean {
    if (this.wanted !== undefined) return this.wanted.has(key);
    return !/^(concept|time|lifecycle|org|identity|cost):/.test(key) && !isAboutPeople(key);
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
