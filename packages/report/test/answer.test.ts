import { describe, expect, it } from 'vitest';
import { betterOf } from '@pathway/model';
import { answerOf } from '../src/answer.js';
import { aimBlocks } from '../src/document/aims.js';
import type { Block } from '../src/document/blocks.js';
import { pressureBlocks } from '../src/document/pressure.js';
import { stressBlocks } from '../src/document/stress.js';
import type { ReportInput } from '../src/index.js';
import { wordsOf } from '../src/words/words.js';
import { estimate, INPUT, STUDY } from './fixture.js';

const ENGLISH = wordsOf('en');
const spaced = (text: string): string => text.replace(/\u00a0/g, ' ');

/** The study with one figure, a share of waits, and one difference of it. */
function withDifference(difference: ReturnType<typeof estimate>): ReportInput {
  const [comparison] = STUDY.comparisons;
  const indicators = [{ indicator: 'BedDelay', difference }];
  return { ...INPUT, model: PROMISED, results: [{ ...STUDY, comparisons: [{ ...comparison!, indicators }] }] };
}

/** The model with a promise that the share of those who wait is low: less is better. */
const PROMISED: ReportInput['model'] = {
  ...INPUT.model,
  expectations: [{ ...INPUT.model.expectations[0]!, indicator: 'BedDelay', operator: '<=' }],
};

const answer = (input: ReportInput): string => {
  const { before, alternatives, after } = answerOf(ENGLISH, input.results[0]!, input);
  return spaced([before, ...alternatives, after].filter((each) => each !== '').join(' '));
};

describe('the answer', () => {
  it('says better only where the interval excludes zero and the indicator has a better side', () => {
    expect(answer(withDifference(estimate(-0.03, 0.01)))).toContain(
      'Two more beds compared with As it is: better on Waited for a stroke bed −3.0 percentage points (−4.0 to −2.0).',
    );
    expect(answer(withDifference(estimate(0.03, 0.01)))).toContain('worse on Waited for a stroke bed');
  });

  it('decides nothing where the interval includes zero, or where there is none', () => {
    for (const open of [estimate(-0.03, 0.05), estimate(-0.03, 0, 1)]) {
      const text = answer(withDifference(open));
      expect(text).toContain('not decided on Waited for a stroke bed');
      expect(text).not.toMatch(/better on|worse on/);
    }
  });

  it('says that nothing changed where every replication is the same', () => {
    expect(answer(withDifference(estimate(0, 0)))).toContain('the same on Waited for a stroke bed');
  });

  it('counts promises, and warns of overload first', () => {
    const text = answer(INPUT);
    expect(text).toMatch(/^Somewhere more is asked than can be done/);
    expect(text).toMatch(/Of \d+ expectations, /);
  });

  it('knows the better side from promises, then from what is measured', () => {
    const { model } = INPUT;
    expect(betterOf(model, 'nothing of that name')).toBeUndefined();
    const promise = { ...model.expectations[0]!, indicator: 'Anything', operator: '>=' as const };
    expect(betterOf({ ...model, expectations: [promise] }, 'Anything')).toBe('higher');
  });

  it('tells many alternatives by one figure', () => {
    const [comparison] = STUDY.comparisons;
    const scenarios = ['A', 'B', 'C', 'D'].map((scenario) => ({ ...STUDY.scenarios[1]!, scenario, title: scenario }));
    const differences = [-0.05, -0.02, 0.04, 0].map((mean) => estimate(mean, 0.01));
    const comparisons = scenarios.map(({ scenario }, i) => ({
      ...comparison!,
      scenario,
      indicators: [{ indicator: 'BedDelay', difference: differences[i]! }],
    }));
    const input = {
      ...INPUT,
      model: PROMISED,
      results: [{ ...STUDY, scenarios: [STUDY.scenarios[0]!, ...scenarios], comparisons }],
    };
    const text = answer(input);
    expect(text).toContain('of 4 alternatives to As it is 2 are better, 1 worse, and 1 not decided');
    expect(text).toContain('The largest gain against As it is is that of A');
  });
});

const tables = (blocks: readonly Block[]) => blocks.filter((block) => block.kind === 'table');
const texts = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block) =>
      block.kind === 'text' || block.kind === 'heading' ? [block.text] : block.kind === 'list' ? block.items : [],
    )
    .join('\n');

describe('the comparison by aim', () => {
  it('names aims that nothing measures, and puts groups under equity', () => {
    const blocks = aimBlocks(ENGLISH, STUDY, INPUT);
    expect(texts(blocks)).toContain('Not measured by this study: Costs and Staff.');
    const rows = tables(blocks).flatMap(({ rows: each }) => each);
    const equity = rows.findIndex((row) => row[1] === 'Equity, by group');
    expect(rows[equity]?.[0]).toBe('Call to thrombolysis: age under 75');
  });

  it('tells how far groups are apart, and where that may be chance', () => {
    const grouped = STUDY.scenarios.map((scenario, i) => {
      const [row] = scenario.indicators;
      const of = (group: string, gap?: ReturnType<typeof estimate>) => ({ ...row!, group, ...(gap && { gap }) });
      return { ...scenario, indicators: [row!, of('north'), of('south', estimate(i === 0 ? 600 : 60, 120))] };
    });
    const [gaps] = tables(aimBlocks(ENGLISH, { ...STUDY, scenarios: grouped }, INPUT)).slice(1);
    expect(gaps?.head).toEqual(['Gap between groups', 'As it is', 'Two more beds']);
    expect(gaps?.rows.map((row) => row.map(spaced))).toEqual([
      ['Call to thrombolysis: south minus north', '+10 min (+8 to +12)', '+1 min (−1 to +3) ? not decided'],
    ]);
  });

  it('keeps the first scenario in every table where paper is narrow', () => {
    const scenarios = ['A', 'B', 'C', 'D'].map((id) => ({ ...STUDY.scenarios[0]!, scenario: id, title: id }));
    const heads = tables(aimBlocks(ENGLISH, { ...STUDY, scenarios, comparisons: [] }, INPUT, 3)).map(({ head }) =>
      head.slice(2),
    );
    expect(heads).toEqual([
      ['A', 'B', 'C'],
      ['A', 'D'],
    ]);
  });
});

describe('pressure points', () => {
  it('name the place with the highest use, and do not call a slack one tight', () => {
    const [scenario] = STUDY.scenarios;
    const at = (mean: number): string => {
      const resources = scenario!.resources.map((each, i) => ({
        ...each,
        utilisation: estimate(i === 0 ? mean : 0.1, 0.01),
      }));
      return texts(pressureBlocks(ENGLISH, { ...STUDY, scenarios: [{ ...scenario!, resources }] }));
    };
    expect(spaced(at(0.97))).toContain('binds first, with 97 % of its capacity in use');
    expect(spaced(at(0.4))).toContain('nothing is tight');
  });
});

describe('the reporting checklist', () => {
  it('has every part of STRESS-DES, and says what the model does not say', () => {
    const text = texts(stressBlocks(ENGLISH, INPUT));
    for (const item of ['1.1', '1.3', '2.1', '2.5', '3.1', '3.4', '4.1', '4.3', '5.1', '5.4', '6.1'])
      expect(text).toContain(`${item} `);
    expect(text).toContain('3.2 Preprocessing: the model does not say.');
    expect(text).toContain('10.1080/17477778.2018.1442155');
  });
});
