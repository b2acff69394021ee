import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSTRUCTS, ENGINES, type Support } from '@pathway/interchange';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const WARD = `organisation Hospital { sector hospital }
resource Bed { at Hospital  kind space  count 3 }
cohort Stroke "Stroke" { arrives every exponential(3 h) }
pathway Care "Stroke care" for Stroke {
  owner Hospital
  hold 1 Bed as Ward { step Stay { takes exponential(5 h) } }
  finish Home
}
crisis Wave { from day 2 for 3 d  arrivals of Stroke +50% }
indicator Stay "Time in care" { time from arrival to exit  aim experience }
scenario Today { }
scenario Surge { crisis Wave }
study Month "A month" { compare Today, Surge  from 2026-03-20 00:00  run 30 d  replicate 4 times  seed 7 }
`;

describe('pathway export of programs', () => {
  test('writes one that reads like the pathway, the same again, with the seed that is asked for', async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    const args = ['export', '--to', 'simpy'];
    const { exitCode, out, err } = await runCli(args, { cwd });
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain("yield from p.take('Ward', (1, BED))");
    expect(out).toContain("yield from p.work('Stay', exponential(5 * HOUR))");
    expect(out).toContain('REPLICATIONS = 4\nSEED = 7\n');
    expect(out).toContain('All of the model is represented.');
    expect(await runCli(args, { cwd })).toEqual({ exitCode, out, err });
    expect((await runCli([...args, '--seed', '9'], { cwd })).out).toContain('SEED = 9');
  });

  test('refuses what would be another model, and tells what differs where that is wanted', async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    const args = ['export', '--to', 'simpy', '--scenario', 'Surge', '--out', 'ward.py'];
    const refused = await runCli(args, { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain('crises and responses: arrivals of Stroke');
    expect(refused.err).toContain('--partial');
    const partial = await runCli([...args, '--partial'], { cwd });
    expect(partial.exitCode).toBe(0);
    expect(partial.err).toContain('crises and responses: arrivals of Stroke');
    expect(readFileSync(join(cwd, 'ward.py'), 'utf8')).toContain('Not represented:');
  });
});

test('the documentation says of each construct what programs do', () => {
  const page = readFileSync(new URL('../../../../docs/exchange.md', import.meta.url), 'utf8');
  const cell = (support: Support): string => {
    if (support === 'said') return 'yes';
    if (support === 'refused') return 'no';
    if ('where' in support) return `where: ${support.where}`;
    return 'instead' in support ? `\`--partial\`: ${support.instead}` : support.unshown;
  };
  for (const [construct, supports] of Object.entries(CONSTRUCTS))
    expect(page).toContain(`| ${construct} | ${ENGINES.map((engine) => cell(supports[engine])).join(' | ')} |`);
});
