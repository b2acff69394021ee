import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, Hover } from 'vscode-languageserver-types';
import { EditorClient } from './editor-client.js';

const TEXT = `skill Suturing "Suturing" { levels basic < expert }

organisation Ward "Ward" { sector hospital }

role Nurse "Nurse" { has Suturing basic }

shift Early 07:00-15:00

shift Late 14:30-22:30

shift Night 22:00-07:30 on Mon-Fri

staff 26 Nurse at Ward {
  works Early, Late, Night
  on duty 6 at 07:00-21:30, otherwise 4
}

staff 7 Nurse {
  works Early
}

cohort Patients "Patients" {
  arrives every exponential(6 h)
}

pathway Care "Care" for Patients {
  owner Ward
  step Stitch "Stitch" {
    by 1 with Suturing
    takes 20 min
  }
  finish Home
}

signal Use "Use" {
  value queue(Nurse)
}

indicator Load "Load" {
  value utilisation(Nurse)
}

crisis Storm "Storm" {
  from day 3 for 2 d
}

response Plan "Plan" adapts Care {
  costs 500 GBP
}

scenario Today { }

study Weeks {
  compare Today
  from 2026-01-05
  run 30 d
  replicate 3 times
}
`;

const client = new EditorClient({ 'main.pathway': TEXT });

beforeAll(async () => {
  await client.start();
  await client.open('main.pathway');
});
afterAll(() => client.stop());

async function items(part: string, after = 0): Promise<readonly CompletionItem[]> {
  const list = await client.ask<CompletionList>('textDocument/completion', 'main.pathway', part, {}, after);
  return list.items;
}

async function labels(part: string, after = 0): Promise<readonly string[]> {
  return (await items(part, after)).map(({ label }) => label);
}

describe('completion', () => {
  test('offers the skills that there are, and their levels, where a skill is asked for', async () => {
    const skills = await labels('Suturing\n    takes');
    expect(skills).toContain('Suturing');
    expect(skills).not.toContain('Nurse');
    expect(await labels('basic }')).toEqual(expect.arrayContaining(['basic', 'expert']));
  });

  test.each([
    ['pathway Care', 0, ['pathway', 'cohort', 'response'], ['add', 'arrivals']],
    ['owner Ward', 0, ['step', 'hold', 'race', 'gather', 'wait for'], ['wait for indicator', 'add']],
    ['takes 20', 0, ['by with', 'consumes', 'waits', 'fits'], ['per shift', 'at most hours']],
    ['from day 3 for 2 d\n', 19, ['arrivals', 'arrivals follow', 'lose', 'slow', 'close'], ['add', 'replace']],
    ['costs 500', 0, ['add', 'call in', 'replace', 'convert', 'divert response'], ['lose', 'convert scenario']],
    ['compare Today', 0, ['run', 'replicate', 'vary', 'rank'], ['replace', 'cover']],
    ['works Early, Late', 0, ['on duty', 'leave', 'per shift'], ['request']],
    ['arrives every', 0, ['arrives every', 'arrives by appointment', 'attribute'], ['ages']],
    ['value utilisation', 0, ['time', 'wait for indicator', 'share of patients'], ['wait for', 'averaged']],
    ['value queue', 0, ['averaged', 'at daily', 'daily from'], ['time']],
  ] as const)('offers snippets of what may stand before `%s`', async (part, after, some, none) => {
    const snippets = (await items(part, after)).filter(({ kind }) => kind === 15).map(({ label }) => label);
    expect(snippets).toEqual(expect.arrayContaining([...some]));
    for (const each of none) expect(snippets).not.toContain(each);
  });

  test('offers what can be asked for where somebody asks: in plans, indicators and signals', async () => {
    const [plan, indicator, signal] = [
      await labels('20 min\n  }'),
      await labels('utilisation(Nurse)'),
      await labels('queue(Nurse)'),
    ];
    expect(plan).toEqual(expect.arrayContaining(['lognormal(mean …, sd …)', 'since(…)', 'occupancy(…)']));
    expect(indicator).toEqual(expect.arrayContaining(['utilisation(…)', 'percentile(…)', 'window()', 'P(…)']));
    expect(signal).toEqual(expect.arrayContaining(['absence(…)', 'arrivals(…)', 'occupancy(…)']));
    expect(plan).not.toContain('utilisation(…)');
    expect(indicator).not.toContain('since(…)');
    expect(signal).not.toContain('lognormal(mean …, sd …)');
  });
});

describe('hover', () => {
  async function hover(part: string, after = 1): Promise<string> {
    const found = await client.ask<Hover | null>('textDocument/hover', 'main.pathway', part, {}, after);
    return JSON.stringify(found?.contents ?? '');
  }

  test('tells the skills of a role and how many of it are on duty on each shift', async () => {
    const text = await hover('Nurse "Nurse"');
    expect(text).toContain('Skills: Suturing (basic)');
    expect(text).toContain('| Ward | 26 | Early 07:00–15:00: 6<br>Late 14:30–22:30: 4–6<br>Night 22:00–07:30: 4–6 |');
    // A third of a week is covered by seven people at full time: all of them, estimated.
    expect(text).toMatch(/\| anywhere \| 7 \| Early 07:00–15:00: 7<br>estimated/);
  });

  test('tells what a word of the language begins, and nothing of other words like it', async () => {
    expect(await hover('pathway Care')).toContain('A way through care');
    expect(await hover('works Early, Late')).not.toContain('scenario');
    expect(await hover('value utilisation')).not.toContain('`');
  });
});
