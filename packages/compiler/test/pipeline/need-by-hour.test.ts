import { activityDemand } from '@pathway/analysis';
import { compile } from '@pathway/language';
import type { Model } from '@pathway/model';
import { simulateStudy } from '@pathway/simulation';
import { expect, test } from 'vitest';

const DAYS = 10 * 40 * 7;

function clinic(arrives: string, body: string): string {
  return `organisation Clinic "Clinic"
role Doctor "Doctor"
resource Bed "Bed" { at Clinic  count unlimited }
staff 90 Doctor at Clinic as Doctors { on duty 90 }
cohort Patients "Patients" { arrives ${arrives} }
pathway Care "Care" for Patients {
  owner Clinic
${body}
}
scenario Today "Today" {}
study Weeks "Weeks" {
  compare Today
  from 2026-01-05 00:00
  run 280 d after 14 d warm-up
  replicate 10 times
  seed 1
}
`;
}

async function modelOf(text: string): Promise<Model> {
  const { model, diagnostics } = await compile(['a.pathway'], { read: () => Promise.resolve(text) });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

/** Of each hour of the day, the mean over a week. */
function byHourOfDay(week: readonly number[]): number[] {
  return Array.from({ length: 24 }, (_, hour) =>
    week.filter((__, each) => each % 24 === hour).reduce((sum, each) => sum + each / 7, 0),
  );
}

/** Doctors at work by hour of the day: by the plan, and in the run. */
async function both(text: string): Promise<{ planned: number[]; run: number[] }> {
  const model = await modelOf(text);
  const loads = activityDemand(model)
    .filter(({ needs }) => needs.some(({ target }) => target.kind === 'role'))
    .map(({ loadByHour }) => loadByHour);
  const { scenarios } = await simulateStudy(model, 'Weeks');
  const inRun = scenarios[0]?.resources.find(({ id }) => id === 'Doctors')?.byHourOfWeek?.census ?? [];
  return {
    planned: byHourOfDay(
      Array.from({ length: 168 }, (_, hour) => loads.reduce((sum, load) => sum + (load[hour] ?? 0), 0)),
    ),
    run: byHourOfDay(inRun),
  };
}

/** Whether the plan has what the run has, but for what chance explains: those at work are Poisson where nobody waits. */
function expectSame({ planned, run }: { planned: readonly number[]; run: readonly number[] }): void {
  expect(run).toHaveLength(24);
  for (const [hour, seen] of run.entries()) {
    const most = 4 * Math.sqrt((planned[hour] ?? 0) / DAYS) + 1e-6;
    expect(Math.abs(seen - (planned[hour] ?? 0)), `hour ${hour}: ${planned[hour]} planned, ${seen} seen`).toBeLessThan(
      most,
    );
  }
}

const MORNING = `30 per day profile hourly (${Array.from({ length: 24 }, (_, hour) => (hour < 8 ? 0 : hour < 12 ? 3 : 1)).join(', ')})`;

test.each([
  ['an exponential step', 'step Wait "Wait" { takes exponential(3 h) }'],
  [
    'two steps and a wait',
    'step Test "Test" { takes lognormal(mean 50 min, sd 80 min) }\n wait for uniform(1 h, 4 h)\n step Talk "Talk" { takes 25 min }',
  ],
  [
    'a step that is done again',
    'step Test "Test" { takes gamma(mean 70 min, sd 50 min) }\n choose {\n  40% { go to Test }\n  otherwise { }\n }',
  ],
])('work after %s is that of a run, hour by hour', { timeout: 60_000 }, async (_, before) => {
  expectSame(await both(clinic(MORNING, `${before}\n step See "See" { by 1 Doctor  takes 1 h }`)));
});

test.each([
  ['a sum of draws', 'step See "See" { by 1 Doctor  takes 10 min + exponential(20 min) + exponential(60 min) }'],
  ['a multiple of a draw', 'step See "See" { by 1 Doctor  takes 0.5 * lognormal(mean 2 h, sd 3 h) }'],
  [
    'a hold over steps and a wait',
    'hold 1 Doctor { step A { takes exponential(1 h) }\n wait for uniform(1 h, 3 h)\n step B { takes 20 min } }',
  ],
  [
    'a hold from which it is released',
    'hold 1 Bed, 1 Doctor { step A { takes exponential(1 h) }\n release Doctor\n step B { takes gamma(mean 5 h, sd 2 h) } }',
  ],
  [
    'a hold from which it is released where choices follow',
    'hold 1 Bed, 1 Doctor { step A { takes 90 min }\n release Doctor\n choose { 20% { step B { takes 9 h } } otherwise { } } }',
  ],
  [
    'a step after a sum of draws',
    'step Wait { takes 2 * exponential(30 min) + gamma(mean 70 min, sd 30 min) }\n step See { by 1 Doctor  takes 40 min }',
  ],
])('work that lasts for %s is that of a run, hour by hour', { timeout: 60_000 }, async (_, body) => {
  expectSame(await both(clinic(MORNING, body)));
});

const BATCH = '6 at 09:00 daily';

test.each([
  ['no other work', '', 'exponential(3 h)'],
  ['a fixed step', 'step Wait "Wait" { takes 70 min }', '20 min'],
  ['an exponential step', 'step Wait "Wait" { takes exponential(3 h) }', '30 min'],
])('those who come at a clock time keep it: after %s', { timeout: 60_000 }, async (_, before, takes) => {
  expectSame(await both(clinic(BATCH, `${before}\n step See "See" { by 1 Doctor  takes ${takes} }`)));
});
