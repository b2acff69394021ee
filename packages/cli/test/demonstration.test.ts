import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { repository, type TestRepository } from './repository.js';
import { residentCommand } from './resident-command.js';
import { runCli } from './run-cli.js';

const FOLDER = fileURLToPath(new URL('./demonstration/', import.meta.url));
const PAGE = fileURLToPath(new URL('../../../docs/review-examples.md', import.meta.url));

type Edit = readonly [file: string, from: string, to: string];
interface Version {
  readonly what: string;
  readonly edits: readonly Edit[];
}

/** Changes as they come to a region that plans stroke care, each on a branch of its own. */
const CHANGES: readonly Version[] = [
  {
    what: 'Laid out anew, with comments, and an hour instead of sixty minutes',
    edits: [
      [
        'care',
        '    takes 60 min\n    within 60 min of Transport',
        '    // as audited\n    within 1 h of Transport\n    takes 1 h',
      ],
      ['region', '\nresource CT', '\n\n// Two of them.\nresource CT'],
    ],
  },
  {
    what: 'The staff in a file of their own',
    edits: [
      ['region', 'staff 12 Paramedic at Ambulance { on duty 4 }\n', ''],
      ['staff', '', 'import "./region.pathway"\n\nstaff 12 Paramedic at Ambulance { on duty 4 }\n'],
      ['studies', 'import "./region.pathway"', 'import "./region.pathway"\nimport "./staff.pathway"'],
    ],
  },
  {
    what: 'A resource renamed, in four files',
    edits: (['region', 'care', 'plan', 'studies'] as const).map((file) => [file, 'StrokeBed', 'ASUBed'] as const),
  },
  {
    what: 'A step renamed',
    edits: [
      ['care', 'step Lysis "Thrombolysis"', 'step Thrombolyse "Thrombolysis"'],
      ['care', 'Transport to Lysis', 'Transport to Thrombolyse'],
    ],
  },
  {
    what: 'The review after the bed is given back',
    edits: [
      [
        'care',
        '    step Review "Review before discharge" {\n      by 1 StrokePhysician\n      takes 20 min\n    }\n  }\n',
        '  }\n  step Review "Review before discharge" {\n    by 1 StrokePhysician\n    takes 20 min\n  }\n',
      ],
    ],
  },
  {
    what: 'The handover dropped',
    edits: [['care', '    handover to RoyalDevon by phone, form "pre-alert" back by phone\n', '']],
  },
  { what: 'Two more beds', edits: [['region', 'count 12', 'count 14']] },
  { what: 'A time target relaxed', edits: [['care', 'within 60 min of', 'within 90 min of']] },
  {
    what: 'Nobody with the skill for thrombolysis',
    edits: [['care', 'by 1 with Thrombolysis, 1 StrokeNurse', 'by 2 StrokeNurse']],
  },
  {
    what: 'More patients, more of them for rehabilitation',
    edits: [
      ['care', '1.2 d', '1.1 d'],
      ['care', 'rehab 24%, home 76%', 'rehab 30%, home 70%'],
    ],
  },
  {
    what: 'No way without the network',
    edits: [['care', ' workaround {\n      step PaperScan "Scan by paper order" { takes 25 min }\n    }', '']],
  },
  { what: 'A promise about what two beds gain, relaxed', edits: [['studies', '<= 60% of', '<= 80% of']] },
  {
    what: 'A worse heat wave',
    edits: [
      ['plan', '+14%', '+25%'],
      ['plan', 'absent StrokeNurse 12%', 'absent StrokeNurse 20%'],
      ['plan', '6 h at day 23', '12 h at day 23'],
    ],
  },
  { what: 'A plan that is called later', edits: [['plan', '> 90% for 12 h', '> 95% for 24 h']] },
  {
    what: 'A level more on the scale',
    edits: [['plan', 'contingency < crisis }', 'contingency < crisis < collapse }']],
  },
  { what: 'A level called otherwise', edits: [['plan', '{ green < amber < red }', '{ green < yellow < red }']] },
  { what: 'Supervision of substitutes dropped', edits: [['plan', ' supervised 1 per 3', '']] },
  {
    what: 'More beds in the plan, and nobody called in',
    edits: [
      ['plan', 'add 4 StrokeBed', 'add 6 StrokeBed'],
      ['plan', '  call in 2 StrokeNurse from HomeTeam after 12 h\n', ''],
    ],
  },
  {
    what: 'A check in the short way',
    edits: [
      [
        'plan',
        'lognormal(mean 5 d, sd 4 d) }\n',
        'lognormal(mean 5 d, sd 4 d) }\n    step Round "Evening round" {\n      by 1 StrokePhysician\n      takes 10 min\n    }\n',
      ],
    ],
  },
  {
    what: 'The plan removed',
    edits: [
      [
        'plan',
        /response StrokeSurge[\s\S]*\n}\n/.exec(readFileSync(join(FOLDER, 'plan.pathway'), 'utf8'))?.[0] ?? '',
        '',
      ],
      ['studies', 'crisis HeatWave with StrokeSurge', 'crisis HeatWave'],
    ],
  },
];

/** What two people change at once, and what git then says of it. */
const MERGES: readonly { readonly what: string; readonly ours: readonly Edit[]; readonly theirs: readonly Edit[] }[] = [
  {
    what: 'Two people edit one response: beds and supervision here, a step of the short way and a line more there',
    ours: [
      ['plan', 'add 4 StrokeBed', 'add 6 StrokeBed'],
      ['plan', 'supervised 1 per 3', 'supervised 1 per 2'],
    ],
    theirs: [
      ['plan', 'mean 5 d, sd 4 d', 'mean 4 d, sd 3 d'],
      [
        'plan',
        '  recovers after 48 h\n',
        '  call in 1 StrokePhysician from RoyalDevon after 24 h\n  recovers after 48 h\n',
      ],
    ],
  },
  {
    what: 'Two people edit one crisis and one trigger',
    ours: [
      ['plan', '+14%', '+20%'],
      ['plan', '> 90%', '> 92%'],
    ],
    theirs: [
      ['plan', 'absent StrokeNurse 12%', 'absent StrokeNurse 15%'],
      ['plan', '6 h at day 23', '8 h at day 23'],
    ],
  },
  {
    what: 'Two people want another number of beds in one response',
    ours: [['plan', 'add 4 StrokeBed', 'add 6 StrokeBed']],
    theirs: [
      ['plan', 'add 4 StrokeBed', 'add 3 StrokeBed'],
      ['plan', 'recovers after 48 h', 'recovers after 24 h'],
    ],
  },
  {
    what: 'One takes away the line of the plan that the other changes',
    ours: [['plan', '  call in 2 StrokeNurse from HomeTeam after 12 h\n', '']],
    theirs: [['plan', 'call in 2 StrokeNurse', 'call in 4 StrokeNurse']],
  },
];

const change = z.object({ rank: z.string(), reason: z.string().optional(), sentence: z.string() });
const difference = z.object({ projects: z.array(z.object({ changes: z.array(change) })) });

const BASE: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]),
);

function commitOn(made: TestRepository, branch: string, what: string, edits: readonly Edit[]): void {
  made.git('checkout', '--quiet', '-B', branch, 'main');
  const texts = new Map<string, string>();
  for (const [file, from, to] of edits) {
    const path = `${file}.pathway`;
    const before = texts.get(path) ?? BASE[path] ?? '';
    expect(before, `${what}: ${from}`).toContain(from);
    texts.set(path, from === '' ? to : before.replaceAll(from, to));
  }
  for (const [path, text] of texts) made.write(path, text);
  made.commit(what);
}

/** What is said of a version against the main one, a line a change. */
async function told(made: TestRepository, version: string): Promise<readonly string[]> {
  const { exitCode, out, err } = await runCli(['diff', '--from', 'main', '--to', version, '--format', 'json'], {
    cwd: made.folder,
  });
  const changes = difference.parse(JSON.parse(out)).projects.flatMap((project) => project.changes);
  expect({ exitCode, err }).toMatchObject({ exitCode: changes.length === 0 ? 0 : 2 });
  return changes.length === 0
    ? ['No semantic change.']
    : changes.map(
        ({ rank, reason, sentence }) => `**${rank}**${reason === undefined ? '' : ` (${reason})`}: ${sentence}`,
      );
}

/** Merges one branch into another as git does; answers the sentences of what is left to people. */
async function conflictsOf(made: TestRepository): Promise<readonly string[]> {
  const person = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'];
  made.git('checkout', '--quiet', '-B', 'merged', 'ours');
  try {
    await made.gitLater(...person, 'merge', '--quiet', '--no-edit', 'theirs');
    return [];
  } catch {
    const text = readFileSync(join(made.folder, 'plan.pathway'), 'utf8');
    made.git('merge', '--abort');
    return [...text.matchAll(/^\/\/ (.*) Keep what is right/gm)].map(([, sentence]) => sentence ?? '');
  }
}

const cell = (lines: readonly string[]): string => lines.map((line) => line.replaceAll('|', '\\|')).join('<br>');

test('a page shows what is said of changes as a region makes them', { timeout: 120_000 }, async () => {
  const made = repository(BASE);
  await runCli(['git', 'setup', '--command', await residentCommand()], { cwd: made.folder });
  const rows: string[] = [];
  for (const { what, edits } of CHANGES) {
    commitOn(made, 'work', what, edits);
    rows.push(`| ${what} | ${cell(await told(made, 'work'))} |`);
  }
  const merges: string[] = [];
  for (const { what, ours, theirs } of MERGES) {
    commitOn(made, 'ours', 'Ours', ours);
    commitOn(made, 'theirs', 'Theirs', theirs);
    const conflicts = await conflictsOf(made);
    const said = conflicts.length === 0 ? await told(made, 'merged') : conflicts;
    merges.push(`| ${what} | ${conflicts.length === 0 ? 'merged' : 'left to people'} | ${cell(said)} |`);
  }
  const page = [
    '# Changes, and what is said of them',
    '',
    'A region plans stroke care: a pathway, its staff and beds, a heat wave, and a plan for a full unit. The texts lie in',
    '[`packages/cli/test/demonstration`](../packages/cli/test/demonstration/care.pathway); a test makes each of these changes',
    'in a repository of its own and writes down what [`pathway diff`](review.md) says of it.',
    '',
    '| change | what is said |',
    '| --- | --- |',
    ...rows,
    '',
    '## Two people at once',
    '',
    'Each edits the texts as they were, and git merges both with the driver that `pathway git setup` puts into a clone.',
    '',
    '| who wants what | git | what is said |',
    '| --- | --- | --- |',
    ...merges,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot(PAGE);
});
