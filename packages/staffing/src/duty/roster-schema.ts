import * as z from 'zod';
import { ModelError } from '@pathway/model';
import type { DutyRoster, Shortfall } from './duty-roster.js';
import type { RosterExplanation } from './explain-roster.js';
import type { ConflictFact, RelaxationFact } from './explanation-facts.js';
import type { StandInFact } from './roster-calls.js';
import type { StandingRoster } from './roster-people.js';
import type { RosterRepair } from './roster-repair.js';
import { RULE_KINDS } from './rule-measures.js';

export const ROSTER_SCHEMA_ID = 'urn:pathway:schema:roster:1';

const minutes = z.number().nonnegative();

const hours = z.array(z.number().nonnegative());
const kindOfWho = z.enum(['role', 'skill']);

const shortfallSchema: z.ZodType<Shortfall> = z.strictObject({
  date: z.string(),
  from: minutes,
  to: minutes,
  of: kindOfWho,
  who: z.string(),
  shift: z.string().exactOptional(),
  wanted: z.number(),
  there: z.number(),
  missing: z.number().nonnegative(),
  ratio: z.strictObject({ amount: z.number(), units: z.number(), of: z.string() }).exactOptional(),
  pair: z.strictObject({ other: z.string(), apart: z.boolean() }).exactOptional(),
  sentence: z.string(),
});

const rest = z.strictObject({ hours: z.number(), shift: z.string() });
const standInFact: z.ZodType<StandInFact> = z.strictObject({
  thatDay: z.enum(['off', 'same shift', 'other shift']),
  insteadOf: z.string().exactOptional(),
  restAfter: rest.exactOptional(),
  restBefore: rest.exactOptional(),
  offAround: z.boolean(),
  hours: z.number(),
  contractHours: z.number(),
  noticeHours: z.number(),
});

const repairSchema: z.ZodType<RosterRepair> = z.strictObject({
  change: z.string(),
  title: z.string(),
  known: z.string(),
  lostShifts: z.number(),
  changedDays: z.number(),
  changes: z.array(
    z.strictObject({
      person: z.string(),
      date: z.string(),
      was: z.string().nullable(),
      now: z.string().nullable(),
      lost: z.boolean(),
      tell: z.strictObject({ by: z.string(), atOnce: z.boolean() }).exactOptional(),
      sentence: z.string(),
    }),
  ),
  calls: z.array(
    z.strictObject({
      date: z.string(),
      from: minutes,
      to: minutes,
      shift: z.string(),
      of: kindOfWho,
      who: z.string(),
      missing: z.number(),
      left: z.number(),
      people: z.array(
        z.strictObject({ person: z.string(), planned: z.boolean(), reason: z.string(), fact: standInFact }),
      ),
    }),
  ),
  missing: z.array(shortfallSchema),
});

const titles = z.array(z.string());
const someDays = z.strictObject({
  spans: z.array(z.strictObject({ from: z.string(), until: z.string() })),
  more: z.number(),
});
const ruleFact = z.strictObject({
  what: z.literal('rule'),
  rule: z.enum(RULE_KINDS),
  limit: z.number(),
  of: z.number().exactOptional(),
  after: titles.exactOptional(),
  before: titles.exactOptional(),
});
const peopleFact = z.strictObject({ group: z.string(), people: z.number(), person: z.string().exactOptional() });
const setFact = z.strictObject({
  what: z.literal('set'),
  person: z.string(),
  shifts: titles,
  only: z.boolean(),
  dates: z.array(z.string()),
});
const conflictFact: z.ZodType<ConflictFact> = z.union([
  ruleFact.extend({ set: z.string() }),
  z.strictObject({ what: z.enum(['all shifts', 'all contracts', 'all leave']) }),
  z.strictObject({ what: z.literal('shifts'), who: peopleFact, shifts: titles }),
  z.strictObject({ what: z.literal('contract'), who: peopleFact, hours: z.number() }),
  z.strictObject({ what: z.literal('leave'), person: z.string(), days: someDays }),
  setFact,
  z.strictObject({ what: z.literal('all set'), person: z.string() }),
  z.strictObject({
    what: z.literal('cover'),
    amount: z.number(),
    of: kindOfWho,
    who: z.string(),
    per: z.strictObject({ units: z.number(), of: z.string() }).exactOptional(),
    shifts: titles,
    days: someDays.exactOptional(),
  }),
  z.strictObject({ what: z.literal('people'), of: kindOfWho, who: z.string(), count: z.number() }),
]);
const relaxationFact: z.ZodType<RelaxationFact> = z.strictObject({
  allow: z.array(
    z.union([
      ruleFact,
      z.strictObject({ what: z.literal('shifts'), group: z.string(), shifts: titles }),
      z.strictObject({ what: z.literal('leave') }),
    ]),
  ),
  by: z.string().exactOptional(),
  people: z.array(z.string()),
  borrow: z
    .strictObject({
      first: z.array(
        z.strictObject({
          amount: z.number(),
          of: kindOfWho,
          who: z.string(),
          weekday: z.number().int().min(0).max(6),
          shift: z.string().exactOptional(),
        }),
      ),
      more: z.number(),
    })
    .exactOptional(),
  close: z.strictObject({ units: z.number(), resource: z.string() }).exactOptional(),
  leaveOut: setFact.exactOptional(),
  givesLine: z.boolean(),
});

const explanationSchema: z.ZodType<RosterExplanation> = z.strictObject({
  missingHours: z.number(),
  conflicts: z.array(
    z.strictObject({
      person: z.string().exactOptional(),
      smallest: z.boolean(),
      parts: z.array(z.strictObject({ sentence: z.string(), fact: conflictFact, place: z.string().exactOptional() })),
    }),
  ),
  relaxations: z.array(
    z.strictObject({
      kind: z.enum(['rule', 'response', 'shifts', 'leave', 'set', 'borrow', 'close', 'together']),
      sentence: z.string(),
      fact: relaxationFact,
      places: z.array(z.string()),
      missingHours: z.number(),
      cost: z.number(),
    }),
  ),
});

/** What is read of a roster that was written before; the rest of it may come from another version. */
const standingSchema: z.ZodType<StandingRoster> = z.object({
  format: z.literal('pathway-roster'),
  roster: z.string(),
  from: z.iso.date(),
  days: z.number().int().positive().max(371),
  people: z.array(
    z.object({
      person: z.string(),
      shifts: z.array(z.string().nullable()),
      standsInFor: z.array(z.object({ day: z.number(), role: z.string() })).exactOptional(),
    }),
  ),
});

const rosterSchema: z.ZodType<DutyRoster> = z.strictObject({
  format: z.literal('pathway-roster'),
  formatVersion: z.literal(1),
  languageVersion: z.string(),
  sourceHash: z.string(),
  roster: z.string(),
  title: z.string(),
  from: z.string(),
  days: z.number().int().positive(),
  timezone: z.string().exactOptional(),
  seed: z.number(),
  effort: z.number(),
  cost: z.number(),
  bound: z.number(),
  gap: z.number().min(0).max(1),
  optimal: z.boolean(),
  shifts: z.array(
    z.strictObject({ id: z.string(), title: z.string(), from: minutes, to: minutes, night: z.boolean() }),
  ),
  people: z.array(
    z.strictObject({
      person: z.string(),
      role: z.string(),
      shifts: z.array(z.string().nullable()),
      leave: z.array(z.number()),
      hours: z.number(),
      contractHours: z.number(),
      nights: z.number(),
      weekendDays: z.number(),
      requestsMissed: z.number(),
      calledIn: z.string().exactOptional(),
      standsInFor: z
        .array(z.strictObject({ day: z.number().int().nonnegative(), role: z.string(), title: z.string() }))
        .exactOptional(),
    }),
  ),
  shortfalls: z.array(shortfallSchema),
  cover: z.array(z.strictObject({ of: kindOfWho, who: z.string(), wanted: hours, there: hours })),
  notes: z.array(z.string()).exactOptional(),
  rules: z.array(
    z.strictObject({
      kind: z.enum(RULE_KINDS),
      limit: z.number(),
      reached: z.number().nullable(),
      kept: z.number(),
      brokenBy: z.array(z.string()),
      breaks: z.array(z.strictObject({ person: z.string(), dates: z.array(z.string()) })),
      weighed: z.boolean(),
      of: z.number().exactOptional(),
      after: titles.exactOptional(),
      before: titles.exactOptional(),
      relaxed: z
        .array(
          z.strictObject({
            limit: z.number(),
            by: z.string(),
            spans: z.array(z.strictObject({ from: z.string(), until: z.string() })),
          }),
        )
        .exactOptional(),
      file: z.string(),
      line: z.number(),
    }),
  ),
  requests: z.array(
    z.strictObject({
      kind: z.enum(['request', 'set']),
      person: z.string(),
      what: z.enum(['off', 'shift', 'only', 'with', 'not with']),
      shifts: z.array(z.string()),
      other: z.string().exactOptional(),
      met: z.number(),
      missed: z.array(z.string()),
      file: z.string(),
      line: z.number(),
    }),
  ),
  withoutLine: z.array(z.string()),
  repair: repairSchema.exactOptional(),
  explanation: explanationSchema.exactOptional(),
});

/**
 * A roster that was written before, of which another one needs the days of people.
 * @throws where the text is no such roster: a sentence that says what is wrong
 */
export function parseRoster(text: string): StandingRoster {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ModelError('It is not JSON.');
  }
  const parsed = standingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ModelError(`It is no roster: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`);
}

/** The JSON Schema (draft 2020-12) of a roster, published as `docs/schemas/roster.schema.json`. */
export function rosterJsonSchema(): Readonly<Record<string, unknown>> {
  return { $id: ROSTER_SCHEMA_ID, ...z.toJSONSchema(rosterSchema) };
}
