import { readFileSync } from 'node:fs';
import { crisisDemand } from '@pathway/analysis';
import { compile } from '@pathway/language';
import { type ActivityDemand, type Model, titleOf } from '@pathway/model';
import { simulateStudy } from '@pathway/simulation';
import { expect, test } from 'vitest';
import { skillReport, staffingPlan } from '../../src/index.js';

const TEXT = readFileSync(new URL('crisis-demand.pathway', import.meta.url), 'utf8');

async function modelOf(text: string): Promise<Model> {
  const { model, diagnostics } = await compile(['a.pathway'], { read: () => Promise.resolve(text) });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

/** People of a role at work, on average over the week. */
function atWork(demand: readonly ActivityDemand[], role: string): number {
  return demand.reduce((sum, { needs, loadByHour }) => {
    const load = loadByHour.reduce((total, each) => total + each, 0) / 168;
    const own = needs.filter(({ target }) => target.kind === 'role' && target.role === role);
    return sum + load * own.reduce((total, { amount }) => total + amount, 0);
  }, 0);
}

test('the work of a crisis is that of a run in which its responses are in force', { timeout: 60_000 }, async () => {
  const model = await modelOf(TEXT);
  const [winter] = model.crises ?? [];
  const { demand, responses, leftOut } = crisisDemand(model, winter!, 'Plan');
  // Three an hour: nurses for 20 + 10 min, assistants for 20 + 5 min, all half as long again.
  expect(atWork(demand, 'Nurse')).toBeCloseTo((3 * 30 * 1.5) / 60, 9);
  expect(atWork(demand, 'Assistant')).toBeCloseTo((3 * 25 * 1.5) / 60, 9);
  expect(responses.map((each) => titleOf(each))).toEqual(['Short ways', 'More nurses']);
  expect(leftOut).toEqual([]);

  const { scenarios } = await simulateStudy(model, 'Weeks');
  const inRun = (scenario: string, group: string): number | undefined =>
    scenarios.find((each) => each.scenario === scenario)?.resources.find(({ id }) => id === group)?.census.mean;
  expect(inRun('Plan', 'Nurses')).toBeCloseTo(2.25, 2);
  expect(inRun('Plan', 'Assistants')).toBeCloseTo(1.875, 2);
  // Without the plan the extra patients do not come: three an hour for 68 min.
  const without = crisisDemand(model, winter!, 'NoPlan');
  expect(atWork(without.demand, 'Nurse')).toBeCloseTo((3 * 68 * 1.5) / 60, 9);
  expect(inRun('NoPlan', 'Nurses')).toBeCloseTo(5.1, 2);
  expect(without).toMatchObject({ responses: [], leftOut: [] });
});

test('without a scenario the responses are those that the scenarios with the crisis agree on', async () => {
  const model = await modelOf(TEXT);
  expect(crisisDemand(model, model.crises![0]!).responses.map((each) => titleOf(each))).toEqual([
    'Short ways',
    'More nurses',
  ]);
  const other = await modelOf(
    TEXT.replace('scenario NoPlan', 'scenario Few "Few" { crisis Winter with Beds }\nscenario NoPlan'),
  );
  expect(crisisDemand(other, other.crises![0]!)).toMatchObject({
    responses: [],
    leftOut: [{ kind: 'scenarios differ', of: 'Short ways, More nurses / More nurses' }],
  });
  const clashing = await modelOf(
    TEXT.replace(
      'response Beds',
      'response Slow "Slow" adapts Care on Storm { change Talk { takes 40 min } }\nresponse Beds',
    ).replace('with Short, Beds', 'with Short, Slow'),
  );
  expect(crisisDemand(clashing, clashing.crises![0]!)).toMatchObject({
    responses: [],
    leftOut: [{ kind: 'not together', of: 'Short ways, Slow' }],
  });
});

test('the report on skills has that work, says whose responses it follows, and what has no closed form', async () => {
  const model = await modelOf(
    TEXT.replace(
      'change Talk { takes 20 min }',
      'change Talk { takes greatest of (uniform(5 min, 25 min), uniform(10 min, 30 min)) }',
    ),
  );
  const { matchings } = await skillReport(model, 'Plan');
  expect(matchings.map(({ responses }) => responses)).toEqual([[], ['Short ways', 'More nurses']]);
  expect(matchings[1]?.leftOut).toEqual([{ kind: 'no closed form', of: 'Talk' }]);
  expect(matchings[0]?.leftOut).toEqual([]);
});

test('the report on skills has the people whom the staffing plan has on the days of the crisis', async () => {
  const few = await modelOf(TEXT.replace('on duty 40 }', 'on duty 1 }'));
  const { byDay } = staffingPlan(few, 'Plan');
  const nurses = byDay?.roles.find(({ role }) => role === 'Nurse');
  expect(nurses?.calledInByHour[24 * 10]).toBe(3);
  expect(nurses?.onDutyByHour?.[24 * 10]).toBe(1 + 3);
  // As many as the cover wants of a mean hour in the middle of the crisis, less those.
  const { matchings } = await skillReport(few, 'Plan');
  const short = Math.max(0, nurses!.coverByHour[24 * 10]! - nurses!.onDutyByHour![24 * 10]!) * 168;
  expect(matchings[1]?.shortHours).toBeCloseTo(short, 6);
  expect((await skillReport(few, 'NoPlan')).matchings[1]?.shortHours).toBeGreaterThan(short);
});
