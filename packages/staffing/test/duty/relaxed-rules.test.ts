import fc from 'fast-check';
import {
  DURATION,
  type Expression,
  type Model,
  NUMBER,
  type RosterDeclaration,
  type Scale,
  type Response,
  type WorkingRule,
} from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { dutyRoster, loadSolver, repairTask, rosterTask, type RosterSolution } from '../../src/index.js';
import { evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { explainRoster } from '../../src/duty/explain-roster.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { group, model, ORIGIN, plain, role, shift } from '../model-builders.js';

const highs = await loadSolver();
const seconds = (hours: number): Expression => ({ kind: 'number', value: hours * 3600, dimension: DURATION });
const perWeek = (hours: number): Expression => ({ kind: 'number', value: hours / 168, dimension: NUMBER });
const origin = ORIGIN;

const USUAL: readonly WorkingRule[] = [
  { kind: 'run', bound: 'most', what: 'nights', count: 2, origin },
  { kind: 'run', bound: 'most', what: 'days', count: 4, origin },
  { kind: 'run', bound: 'least', what: 'days', count: 2, origin },
  { kind: 'run', bound: 'least', what: 'days off', count: 2, origin },
  { kind: 'off after nights', count: 3, origin },
  { kind: 'rest', rest: seconds(11), after: [], before: [], origin },
  { kind: 'hours', limit: perWeek(40), average: false, origin },
  { kind: 'hours', limit: perWeek(38), average: true, origin },
  { kind: 'count', what: 'nights', count: 2, week: true, origin },
  { kind: 'count', what: 'nights', count: 3, week: false, origin },
  { kind: 'weekends off', count: 1, of: 2, origin },
  { kind: 'night hours', limit: seconds(8), average: false, origin },
  { kind: 'night hours', limit: plain(7 / 24), average: true, origin },
];
const STRAINED: readonly WorkingRule[] = [
  { kind: 'run', bound: 'most', what: 'nights', count: 4, origin },
  { kind: 'run', bound: 'most', what: 'days', count: 6, origin },
  { kind: 'run', bound: 'least', what: 'days', count: 1, origin },
  { kind: 'run', bound: 'least', what: 'days off', count: 1, origin },
  { kind: 'off after nights', count: 1, origin },
  { kind: 'rest', rest: seconds(8), after: [], before: [], origin },
  { kind: 'hours', limit: perWeek(60), average: false, origin },
  { kind: 'hours', limit: perWeek(48), average: true, origin },
  { kind: 'count', what: 'nights', count: 4, week: true, origin },
  { kind: 'count', what: 'nights', count: 6, week: false, origin },
  { kind: 'weekends off', count: 0, of: 2, origin },
  { kind: 'night hours', limit: seconds(10), average: false, origin },
  { kind: 'night hours', limit: plain(9 / 24), average: true, origin },
];
const SURGE: Scale = {
  id: 'Surge',
  name: 'Surge',
  origin,
  levels: ['usual', 'strained', 'crisis'].map((name) => ({ name, origin })),
};
const SHIFTS = [shift('Early', 7, 15), shift('Late', 14, 22), shift('Night', 22, 7)];

function response(id: string, level: string, rules: readonly WorkingRule[], more: Partial<Response> = {}): Response {
  return {
    id,
    name: id,
    origin,
    activations: [{ kind: 'level', scale: 'Surge', level, only: false, origin }],
    patches: [{ id: `${id}.#1`, kind: 'relax rules', ruleSet: 'Ours', rules, origin }],
    recovery: { after: [] },
    cards: [],
    ...more,
  };
}

/** Two weeks from a Monday, in which a level is reached on some days. */
function wardOf(
  rules: readonly WorkingRule[],
  responses: readonly Response[],
  levels: RosterDeclaration['levels'],
  parts: Partial<RosterDeclaration> = {},
  headcount = 1,
): { readonly model: Model; readonly roster: RosterDeclaration } {
  const staff = group('Nurse', headcount, {
    shifts: ['Early', 'Late', 'Night'],
    // So much that no contract stands in the way.
    contract: plain(1),
  });
  const roster: RosterDeclaration = {
    id: 'Ward',
    name: 'Ward',
    origin,
    from: '2027-01-04',
    days: 14,
    groups: [staff.id],
    ruleSets: ['Ours'],
    cover: [],
    needs: [],
    entries: [],
    pairs: [],
    changes: [],
    ...(levels !== undefined && { levels }),
    ...parts,
  };
  const made = model({
    shifts: SHIFTS,
    roles: [role('Nurse')],
    staff: [staff],
    rosters: [roster],
    scales: [SURGE],
    responses,
    ruleSets: [{ id: 'Ours', name: 'Ours', origin, bases: [], rules }],
  });
  return { model: made, roster };
}

function solutionOf(lines: readonly Int16Array[]): RosterSolution {
  return { roster: lines, cost: 0, bound: 0, gap: 0, optimal: true, withoutLine: [], spent: 0 };
}

describe('rules that a response relaxes', () => {
  const level = (since: string, until: string) => [{ scale: 'Surge', level: 'crisis', since, until, origin }];

  it('are broken by a line where the solver says so, and where the report of rules does', () => {
    const line = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 14, maxLength: 14 });
    const runs = fc
      .array(fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: 1, max: 4 })), {
        minLength: 14,
        maxLength: 14,
      })
      .map((parts) => parts.flatMap(([each, length]) => Array.from({ length }, () => each)).slice(0, 14));
    const some = fc.subarray([...USUAL.keys()], { minLength: 1, maxLength: 3 });
    let broken = 0;
    let kept = 0;
    fc.assert(
      fc.property(
        fc.oneof(line, runs),
        some,
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 1, max: 9 }),
        (each, which, first, length) => {
          // The average of those who work nights is asked of whoever may; the report looks at whoever does.
          fc.pre(!which.includes(12) || each.includes(2));
          const dateOf = (day: number): string => `2027-01-${String(4 + Math.min(13, day)).padStart(2, '0')}`;
          const { model: made, roster } = wardOf(
            which.map((at) => USUAL[at]!),
            [
              response(
                'Strain',
                'crisis',
                which.map((at) => STRAINED[at]!),
              ),
            ],
            level(dateOf(first), dateOf(first + length - 1)),
          );
          const task = rosterTask(made, roster, { plans: [] });
          const lines = [Int16Array.from(each)];
          const bySolver = evaluateRoster(task.problem, lines);
          const report = dutyRoster(made, task, solutionOf(lines), { seed: 1, effort: 1 }).rules;
          const byReport = report.some(({ breaks }) => breaks.length > 0);
          expect(bySolver.violations.length > 0).toBe(byReport);
          if (byReport) broken += 1;
          else kept += 1;
        },
      ),
      { seed: 5, numRuns: 800 },
    );
    expect(Math.min(broken, kept)).toBeGreaterThan(80);
  });
});

describe('when a response relaxes rules', () => {
  const nights: readonly WorkingRule[] = [{ kind: 'run', bound: 'most', what: 'nights', count: 3, origin }];
  const four = response('Strained', 'strained', [{ kind: 'run', bound: 'most', what: 'nights', count: 4, origin }]);
  const six = response('Crisis', 'crisis', [{ kind: 'run', bound: 'most', what: 'nights', count: 6, origin }]);
  const span = (level: string, since: string, until?: string) => ({
    scale: 'Surge',
    level,
    since,
    ...(until !== undefined && { until }),
    origin,
  });
  const phasesOf = (
    levels: RosterDeclaration['levels'],
    responses: readonly Response[] = [four, six],
    more: Partial<Model> = {},
  ) => {
    const { model: made, roster } = wardOf(nights, responses, levels);
    const { rules } = rosterTask({ ...made, ...more }, roster, { plans: [] }).problem.people[0]!;
    return (rules.phases ?? []).map(({ days, nights: own }) => [own?.maxRun, days]);
  };

  it('holds on the days on which a level calls for it, the weakest of several', () => {
    expect(phasesOf(undefined)).toEqual([]);
    expect(phasesOf([span('usual', '2027-01-04')])).toEqual([]);
    expect(
      phasesOf([span('strained', '2027-01-06', '2027-01-10'), span('crisis', '2027-01-08', '2027-01-09')]),
    ).toEqual([
      [4, [2, 3, 6]],
      [6, [4, 5]],
    ]);
    expect(phasesOf([span('crisis', '2027-01-16')])).toEqual([[6, [12, 13]]]);
  });

  it('asks for exactly its level with `only`, and looks through triggers to the level they set', () => {
    const only = response('Strained', 'strained', [{ kind: 'run', bound: 'most', what: 'nights', count: 4, origin }], {
      activations: [{ kind: 'level', scale: 'Surge', level: 'strained', only: true, origin }],
    });
    const levels = [span('strained', '2027-01-06', '2027-01-07'), span('crisis', '2027-01-07', '2027-01-07')];
    expect(phasesOf(levels, [only])).toEqual([[4, [2]]]);
    const called = { ...six, activations: [{ kind: 'trigger' as const, trigger: 'Full', origin }] };
    const trigger = {
      id: 'Full',
      name: 'Full',
      origin,
      fires: { kind: 'condition' as const, when: { kind: 'constant' as const, value: plain(1) } },
    };
    const sets = { scale: 'Surge', level: 'crisis' };
    expect(phasesOf(levels, [called], { triggers: [{ ...trigger, sets }] })).toEqual([[6, [3]]]);
    expect(phasesOf(levels, [called], { triggers: [trigger] })).toEqual([]);
  });

  it('holds too for what a set extends, and not for a set that extends it', () => {
    const { model: made, roster } = wardOf(nights, [six], [span('crisis', '2027-01-04')]);
    const [ours] = made.ruleSets!;
    const upper = { ...ours!, id: 'Upper', name: 'Upper', bases: ['Ours'], rules: [] };
    const named = (ruleSet: string): Model => ({
      ...made,
      ruleSets: [ours!, upper],
      responses: [
        {
          ...six,
          patches: [
            {
              id: 'x',
              kind: 'relax rules',
              ruleSet,
              rules: six.patches.flatMap((patch) => (patch.kind === 'relax rules' ? patch.rules : [])),
              origin,
            },
          ],
        },
      ],
    });
    const isRelaxed = (ruleSet: string, under: string): boolean =>
      rosterTask(named(ruleSet), { ...roster, ruleSets: [under] }, { plans: [] }).rules.some(({ instead }) => instead);
    expect(isRelaxed('Ours', 'Ours')).toBe(true);
    expect(isRelaxed('Ours', 'Upper')).toBe(true);
    expect(isRelaxed('Upper', 'Upper')).toBe(true);
    const own = { ...upper, rules: nights, bases: [] };
    const apart = { ...named('Ours'), ruleSets: [ours!, own] };
    expect(
      rosterTask(apart, { ...roster, ruleSets: ['Upper'] }, { plans: [] }).rules.some(({ instead }) => instead),
    ).toBe(false);
  });

  it('limits a week by the mean of its days, and longer nights to the days on which they may be worked', () => {
    const rules: readonly WorkingRule[] = [
      { kind: 'hours', limit: perWeek(48), average: false, origin },
      { kind: 'count', what: 'nights', count: 2, week: true, origin },
      { kind: 'night hours', limit: seconds(8), average: false, origin },
      { kind: 'hours', limit: perWeek(40), average: true, origin },
    ];
    const weaker: readonly WorkingRule[] = [
      { kind: 'hours', limit: perWeek(62), average: false, origin },
      { kind: 'count', what: 'nights', count: 5, week: true, origin },
      { kind: 'night hours', limit: seconds(9), average: false, origin },
      { kind: 'hours', limit: perWeek(54), average: true, origin },
    ];
    const { model: made, roster } = wardOf(
      rules,
      [response('Strain', 'crisis', weaker)],
      [span('crisis', '2027-01-11', '2027-01-13')],
    );
    const { people } = rosterTask(made, roster, { plans: [] }).problem;
    const { rules: own, away, shifts } = people[0]!;
    expect(own.limits).toEqual([
      { of: 'minutes', most: 48 * 60, per: 'week', weeks: [0] },
      // Three of seven days with 62 h, four with 48 h.
      { of: 'minutes', most: 54 * 60, per: 'week', weeks: [1] },
      { of: 'shifts', shifts: [2], most: 2, per: 'week', weeks: [0] },
      // 2 + 3 · 3/7 = 3.29
      { of: 'shifts', shifts: [2], most: 3, per: 'week', weeks: [1] },
    ]);
    // Eleven days with 40 h a week and three with 54 h.
    expect(own.maxMinutes).toBeCloseTo(((11 * 40 + 3 * 54) * 60) / 7, 6);
    expect(shifts).toEqual([0, 1, 2]);
    const nightsAway = away.filter(({ shift: each }) => each === 2).map(({ day }) => day);
    expect(nightsAway).toEqual([0, 1, 2, 3, 4, 5, 6, 10, 11, 12, 13]);
  });

  const ward = { cover: [{ amount: plain(1), role: 'Nurse', shifts: ['Night'], origin }] };
  const strict: readonly WorkingRule[] = [
    ...nights,
    { kind: 'off after nights', count: 4, origin },
    { kind: 'rest', rest: seconds(11), after: [], before: [], origin },
  ];

  it('is told by the report of rules with its days, and used by the roster', () => {
    const { model: made, roster } = wardOf(strict, [six], [span('crisis', '2027-01-04', '2027-01-09')], ward, 2);
    const task = rosterTask(made, roster, { plans: [] });
    const solution = solveRoster(highs, task.problem, { seed: 1, effort: 2 });
    expect(evaluateRoster(task.problem, solution.roster).violations).toEqual([]);
    const duty = dutyRoster(made, task, solution, { seed: 1, effort: 2 });
    expect(duty.rules[0]).toMatchObject({
      kind: 'most nights in a row',
      limit: 3,
      brokenBy: [],
      relaxed: [{ limit: 6, by: 'Crisis', spans: [{ from: '2027-01-04', until: '2027-01-09' }] }],
    });
    const usual = rosterTask(made, { ...roster, levels: [] }, { plans: [] });
    const before = solveRoster(highs, usual.problem, { seed: 1, effort: 2 });
    expect(before.cost).toBeGreaterThan(solution.cost);
    expect(evaluateRoster(usual.problem, solution.roster).violations.map(({ rule }) => rule)).toContain(
      'nights-in-a-row',
    );
  });

  const waysOut = (levels: RosterDeclaration['levels']): readonly string[] => {
    const { model: made, roster } = wardOf(strict, [six], levels, { ...ward, days: 7 }, 2);
    const task = rosterTask(made, roster, { plans: [] });
    // Nobody works at all, so that there is something to explain.
    const solution = solutionOf(task.members.map(() => new Int16Array(7).fill(-1)));
    const told = explainRoster(highs, task, solution, { seed: 1, effort: 0.3, made: { plans: [] } });
    return told.relaxations.flatMap(({ kind, sentence }) => (kind === 'response' ? [sentence] : []));
  };

  it('is a way out where people are missing, if no level calls for it', () => {
    const [sentence = '', ...others] = waysOut(undefined);
    expect(sentence).toMatch(/^Put Crisis in force, which allows at most 6 nights in a row for /);
    expect(others).toEqual([]);
  });

  it('is no way out where it is in force already', () => {
    expect(waysOut([span('crisis', '2027-01-04')])).toEqual([]);
  });

  it('holds for a repair from the level on that the change tells of, with less notice', () => {
    const rules: readonly WorkingRule[] = [...nights, { kind: 'notice', notice: seconds(72), always: true, origin }];
    const weaker: readonly WorkingRule[] = [
      { kind: 'run', bound: 'most', what: 'nights', count: 6, origin },
      { kind: 'notice', notice: seconds(0), always: true, origin },
    ];
    const { model: made, roster } = wardOf(rules, [response('Strain', 'crisis', weaker)], undefined, ward, 2);
    const change = {
      name: 'Flu',
      known: '2027-01-05T00:00',
      absences: [],
      cover: [],
      levels: [span('crisis', '2027-01-06')],
      origin,
    };
    const standing = {
      roster: 'Ward',
      from: roster.from,
      days: 14,
      people: [1, 2].map((each) => ({ person: `Nurse ${each}`, shifts: Array.from({ length: 14 }, () => null) })),
    };
    const { task } = repairTask(made, roster, change, standing, { plans: [] });
    const [first] = task.problem.people;
    expect(first!.rules.phases?.map(({ days }) => days)).toEqual([[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]]);
    // On the day before the level nothing changes within three days; from then on only what has begun.
    const closed = [...new Set(first!.away.filter(({ shift: each }) => each === 2).map(({ day }) => day))];
    expect(closed).toEqual([0, 1]);
  });
});
