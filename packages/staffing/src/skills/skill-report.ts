import * as z from 'zod';

export const SKILL_REPORT_SCHEMA_ID = 'urn:pathway:schema:skills:1';

const held = z.strictObject({ skill: z.string(), level: z.string().exactOptional() });

const holder = z.strictObject({
  /** The pseudonym of a person, or the id of a group whose people are not named. */
  id: z.string(),
  group: z.string(),
  role: z.string(),
  title: z.string(),
  organisation: z.string().exactOptional(),
  people: z.number(),
  skills: z.array(held),
});

const spot = z.strictObject({
  skill: z.string(),
  level: z.string().exactOptional(),
  title: z.string(),
  steps: z.array(z.string()),
  workHoursPerWeek: z.number(),
  holders: z.number(),
  sites: z.array(z.strictObject({ organisation: z.string(), holders: z.number() })),
  shifts: z.array(z.strictObject({ shift: z.string(), title: z.string(), holders: z.number() })),
  verdict: z.enum(['nobody', 'one person', 'one person on a shift', 'nobody on a shift', 'enough']),
  /** Who alone has it, or alone on a shift. */
  alone: z.array(z.string()),
  /** Share of its holders on duty that can be absent before some hour has fewer than its work needs on average. */
  bears: z.number(),
});

const shortage = z.strictObject({
  who: z.string(),
  organisation: z.string().exactOptional(),
  hoursPerWeek: z.number(),
  worstHour: z.number(),
  worst: z.number(),
});

/** A day of a week that begins on `firstWeekday`, 0 for the first; hours of the day from 0 on. */
const shiftCover = z.strictObject({
  /** 0 Monday to 6 Sunday: the day on which the crisis begins, or Monday. */
  firstWeekday: z.int(),
  wantedHours: z.number(),
  shortHours: z.number(),
  /** Pay, what is short, and what lending and standing in count as; no cover costs less than the bound. */
  cost: z.number(),
  bound: z.number(),
  gap: z.number(),
  /** Those who work elsewhere or in the place of others, in whole people. */
  moves: z.array(
    z.strictObject({
      day: z.int(),
      shift: z.string(),
      people: z.int(),
      role: z.string(),
      from: z.string().exactOptional(),
      for: z.string(),
      to: z.string().exactOptional(),
      kind: z.enum(['lent', 'substitute']),
    }),
  ),
  shortages: z.array(
    z.strictObject({
      day: z.int(),
      from: z.int(),
      hours: z.number(),
      people: z.number(),
      who: z.string(),
      organisation: z.string().exactOptional(),
    }),
  ),
});

const matching = z.strictObject({
  /** The crisis whose absences hold, or null as usual. */
  crisis: z.string().nullable(),
  title: z.string(),
  neededHours: z.number(),
  shortHours: z.number(),
  /** Money a week for those who work; null where roles have no cost. */
  cost: z.number().nullable(),
  lent: z.array(z.strictObject({ from: z.string(), to: z.string(), role: z.string(), hoursPerWeek: z.number() })),
  substituted: z.array(z.strictObject({ role: z.string(), as: z.string(), hoursPerWeek: z.number() })),
  shortages: z.array(shortage),
  /** Titles of the responses whose changes of work and people it has, as if they were in force in all of the crisis. */
  responses: z.array(z.string()),
  /** What it leaves out of what responses change, and of whom: titles of responses, or of an activity. */
  leftOut: z.array(
    z.strictObject({
      kind: z.enum(['scenarios differ', 'not together', 'postponed', 'no closed form']),
      of: z.string(),
    }),
  ),
  /** Whole people on the shifts of a week; null where nobody works shifts. */
  byShift: shiftCover.nullable(),
});

const training = z.strictObject({
  role: z.string(),
  title: z.string(),
  organisation: z.string().exactOptional(),
  skill: z.string(),
  level: z.string().exactOptional(),
  skillTitle: z.string(),
  /** Hours a week that are short no more when one person has it. */
  removesHours: z.number(),
  trainingDays: z.number().nullable(),
  /**
   * Days from the beginning of the crisis until the training is over where it begins with the study's warm-up over; 0 where it
   * is over before, null where nothing says when.
   */
  countsAfterDays: z.number().nullable(),
});

const report = z.strictObject({
  format: z.literal('pathway-skills'),
  formatVersion: z.literal(1),
  languageVersion: z.string(),
  sourceHash: z.string(),
  scenario: z.string(),
  title: z.string(),
  skills: z.array(z.strictObject({ skill: z.string(), title: z.string(), levels: z.array(z.string()) })),
  holders: z.array(holder),
  spots: z.array(spot),
  matchings: z.array(matching),
  /** For the matching with the greatest shortage, the most useful first. */
  training: z.array(training),
  trainingFor: z.string().nullable(),
});

/**
 * Who can do what, where it is thin, how skills and needs fit together, and what training helps; published as
 * `docs/schemas/skills.schema.json`. Hours are hours of a mean week.
 */
export type SkillReport = z.infer<typeof report>;
export type SkillHolder = z.infer<typeof holder>;
export type SkillSpot = z.infer<typeof spot>;
export type SkillMatching = z.infer<typeof matching>;
export type SkillShiftCover = z.infer<typeof shiftCover>;
export type TrainingGain = z.infer<typeof training>;

/** Reads a report on skills; throws ZodError for anything else. */
export function parseSkillReport(json: unknown): SkillReport {
  return report.parse(json);
}

/** The JSON Schema that is published as `docs/schemas/skills.schema.json`. */
export function skillReportJsonSchema(): Readonly<Record<string, unknown>> {
  return { $id: SKILL_REPORT_SCHEMA_ID, ...z.toJSONSchema(report) };
}
