import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outlineOf } from '@pathway/language';
import { mergeTexts } from '../../src/index.js';

const BASE = `import "./ward.pathway"

// Who comes.
cohort Patients { arrives every exponential(1 d) }

pathway Care "Ward care" for Patients {
  owner Hospital
  step Check {
    by 1 Nurse  // always
    takes 10 min
  }
  hold 1 Bed {
    step Stay { takes 2 d }
    step Round { takes 5 min }
  }
  choose {
    20% { finish Died }
    otherwise { }
  }
  finish Home
}

resource Bed { count 4 }

crisis Wave {
  from day 2 for 10 d
  arrivals of Patients +10%
  absent Nurse 12%
}

response Plan adapts Care priority 2 {
  replace Stay with {
    step Short { takes 1 d }
    step Ring { takes 6 min }
  }
  add 2 Bed after 24 h
  add 1 Chair
  call in 2 Nurse from Agency
}
`;
const NAMES = { ours: 'main', theirs: 'surge' };

type Edit = readonly [from: string, to: string];

function edit(...edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text.split(from).length, `stands once: ${from}`).toBe(2);
    return text.replace(from, () => to);
  }, BASE);
}

function merge(ours: string, theirs: string): { readonly text: string; readonly conflicts: readonly string[] } {
  const merged = mergeTexts(BASE, ours, theirs, NAMES);
  expect(merged).toBeDefined();
  return merged!;
}

/** Edits of which no two meet in one property. */
const APART: readonly Edit[] = [
  ['exponential(1 d)', 'exponential(2 d)'],
  ['"Ward care"', '"Care on a ward"'],
  ['by 1 Nurse  // always', 'by 2 Nurse  // by night, too'],
  ['takes 10 min', 'takes 12 min'],
  ['step Stay { takes 2 d }', 'step Stay {\n      takes 3 d\n      remote\n    }'],
  ['    step Round { takes 5 min }\n', ''],
  ['20% {', '25% {'],
  ['  finish Home\n', '  step Letter { takes 5 min }\n  finish Home\n'],
  ['count 4', 'count 6'],
  ['// Who comes.', '// Who comes, as counted last year.'],
  ['import "./ward.pathway"\n', 'import "./ward.pathway"\nimport "./staff.pathway"\n'],
  ['\nresource Bed', '\nresource Scanner { count 1 }\n\nresource Bed'],
  ['Patients +10%', 'Patients +20%'],
  ['absent Nurse 12%', 'absent Nurse 15%'],
  ['priority 2', 'priority 3'],
  ['takes 1 d }', 'takes 30 h }'],
  ['takes 6 min', 'takes 8 min'],
  ['add 2 Bed', 'add 4 Bed'],
  ['add 1 Chair\n', 'add 2 Chair\n'],
  ['Nurse from Agency\n', 'Nurse from Agency after 12 h\n  add 3 Monitor\n'],
];

describe('a merge by element', () => {
  test('takes a text apart without leaving anything out', () => {
    const join = (part: { lead: string; head: string; items?: readonly unknown[]; foot: string }): string =>
      part.lead + part.head + ((part.items ?? []) as (typeof part)[]).map(join).join('') + part.foot;
    const result = outlineOf(BASE);
    expect('outline' in result && join(result.outline)).toBe(BASE);
  });

  test('never lets two people be in each other’s way who edit different things', () => {
    const some = fc.uniqueArray(fc.nat(APART.length - 1), { minLength: 1, maxLength: APART.length });
    fc.assert(
      fc.property(
        some,
        fc.array(fc.boolean(), { minLength: APART.length, maxLength: APART.length }),
        (chosen, sides) => {
          const [mine, yours] = [true, false].map((side) =>
            chosen.filter((i) => sides[i] === side).map((i) => APART[i]!),
          );
          const merged = merge(edit(...mine!), edit(...yours!));
          expect(merged).toEqual({
            text: edit(...[...chosen].sort((a, b) => a - b).map((i) => APART[i]!)),
            conflicts: [],
          });
        },
      ),
      { seed: 6, numRuns: 150 },
    );
  });

  test('gives what only one person wrote, to the letter', () => {
    const ours = edit(['  hold 1 Bed {', '\n\n  /* drawn\n     by hand */\n  hold   1 Bed {']);
    expect(merge(ours, BASE)).toEqual({ text: ours, conflicts: [] });
    expect(merge(BASE, ours)).toEqual({ text: ours, conflicts: [] });
  });

  test('keeps both where two people add different steps at one place', () => {
    const { text, conflicts } = merge(
      edit(['  finish Home\n', '  step Letter { takes 5 min }\n  finish Home\n']),
      edit(['  finish Home\n', '  step Call { takes 2 min }\n  finish Home\n']),
    );
    expect(conflicts).toEqual([]);
    expect(text).toContain('step Letter { takes 5 min }');
    expect(text).toContain('step Call { takes 2 min }');
    expect('outline' in outlineOf(text)).toBe(true);
  });

  test('follows one who moves a step while another edits it', () => {
    const moved = edit([
      '    step Stay { takes 2 d }\n    step Round { takes 5 min }\n',
      '    step Round { takes 5 min }\n    step Stay { takes 2 d }\n',
    ]);
    const { text, conflicts } = merge(edit(['step Stay { takes 2 d }', 'step Stay { takes 3 d }']), moved);
    expect(conflicts).toEqual([]);
    expect(text).toContain('    step Round { takes 5 min }\n    step Stay { takes 3 d }\n');
  });

  test('tells a true conflict in words, in the text, with both versions and nothing around them', () => {
    const { text, conflicts } = merge(edit(['takes 10 min', 'takes 12 min']), edit(['takes 10 min', 'takes 8 min']));
    const sentence =
      'Both versions change takes of step Check of pathway Care. It was `takes 10 min`; ours says `takes 12 min`, theirs `takes 8 min`.';
    expect(conflicts).toEqual([sentence]);
    expect(text).toBe(
      edit([
        '    takes 10 min\n',
        `// ${sentence} Keep what is right and take the marks away.
<<<<<<< ours: main
    takes 12 min
=======
    takes 8 min
>>>>>>> theirs: surge
`,
      ]),
    );
  });

  test('lets two people add to one response, and tells where they want different numbers', () => {
    const ours = edit(
      ['  add 1 Chair\n', '  add 1 Chair\n  add 5 Cot\n'],
      ['add 2 Bed after 24 h', 'add 3 Bed after 24 h'],
    );
    const theirs = edit(['  add 1 Chair\n', '  add 1 Chair\n  add 4 Stretcher\n']);
    const both = merge(ours, theirs);
    expect(both.conflicts).toEqual([]);
    for (const line of ['add 3 Bed after 24 h', 'add 5 Cot', 'add 4 Stretcher']) expect(both.text).toContain(line);
    expect(merge(ours, edit(['add 2 Bed', 'add 6 Bed'])).conflicts).toEqual([
      'Both versions change add Bed of response Plan. It was `add 2 Bed after 24 h`; ours says `add 3 Bed after 24 h`, theirs `add 6 Bed after 24 h`.',
    ]);
  });

  test('tells where one removes what the other changes', () => {
    const { conflicts } = merge(edit(['    step Round { takes 5 min }\n', '']), edit(['takes 5 min', 'takes 9 min']));
    expect(conflicts).toEqual(['step Round of hold 1 Bed of pathway Care: ours removes it, theirs changes it.']);
  });

  test('tells where both put parts in another order', () => {
    const three = BASE.replace('resource Bed { count 4 }\n', 'resource A\nresource B\nresource C\n');
    const order = (...names: readonly string[]): string =>
      three.replace('resource A\nresource B\nresource C\n', names.map((name) => `resource ${name}\n`).join(''));
    const merged = mergeTexts(three, order('B', 'A', 'C'), order('C', 'A', 'B'), NAMES);
    expect(merged?.conflicts).toEqual(['Both versions put the parts of the file in another order.']);
  });

  test('keeps Windows line ends', () => {
    const windows = (text: string): string => text.replaceAll('\n', '\r\n');
    const merged = mergeTexts(
      windows(BASE),
      windows(edit(['count 4', 'count 6'])),
      edit(['takes 2 d', 'takes 3 d']),
      NAMES,
    );
    expect(merged).toEqual({ text: windows(edit(['count 4', 'count 6'], ['takes 2 d', 'takes 3 d'])), conflicts: [] });
  });

  test('cannot tell elements where a version has syntax errors', () => {
    expect(mergeTexts(BASE, 'pathway {', BASE, NAMES)).toBeUndefined();
  });
});
