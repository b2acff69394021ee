import * as z from 'zod';

/** The version of the JSON lines of a watch. */
export const WATCH_FORMAT_VERSION = 1;

const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/)
  .describe('When it happened, in UTC.');
const common = {
  time,
  local: z.string().describe('The same on the clock of the territory: 2026-07-01T14:00.'),
  drill: z.boolean().describe('True in a drill: nothing of it is real.'),
  text: z.string().describe('The same for people, in one line.'),
};
const texts = z.array(z.string());
const named = z.strictObject({ id: z.string(), title: z.string() });
const organisation = z
  .string()
  .exactOptional()
  .describe('The organisation that the level is of; without it, all together.');

const level = {
  scale: z.string(),
  organisation,
  title: z.string().describe('The scale, and the organisation where there is one, for people.'),
  level: z.string(),
  levelTitle: z.string(),
  because: texts.describe('Ids of the triggers and gauges that give it.'),
};

const situation = {
  levels: z.array(z.strictObject(level)),
  triggers: z.array(named).describe('Those that are active.'),
  pending: z.array(named).describe('Those whose condition holds, not yet for long enough.'),
  responses: z.array(named.extend({ since: time, phase: z.enum(['active', 'recovering']) })),
};

/** One line of what `pathway watch --format json` tells. */
export const watchRecordSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('begin'),
    ...common,
    format: z.literal('pathway-watch'),
    formatVersion: z.literal(WATCH_FORMAT_VERSION),
    languageVersion: z.string(),
    sourceHash: z.string(),
    title: z.string(),
    timezone: z.string(),
    resumed: z.boolean().describe('Whether it goes on from where an earlier watch ended.'),
  }),
  z.strictObject({
    kind: z.literal('trigger'),
    ...common,
    trigger: z.string(),
    phase: z.enum(['rest', 'pending', 'active']),
    before: z.enum(['rest', 'pending', 'active']),
    since: time.describe('Since when what it waited for holds.'),
    values: z.record(z.string(), z.number()).describe('What its conditions look at, in canonical units.'),
    alerts: texts,
  }),
  z.strictObject({
    kind: z.literal('gauge'),
    ...common,
    gauge: z.string(),
    level: z.string(),
    before: z.string(),
    score: z.number().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('level'), ...common, ...level, before: z.string() }),
  z.strictObject({
    kind: z.literal('response'),
    ...common,
    response: z.string(),
    phase: z.enum(['rest', 'active', 'recovering']),
    because: texts.describe('What calls for it.'),
    cards: z
      .array(
        z.strictObject({
          role: z.string(),
          organisation,
          actions: z.array(z.strictObject({ do: z.string(), within: z.number().exactOptional().describe('Seconds.') })),
        }),
      )
      .describe('What each role does now, when the response begins.'),
  }),
  z.strictObject({
    kind: z.literal('alert'),
    ...common,
    file: z.string(),
    id: z.string().describe('sender,identifier,sent'),
    status: z.string(),
    messageType: z.string(),
    event: z.string(),
    counts: z.boolean().describe('False for one that changes nothing.'),
    reason: z.string().exactOptional().describe('Why it does not count.'),
    begins: texts.describe('Triggers that it fires.'),
    ends: texts.describe('Messages that are over.'),
    signed: z.boolean().describe('It carries a signature, which is not checked.'),
  }),
  z.strictObject({
    kind: z.literal('notice'),
    ...common,
    about: z.enum(['alert', 'table', 'stale', 'clock', 'plan']),
    problem: z.boolean().describe('Something that somebody has to look at.'),
    file: z.string().exactOptional(),
    line: z.number().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('situation'), ...common, ...situation }),
]);

/** Something that a watch tells. */
export type WatchRecord = z.infer<typeof watchRecordSchema>;

/** A record before it is known when and in what it happens. */
export type Told = WatchRecord extends infer R
  ? R extends WatchRecord
    ? Omit<R, 'time' | 'local' | 'drill'>
    : never
  : never;

/** JSON Schema of a line. */
export function watchRecordJsonSchema(): object {
  return { title: 'A line of pathway watch', ...z.toJSONSchema(watchRecordSchema, { target: 'draft-2020-12' }) };
}
