import { describe, expect, it } from 'vitest';
import type { ReportInput } from '../src/index.js';
import { numberUses } from '../src/provenance.js';
import { heatStep } from '../src/html/heat-map.js';
import { headcountSentence, summariseStudy, type SummaryPart } from '../src/summary.js';
import { wordsOf } from '../src/words/words.js';
import { FACTS, INPUT, MODEL, PLAN, STUDY } from './fixture.js';

const ENGLISH = wordsOf('en');
const [today, moreBeds] = STUDY.scenarios;

function textOf(part: SummaryPart): string {
  return part.kind === 'list' ? [part.lead, ...part.items].join('\n') : part.text;
}

function summary(input: ReportInput): readonly SummaryPart[] {
  return summariseStudy(ENGLISH, input.results[0]!, input);
}

const listWith = (parts: readonly SummaryPart[], lead: string): readonly string[] =>
  parts.flatMap((part) => (part.kind === 'list' && part.lead.includes(lead) ? part.items : []));

describe('the summary', () => {
  it('puts every warning before every figure', () => {
    const kinds = summary(INPUT).map((part) => part.kind);
    expect(kinds.lastIndexOf('warning')).toBeLessThan(kinds.indexOf('list'));
  });

  it('says overload once for all scenarios that have it, and adds what exact facts show', () => {
    const warnings = summary(INPUT)
      .filter((part) => part.kind === 'warning')
      .map(textOf);
    expect(warnings).toEqual([
      'As it is: The registration clerk is asked for 1.8 times what one can do from 10:00 on: queues grow all day. Waiting times below describe this run length, not a steady state, and leave out those who still waited at its end.',
      'As it is: CT scanner is asked for 1.3 times what there is (offered load 2.6, capacity 2), so queues grow for as long as the run lasts. Waiting times below describe this run length, not a steady state, and leave out those who still waited at its end.',
    ]);
  });

  it('ends a sentence about what has a name from right to left with one full stop', () => {
    const message = 'السكتة is asked for 1.8 times what one can do: queues grow all day.';
    const named = { ...today!, warnings: [{ kind: 'overload' as const, message }] };
    const said = summary({ ...INPUT, facts: [], results: [{ ...STUDY, scenarios: [named] }] }).map(textOf);
    const sentence = 'grow all day.\u2069 Waiting times';
    expect(said.filter((text) => text.includes(sentence))).toHaveLength(1);
  });

  it('does not repeat as a fact what a run has warned of', () => {
    const facts = FACTS.map((each) => ({ ...each, loads: each.loads.map((load) => ({ ...load, id: 'Clerk' })) }));
    expect(summary({ ...INPUT, facts }).filter((part) => part.kind === 'warning')).toHaveLength(1);
  });

  it('warns of a law that did not hold, first of all', () => {
    const broken = { ...today!, checks: [{ ...today!.checks[0]!, holds: false }] };
    const parts = summary({ ...INPUT, results: [{ ...STUDY, scenarios: [broken, moreBeds!] }] });
    expect(textOf(parts[0]!)).toBe(
      "As it is: Little's law did not hold for ASUBed. Do not use these figures before that is explained.",
    );
  });

  it('calls a difference shown only where its interval excludes zero', () => {
    const parts = summary(INPUT);
    expect(listWith(parts, ', a difference is shown').map((item) => item.split(':')[0])).toEqual([
      'Waited for a stroke bed',
      'Cost of the window',
      'Probability of delay at beds = 9',
      'Probability of delay at beds = 14',
    ]);
    expect(listWith(parts, 'no difference is shown')).toHaveLength(1);
    expect(listWith(parts, 'too few replications')).toHaveLength(1);
    expect(listWith(parts, 'the same in every replication')).toEqual(['Call to thrombolysis: age under 75']);
  });

  it('lists failed and undecided expectations with what was simulated', () => {
    const parts = summary(INPUT);
    expect(listWith(parts, 'Expectations that fail')).toHaveLength(2);
    expect(listWith(parts, 'more replications')).toHaveLength(2);
  });

  it('says when the run was interrupted', () => {
    const parts = summary({ ...INPUT, results: [{ ...STUDY, interrupted: true }] });
    expect(parts.map(textOf).join('\n')).toContain('The run was interrupted');
    expect(summary(INPUT).map(textOf).join('\n')).not.toContain('interrupted');
  });

  it('does not speak of a comparison where there is one scenario', () => {
    const parts = summary({ ...INPUT, results: [{ ...STUDY, scenarios: [today!], comparisons: [] }] });
    expect(textOf(parts[1]!)).toMatch(/^The scenario As it is was simulated\. Each scenario ran 150 times/);
    expect(parts.map(textOf).join('\n')).not.toContain('compared with');
  });
});

describe('headcount in words', () => {
  const role = PLAN.roles[0]!;
  const withShortfall = (shortfall: number): string =>
    headcountSentence(ENGLISH, { ...role, headcount: { ...role.headcount!, shortfall } });

  it('names the side on which the number is', () => {
    expect(withShortfall(2.4)).toContain('2.4 too few');
    expect(withShortfall(-1)).toContain('1 more than needed');
    expect(withShortfall(0)).toContain('enough');
    expect(headcountSentence(ENGLISH, { ...role, headcount: null, onDutyByHour: null })).toContain(
      'nobody is declared in post',
    );
    expect(headcountSentence(ENGLISH, { ...role, headcount: null, onDutyByHour: [] })).toContain(
      'absence and leave leave nobody in post to work',
    );
  });
});

describe('numbers and their sources', () => {
  it('count as sourced where the declaration, or the pathway of a step, names a source', () => {
    const uses = numberUses(MODEL).map((use) => [use.title, use.numbers, use.sources.join()]);
    expect(uses).toEqual([
      ['Acute stroke unit bed', 1, ''],
      ['Share', 1, 'Ward2025'],
      ['Acute stroke', 1, 'Monks2016'],
      ['Acute stay in Acute stroke care', 1, 'Monks2016'],
      ['Rehab in Acute stroke care', 1, ''],
    ]);
    const sourced = { ...MODEL, pathways: MODEL.pathways.map((each) => ({ ...each, sources: ['Ward2025'] })) };
    expect(numberUses(sourced).at(-1)?.sources).toEqual(['Ward2025']);
  });
});

describe('steps of a heat map', () => {
  it('go from nothing to the largest', () => {
    expect([0, 0.1, 5, 10].map((value) => heatStep(value, 10))).toEqual([0, 1, 3, 6]);
    expect(heatStep(0, 0)).toBe(0);
    expect(heatStep(-1, 10)).toBe(0);
  });
});
