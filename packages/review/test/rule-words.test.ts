import { expect, test } from 'vitest';
import { diffModels } from '../src/index.js';
import { modelOf } from './models.js';

const BASE = `
scale Surge { conventional < crisis }
shift Late 14:30-22:30
rules Ours "Our agreement" {
  at most 3 nights in a row
  rest at least 12 h after Late
  at most 48 h per week averaged
  nights at most 8 h
  at most 2 nights a week
  at least 2 days off after nights
  weekends off at least 1 in 3
  change at least 24 h before
  share nights within 1 costs 8
}
`;

function withPlan(rules: string): string {
  return `${BASE}
response Strain "Plan" on Surge crisis { ${rules} }
scenario Plan "With it" { with Strain }`;
}

async function told(before: string, after: string): Promise<readonly string[]> {
  return diffModels(await modelOf(before), await modelOf(after)).changes.map(({ sentence }) => sentence);
}

test('rules of working time and what relaxes them are told as they are written', async () => {
  const six = withPlan('relax rules Ours { at most 6 nights in a row }');
  const five = withPlan('relax rules Ours { at most 5 nights in a row  rest at least 9 h after Late }');
  expect(await told(withPlan(''), six)).toEqual(['Relax rules Ours is new, in response Strain, first.']);
  expect(await told(six, withPlan(''))).toEqual(['Relax rules Ours is gone; it stood in response Strain, first.']);
  expect(await told(six, five)).toEqual([
    'Relax rules Ours of response Strain: rules at most 6 nights in a row → at most 5 nights in a row, rest at least 9 h after Late.',
  ]);
  expect(await told(BASE, BASE.replace('at least 24 h before', '14 d before'))).toEqual([
    'Rules Ours: rules at most 3 nights in a row, rest at least 12 h after Late, at most 48 h/week averaged, nights at most 8 h, ' +
      'at most 2 nights a week, at least 2 days off after nights, weekends off at least 1 in 3, change at least 24 h before, ' +
      'share nights within 1 costs 8 → at most 3 nights in a row, rest at least 12 h after Late, at most 48 h/week averaged, ' +
      'nights at most 8 h, at most 2 nights a week, at least 2 days off after nights, weekends off at least 1 in 3, change 14 d before, ' +
      'share nights within 1 costs 8.',
  ]);
});
