import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergeTexts } from '@pathway/compiler';
import { repository, type TestRepository } from './repository.js';
import { runCli } from './run-cli.js';

const REGION = `organisation Hospital "General hospital" { sector hospital }
organisation Ambulance "Ambulance service" { sector emergency }
role Nurse "Stroke nurse" { cost 30 GBP/h }
role Physician "Stroke physician"
role Paramedic
staff 12 Nurse at Hospital { on duty 4 }
staff 4 Physician at Hospital { on duty 1 }
staff 6 Paramedic at Ambulance { on duty 2 }
resource StrokeBed "Stroke bed" {
  at Hospital
  count 10
}
`;

const CARE = `import "./region.pathway"

cohort Stroke "Acute stroke" {
  arrives every exponential(1.2 d)
  attribute route one of rehab 24%, home 76%
}

pathway StrokeCare "Acute stroke care" for Stroke {
  owner Hospital
  step Transport {
    at Ambulance
    by 2 Paramedic
    takes 28 min
    handover to Hospital by phone
  }
  step Lysis "Thrombolysis" {
    by 1 Physician, 1 Nurse
    takes 60 min
    within 60 min of Transport
  }
  hold 1 StrokeBed as Ward {
    step AcuteStay { takes 7 d }
    step Review { by 1 Physician  takes 20 min }
  }
  choose {
    8% { call FollowUp }
    otherwise { }
  }
  finish Home
}

pathway FollowUp "Follow-up" {
  owner Hospital
  step Visit { by 1 Nurse  takes 30 min }
}

indicator DoorToNeedle "Door to needle" { time from arrival to Lysis  aim health }
expect p90 of DoorToNeedle <= 60 min
`;

interface Edit {
  readonly message: string;
  readonly file?: 'region.pathway';
  readonly from: string | RegExp;
  readonly to: string;
}

const EDITS: readonly Edit[] = [
  {
    message: 'Lay out anew and say why',
    from: 'pathway StrokeCare',
    to: '// As agreed in spring.\n\npathway StrokeCare',
  },
  { message: 'Call the transport what everybody calls it', from: /Transport/g, to: 'Conveyance' },
  {
    message: 'Review after discharge from the ward',
    from: '    step Review { by 1 Physician  takes 20 min }\n  }',
    to: '  }\n  step Review { by 1 Physician  takes 20 min }',
  },
  { message: 'Drop the call ahead', from: '    handover to Hospital by phone\n', to: '' },
  { message: 'Two more beds', file: 'region.pathway', from: 'count 10', to: 'count 12' },
  { message: 'Give lysis more time', from: 'within 60 min', to: 'within 90 min' },
  { message: 'Promise less', from: 'DoorToNeedle <= 60 min', to: 'DoorToNeedle <= 90 min' },
  { message: 'See more patients again', from: '8% {', to: '12% {' },
  { message: 'Fewer nurses on duty', file: 'region.pathway', from: 'on duty 4', to: 'on duty 3' },
  { message: 'More patients come', from: 'exponential(1.2 d)', to: 'exponential(1 d)' },
  { message: 'Lysis without a physician', from: 'by 1 Physician, 1 Nurse', to: 'by 1 Nurse' },
  { message: 'Write the time target in hours', from: 'within 90 min', to: 'within 1.5 h' },
  { message: 'Take the follow-up away', from: /\npathway FollowUp[\s\S]*?\n}\n|call FollowUp/g, to: '' },
  { message: 'Scan before lysis', from: '  step Lysis', to: '  step Scan { takes 15 min }\n  step Lysis' },
];

function apply(made: TestRepository, { file: named, from, to, message }: Edit): void {
  const file = named ?? 'care.pathway';
  const text = readFileSync(join(made.folder, file), 'utf8');
  const changed = text.replace(from, () => to);
  expect(changed, message).not.toBe(text);
  made.write(file, changed);
  made.commit(message);
}

test('a repository with realistic changes, and what the tool says of each', { timeout: 240_000 }, async () => {
  const made = repository({ 'region.pathway': REGION, 'care.pathway': CARE });
  const told: string[] = [];
  for (const edit of EDITS) {
    apply(made, edit);
    const { out, err, exitCode } = await runCli(['diff', '--from', 'HEAD~1', '--to', 'HEAD'], { cwd: made.folder });
    expect([0, 2], err).toContain(exitCode);
    told.push(`## ${edit.message}\n\nEnds with ${exitCode}.\n\n${out.trimEnd()}\n`);
  }
  const edited = (from: string, to: string): string => CARE.replace(from, to);
  const names = { ours: 'main', theirs: 'surge' };
  const apart = mergeTexts(
    CARE,
    edited('takes 28 min', 'takes 25 min'),
    edited('by 2 Paramedic', 'by 3 Paramedic'),
    names,
  );
  const clash = mergeTexts(CARE, edited('takes 28 min', 'takes 25 min'), edited('takes 28 min', 'takes 35 min'), names);
  told.push(
    `## Two people edit different lines of one step at once\n\n${apart?.conflicts.length === 0 ? 'No conflict.' : 'A conflict.'}\n`,
  );
  told.push(`## Two people edit the same duration at once\n\n${clash?.conflicts.join('\n') ?? ''}\n`);
  await expect(told.join('\n')).toMatchFileSnapshot('goldens/demonstration.txt');
});
