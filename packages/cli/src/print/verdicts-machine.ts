import { jsonText, type Project, shownFile } from '@pathway/compiler';
import { LANGUAGE_VERSION, type Model, type Origin } from '@pathway/model';
import type { StudyTest } from '@pathway/simulation';
import * as z from 'zod';
import { placeSchema } from './check-json.js';
import { githubAnnotation } from './github.js';
import { sarifDocument, sarifFingerprint, sarifLocation } from './sarif.js';
import { measuredText, type Verdict, verdictAdvice, verdictsOf } from './verdicts-text.js';

const finite = z.number();
const estimate = z
  .strictObject({
    mean: finite,
    halfWidth: finite,
    low: finite,
    high: finite,
    replications: z.int().describe('Replications that gave a value; below two there is no interval.'),
    open: z
      .literal(true)
      .exactOptional()
      .describe('The upper end of the interval is not known: too few patients lie beyond it.'),
  })
  .meta({ id: 'estimate' });

/** What `pathway test --format json` prints, published as `docs/schemas/test.schema.json`. */
const testSchema = z
  .strictObject({
    format: z.literal('pathway-test'),
    formatVersion: z.literal(1),
    languageVersion: z.string(),
    sourceHash: z.string(),
    interrupted: z.boolean(),
    counts: z.strictObject({ holds: z.int(), broken: z.int(), undecided: z.int() }),
    verdicts: z.array(
      z.strictObject({
        verdict: z.enum(['holds', 'broken', 'undecided']),
        expectation: z.string().describe('As written.'),
        place: placeSchema.exactOptional(),
        study: z.string(),
        scenario: z.string(),
        seed: z.int(),
        unit: z
          .enum(['duration', 'share', 'count', 'money', 'number', 'rate'])
          .describe('Durations are in seconds, shares fractions of 1, rates per second.'),
        currency: z.string().exactOptional(),
        operator: z.enum(['<', '<=', '>', '>=']),
        limit: finite,
        measured: estimate.describe(
          'The figure; of a comparison what it is more than that share of the other, paired by replication.',
        ),
        against: z
          .strictObject({
            scenario: z.string(),
            title: z.string(),
            factor: finite.describe('The share of the other figure.'),
            figure: estimate,
            compared: estimate,
            ratio: estimate
              .exactOptional()
              .describe("With Fieller's interval; absent where the other figure may be 0."),
          })
          .exactOptional()
          .describe('Where the figure is compared with that of another scenario.'),
        confidence: finite.describe('Of the interval; more than 0.95 where there may be several looks.'),
        looks: z.int().describe('Looks at the figures, each with twice as many replications.'),
        margin: z
          .strictObject({
            absolute: finite,
            relative: finite.nullable().describe('As a share of the limit; null where that is 0.'),
            least: finite.describe('At the end of the interval that is nearest to breaking.'),
          })
          .describe('How far the figure keeps from its limit; below 0 beyond it.'),
        wouldTake: z.int().exactOptional().describe('Replications that would decide it, as far as can be told.'),
      }),
    ),
  })
  .meta({ title: 'Verdicts of pathway test' });

/** The JSON Schema of the verdicts. */
export function testJsonSchema(): object {
  return { $id: 'urn:pathway:schema:test:1', ...z.toJSONSchema(testSchema) };
}

const WORDS = { holds: 'holds', fails: 'broken', 'not decided': 'undecided' } as const;

/** What was tested, and where it is written. */
export interface TestedProject {
  readonly project: Project;
  readonly model: Pick<Model, 'sourceHash' | 'expectations'>;
  readonly studies: readonly StudyTest[];
}

/** The verdicts for programs. */
export function testJson({ project, model, studies }: TestedProject): string {
  const verdicts = studies.flatMap((study) =>
    verdictsOf([study]).map(({ scenario, tested }): z.infer<typeof testSchema>['verdicts'][number] => {
      const { expectation, text, verdict, unit, currency, operator, limit, confidence, looks, margin, against } =
        tested;
      const origin = originOf(model, expectation);
      return {
        verdict: WORDS[verdict],
        expectation: text,
        ...(origin && { place: { ...origin, file: shownFile(project, origin.file) } }),
        study: study.study,
        scenario: scenario.scenario,
        seed: study.seed,
        unit,
        ...(currency !== undefined && { currency }),
        operator,
        limit,
        measured: tested.estimate,
        ...(against && { against }),
        confidence,
        looks,
        margin,
        ...(tested.wouldTake !== undefined && { wouldTake: tested.wouldTake }),
      };
    }),
  );
  const count = (wanted: string): number => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const document: z.infer<typeof testSchema> = {
    format: 'pathway-test',
    formatVersion: 1,
    languageVersion: LANGUAGE_VERSION,
    sourceHash: model.sourceHash,
    interrupted: studies.some(({ interrupted }) => interrupted),
    counts: { holds: count('holds'), broken: count('broken'), undecided: count('undecided') },
    verdicts,
  };
  return jsonText(document);
}

function originOf({ expectations }: TestedProject['model'], id: string): Origin | undefined {
  return expectations.find((each) => each.id === id)?.origin;
}

interface Finding {
  readonly verdict: Verdict;
  readonly origin: Origin;
  readonly level: 'error' | 'warning';
  readonly message: string;
}

/** What does not hold, each at its line. */
function findings({ model, studies }: TestedProject, undecided: 'error' | 'warning'): readonly Finding[] {
  return verdictsOf(studies).flatMap((verdict): Finding[] => {
    const { scenario, study, tested } = verdict;
    const origin = originOf(model, tested.expectation);
    if (tested.verdict === 'holds' || origin === undefined) return [];
    const isBroken = tested.verdict === 'fails';
    const said = isBroken ? 'is broken' : 'is not decided';
    const advice = isBroken ? '' : `; ${verdictAdvice(tested)}`;
    const about = `${tested.text} ${said} in ${scenario.title} of ${study.title}`;
    return [
      {
        verdict,
        origin,
        level: isBroken ? 'error' : undecided,
        message: `${about}: ${measuredText(tested)}${advice}.`,
      },
    ];
  });
}

const RULES = [
  ['expectation/broken', 'An expectation is broken', 'error'],
  ['expectation/undecided', 'An expectation cannot be decided by the runs', 'warning'],
] as const;

/**
 * What does not hold as a SARIF 2.1.0 log. Fingerprints depend on file, text of the expectation, study and scenario, not
 * on line or value, so that a finding is known again when the figure moves.
 * @param undecided how much it weighs that something is not decided
 */
export function testSarif(tested: TestedProject, undecided: 'error' | 'warning', version: string): string {
  const seen = new Map<string, number>();
  const rules = RULES.map(([id, text, level]) => ({
    id,
    shortDescription: { text },
    defaultConfiguration: { level },
  }));
  const results = findings(tested, undecided).map(({ verdict, origin, level, message }) => {
    const place = verdict.tested.verdict === 'fails' ? 0 : 1;
    const { study, scenario, tested: about } = verdict;
    const key = [shownFile(tested.project, origin.file), about.text, study.study, scenario.scenario].join('\0');
    return {
      ruleId: RULES[place][0],
      ruleIndex: place,
      level,
      message: { text: message },
      locations: [sarifLocation(tested.project, origin)],
      partialFingerprints: { 'pathwayExpectation/v1': sarifFingerprint(key, seen) },
    };
  });
  return sarifDocument('Pathway test', version, rules, results);
}

/** What does not hold as annotations of lines for GitHub Actions. */
export function testGithub(tested: TestedProject, undecided: 'error' | 'warning'): string {
  return findings(tested, undecided)
    .map(({ origin, level, message, verdict }) =>
      githubAnnotation(level, tested.project, origin, verdict.tested.text, message),
    )
    .join('');
}
