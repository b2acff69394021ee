import * as z from 'zod';
import { LogError, shapeOf } from '../log-error.js';
import { isAboutPeople } from './columns.js';
import { decoded, type LogChunks } from './decode.js';
import { EventLogBuilder, type EventLog, transitionOf } from './event-log.js';
import { LOG_LIMITS } from './limits.js';
import { LocalClock } from './local-clock.js';
import type { ReadOptions } from './read-csv.js';
import { parseTimestamp } from './timestamps.js';

/** A log of objects is read whole; a larger one is flattened by other tools first. */
const MOST_CHARACTERS = 400_000_000;

const named = z.object({ name: z.string() });
const value = z.union([z.string(), z.number(), z.boolean()]);
const schema = z.object({
  objectTypes: z.array(named),
  eventTypes: z.array(named),
  objects: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      attributes: z.array(z.object({ name: z.string(), value })).optional(),
    }),
  ),
  events: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      time: z.string(),
      attributes: z.array(z.object({ name: z.string(), value })).optional(),
      relationships: z.array(z.object({ objectId: z.string(), qualifier: z.string() })).optional(),
    }),
  ),
});

type OcelLog = z.infer<typeof schema>;

/** Object types that are usually what a case is about, in lower case. */
const USUAL = ['patient', 'patients', 'case', 'visit', 'encounter', 'episode', 'admission', 'person'];
/** Event types of arrivals and departures that our own logs have beside work. */
const BESIDE_WORK = new Set(['Arrival', 'End']);

/**
 * Reads an object-centric event log (OCEL 2.0, JSON) as the cases of one type of object: an event belongs to the case of
 * every object of that type that it names. Lifecycles are understood where events have an attribute `lifecycle`.
 * @param options `columns.case` names the type of object that is a case; without it, the only one or a usual name
 * @throws LogError for what is no such log, one that names things that are not there, or a choice that is not clear
 */
export async function readOcelLog(chunks: LogChunks, options: ReadOptions = {}): Promise<EventLog> {
  let text = '';
  for await (const piece of decoded(chunks)) {
    text += piece;
    if (text.length > MOST_CHARACTERS)
      throw new LogError(`The log has more than ${MOST_CHARACTERS} characters.`, 'Cut it into shorter periods.');
    options.onProgress?.(text.length);
  }
  const log = parsed(text);
  if (log.events.length > LOG_LIMITS.events)
    throw new LogError(`The log has more than ${LOG_LIMITS.events} events.`, 'Cut it into shorter periods.');
  return flattened(log, caseType(log, options.columns?.case), options);
}

function parsed(text: string): OcelLog {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new LogError('This is no JSON.', 'Give an object-centric event log as OCEL 2.0 JSON.');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? '[…]' : String(part))).join('.');
  throw new LogError(
    `This is no OCEL 2.0 log: \`${path === '' ? 'the whole' : path}\` is not what the standard says.`,
    'Export it as OCEL 2.0 JSON, with objectTypes, eventTypes, objects and events.',
  );
}

function caseType({ objectTypes }: OcelLog, chosen: string | undefined): string {
  const names = objectTypes.map(({ name }) => name);
  const list = `Types of objects: ${names.join(', ') || 'none'}.`;
  if (chosen !== undefined) {
    if (names.includes(chosen)) return chosen;
    throw new LogError(`It has no objects of the type "${chosen}".`, list);
  }
  const usual = USUAL.flatMap((word) => names.filter((name) => name.toLowerCase() === word));
  const [only] = usual.length > 0 ? usual : names.length === 1 ? names : [];
  if (only !== undefined) return only;
  throw new LogError('Which objects are the cases is not clear.', `Name their type with --case. ${list}`);
}

function flattened(log: OcelLog, type: string, options: ReadOptions): EventLog {
  const builder = new EventLogBuilder(new LocalClock(options.timezone));
  const cases = new Map<string, number>();
  const wanted = options.columns?.attributes && new Set(options.columns.attributes);
  const isWanted = (name: string): boolean => (wanted === undefined ? !isAboutPeople(name) : wanted.has(name));
  for (const object of log.objects) {
    if (object.type !== type) continue;
    const number = builder.cases.numberOf(object.id);
    cases.set(object.id, number);
    for (const each of object.attributes ?? [])
      if (isWanted(each.name)) builder.attributes.add(number, each.name, String(each.value).trim());
  }
  const { lifecycle = 'lifecycle', resource = 'resource' } = options.columns ?? {};
  for (const { type: activity, time, attributes = [], relationships = [] } of log.events) {
    const moment = parseTimestamp(time, options.dates);
    if (moment === undefined || moment === 'order')
      throw new LogError(
        `A time of an event is something like \`${shapeOf(time)}\`.`,
        'OCEL writes times like 2026-01-05T08:30:00.000+01:00.',
      );
    const of = (name: string): string | undefined =>
      attributes
        .find((each) => each.name === name)
        ?.value.toString()
        .trim();
    const touched = new Set(relationships.flatMap(({ objectId }) => cases.get(objectId) ?? []));
    if (touched.size === 0) builder.leftOut.withoutCase += 1;
    // Arrivals and ends of our own logs are no work, and told apart by having no lifecycle.
    if (BESIDE_WORK.has(activity) && of(lifecycle) === undefined) continue;
    for (const caseNumber of touched)
      builder.add({
        caseNumber,
        activity,
        transition: transitionOf(of(lifecycle) ?? ''),
        ...moment,
        resource: of(resource) === '' ? undefined : of(resource),
      });
  }
  builder.attributes.checkSize(builder.cases.size);
  return builder.finish();
}
