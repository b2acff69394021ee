import { compileProject, createProjectReader, findProject } from '@pathway/compiler';
import type { Model } from '@pathway/model';
import { compileInput, simulateStudy, traceReplication } from '@pathway/simulation';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { runCli, temporaryFolder } from '../run-cli.js';

const WARD = `organisation Hospital { sector hospital }
resource Scanner { at Hospital  kind stuff  count 1 }
resource Bed { at Hospital  kind space  count 9 }
cohort Stroke "Stroke" { arrives every exponential(3 h) }
pathway Care "Stroke care" for Stroke {
  owner Hospital
  step Triage { takes gamma(mean 20 min, sd 10 min) }
  step Scan "CT scan" { uses 1 Scanner  takes lognormal(mean 90 min, sd 40 min) }
  choose Way {
    30% as Treated {
      step Lysis { takes 60 min }
    }
    otherwise { }
  }
  hold 1 Bed as Ward {
    repeat again with 40% {
      step Visit { takes exponential(5 h) }
    }
  }
  finish Home
}
indicator ScanWait "Wait for the scanner" { wait for Scan  aim experience }
indicator Stay "Time in care" { time from arrival to exit  aim experience }
indicator Treatments "Treated" { value starts(Lysis) / arrivals(Stroke)  aim health }
scenario Today "Today" { }
study Year "A year" {
  compare Today
  from 2026-01-05 00:00
  run 365 d after 30 d warm-up
  replicate 8 times
  seed 7
}
`;

async function modelOf(folder: string, file?: string): Promise<Model> {
  const project = await findProject(file, folder);
  const { model, diagnostics } = await compileProject(project, createProjectReader(project));
  expect(diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
  return model!;
}

/** The event log of a replication as CSV, with the transitions that the simulation tells of steps. */
function logOf(model: Model): string {
  const study = model.studies[0]!;
  const words = { request: 'schedule', start: 'start', end: 'complete' } as const;
  const begin = Date.parse(`${study.start}Z`);
  const rows = traceReplication(compileInput(model, study.id, study.scenarios[0] ?? ''), 0).flatMap((row) => {
    if (row.what !== 'request' && row.what !== 'start' && row.what !== 'end') return [];
    if (row.subject === 'Care.Ward') return []; // a hold, not a step
    const time = new Date(begin + row.time * 1000).toISOString();
    return [`${row.patient},${row.subject.replace('Care.', '')},${words[row.what]},${time}`];
  });
  return `case,activity,lifecycle,time\n${rows.join('\n')}\n`;
}

async function simulated(model: Model): Promise<ReadonlyMap<string, number>> {
  const results = await simulateStudy(model, model.studies[0]!.id);
  return new Map(results.scenarios[0]!.indicators.map((each) => [each.indicator, each.estimate.mean]));
}

const SMALL = `case;activity;time
${Array.from({ length: 30 }, (_, i) => `${i};A;2026-01-${String(1 + i).padStart(2, '0')} 09:00:00\n${i};B;2026-01-${String(1 + i).padStart(2, '0')} 1${i % 7}:00:00`).join('\n')}
`;

describe('pathway calibrate', () => {
  test(
    'a simulated log calibrates back to its pathway, which then behaves as before',
    { timeout: 60_000 },
    async () => {
      const cwd = temporaryFolder({ 'ward/ward.pathway': WARD });
      const model = await modelOf(join(cwd, 'ward'));
      writeFileSync(join(cwd, 'log.csv'), logOf(model));
      const args = ['calibrate', 'log.csv', '--pathway', 'ward/ward.pathway#Care', '--map', 'Scan=Scan'];
      const { exitCode, out, err } = await runCli([...args, '--out', 'ward/from-log.pathway', '--report', 'fit.json'], {
        cwd,
      });
      expect({ exitCode, out }, err).toEqual({ exitCode: 0, out: '' });
      expect(err).toContain('fitness 100.0 %.');
      const text = readFileSync(join(cwd, 'ward/from-log.pathway'), 'utf8');
      expect(text).toContain('import "./ward.pathway"');
      // Each number says what it may also be, so that a study can ask how much that matters.
      expect(text).toMatch(
        /^number ArrivalsADay "Arrivals a day" = [78](\.\d+)? per day uncertain from \S+ per day to /m,
      );
      expect(text).toMatch(/^number TriageMean .* = (19|20|21)(\.\d)? min uncertain from \S+ min to \S+ min source /m);
      expect(text).toMatch(/^number VisitMean .* = (4\.[89]\d?|5(\.[01]\d?)?) h uncertain from /m);
      expect(text).toMatch(
        /^number TreatedShare .* = (2[89]|3[01])(\.\d)?% uncertain from \S+% to \S+% source EventLog$/m,
      );
      expect(text).toContain('set Stroke.arrives = ArrivalsADay\n');
      expect(text).toMatch(/set Care\.Triage\.takes = (TriageMean \/ \S+ min \* gamma\(|erlang\(4, TriageMean\))/);
      expect(text).toMatch(/set Care\.Scan\.takes = ScanMean \/ (\S+ (h|min)) \* lognormal\(mean \1,/);
      expect(text).toContain('set Care.Lysis.takes = 60 min');
      expect(text).toContain('set Care.Visit.takes = exponential(VisitMean)\n');
      expect(text).toContain('set Care.Treated = TreatedShare\n');
      expect(text).toMatch(/Another round of Care\.#\d: (39|40|41)/);

      const again = WARD.slice(WARD.indexOf('study Year')).replace('Today', 'AsInTheLog');
      writeFileSync(join(cwd, 'ward/again.pathway'), `import "./from-log.pathway"\n${again.replace('Year', 'Again')}`);
      const before = await simulated(model);
      const after = await simulated(await modelOf(join(cwd, 'ward'), 'again.pathway'));
      // Chance in a log of three thousand patients, and in eight years of simulation; waits are the most sensitive.
      expect(after.get('Stay')! / before.get('Stay')!).toBeCloseTo(1, 1);
      expect(after.get('Treatments')!).toBeCloseTo(before.get('Treatments')!, 1);
      expect(Math.abs(after.get('ScanWait')! / before.get('ScanWait')! - 1)).toBeLessThan(0.15);
    },
  );

  test(
    'a pathway discovered from a log compiles without a finding and takes as long as the log',
    { timeout: 60_000 },
    async () => {
      const cwd = temporaryFolder({ 'ward/ward.pathway': WARD });
      writeFileSync(join(cwd, 'log.csv'), logOf(await modelOf(join(cwd, 'ward'))));
      const { exitCode, err } = await runCli(
        ['calibrate', 'log.csv', '--name', 'Found', '--out', 'found/found.pathway'],
        { cwd },
      );
      expect(exitCode, err).toBe(0);
      const folder = join(cwd, 'found');
      expect((await runCli(['format', '--check'], { cwd: folder })).exitCode).toBe(0);
      expect(await runCli(['check'], { cwd: folder })).toMatchObject({ exitCode: 0, err: 'No problems in 1 file.\n' });
      const text = readFileSync(join(folder, 'found.pathway'), 'utf8');
      const order = [...text.matchAll(/^ *(?:\d.*)?step (\w+)/gm)].map(([, name]) => name);
      expect(order).toEqual(
        ['Triage', 'BeforeScan', 'Scan', 'Lysis', 'BeforeVisit', 'Visit'].filter((name) => order.includes(name)),
      );
      expect(order).toContain('BeforeScan');
      const found = await simulated(await modelOf(folder));
      const before = await simulated(await modelOf(join(cwd, 'ward')));
      expect(found.get('TimeInCare')! / before.get('Stay')!).toBeCloseTo(1, 1);
    },
  );

  test('reads packed logs, and writes the same bytes each time', async () => {
    const cwd = temporaryFolder({ 'log.csv': SMALL, 'log.csv.gz': gzipSync(SMALL) });
    const plain = await runCli(['calibrate', 'log.csv', '--quiet'], { cwd });
    const packed = await runCli(['calibrate', 'log.csv.gz', '--quiet'], { cwd });
    expect(plain).toMatchObject({ exitCode: 0, err: '' });
    const withoutDigest = (text: string): string => text.replace(/SHA-256 [0-9a-f]{64}/, '');
    expect(withoutDigest(packed.out)).toBe(withoutDigest(plain.out));
    expect((await runCli(['calibrate', 'log.csv', '--quiet'], { cwd })).out).toBe(plain.out);
  });

  test('writes reports for people and for programs', async () => {
    const cwd = temporaryFolder({ 'log.csv': SMALL });
    for (const [file, begins] of [
      ['fit.html', '<!doctype html>'],
      ['fit.md', '# What the log says'],
      ['fit.json', '{\n  "format": "pathway-calibration"'],
    ] as const) {
      const { exitCode, err } = await runCli(['calibrate', 'log.csv', '--out', 'a.pathway', '--report', file], { cwd });
      expect(exitCode).toBe(0);
      expect(err).toContain(`Wrote ${file}.`);
      expect(readFileSync(join(cwd, file), 'utf8').startsWith(begins)).toBe(true);
    }
  });

  test('the clocks of a zone reach the text', async () => {
    const cwd = temporaryFolder({ 'log.csv': SMALL });
    const { out } = await runCli(['calibrate', 'log.csv', '--timezone', 'Europe/London'], { cwd });
    expect(out).toContain('timezone "Europe/London"');
  });

  test.each<[string, readonly string[], string]>([
    ['a log that does not exist', ['no.csv'], 'error: no.csv does not exist.'],
    ['a folder', ['.'], 'error: . is not a file.'],
    [
      'a column that does not exist',
      ['log.csv', '--case', 'caze'],
      'error: log.csv:1: There is no column "caze"; did you mean "case"?',
    ],
    [
      'a packed log that is cut off',
      ['cut.csv.gz'],
      'error: cut.csv.gz cannot be unpacked: it is broken or not complete.',
    ],
    [
      'a broken row',
      ['broken.csv'],
      'error: broken.csv:3:3: The column "time" has no time here but something like `aaa aaa`.',
    ],
    [
      'XES that is none',
      ['log.csv', '--format', 'xes'],
      'error: log.csv:62:1: The XML is not well formed: text data outside of root node.',
    ],
    ['a zone that does not exist', ['log.csv', '--timezone', 'Mars'], 'error: log.csv: The time zone does not exist.'],
    [
      'a report of no known kind',
      ['log.csv', '--report', 'fit.pdf'],
      'error: fit.pdf is no report that can be written.',
    ],
    ['a threshold of one', ['log.csv', '--threshold', '1'], 'error: The threshold must be at least 2.'],
    [
      'a threshold above the log',
      ['log.csv', '--threshold', '31'],
      'error: log.csv: The log has 30 cases; at least 31 are needed.',
    ],
    ['noise of everything', ['log.csv', '--noise', '100%'], 'It must be a share from 0% to below 100%.'],
    [
      'a pathway that does not exist',
      ['log.csv', '--pathway', 'ward.pathway#Car'],
      'error: There is no pathway Car; did you mean Care?',
    ],
    [
      'a step that does not exist',
      ['log.csv', '--pathway', 'ward.pathway', '--map', 'A=Triag'],
      'error: The pathway has no step Triag; did you mean Triage?',
    ],
    [
      'an activity that does not exist',
      ['log.csv', '--pathway', 'ward.pathway', '--map', 'AA=Triage'],
      'error: log.csv: It has no activity "AA"; did you mean "A"?',
    ],
    [
      'a map that is none',
      ['log.csv', '--pathway', 'ward.pathway', '--map', 'Triage'],
      'error: --map needs an activity and a step.',
    ],
    [
      'a log of something else',
      ['log.csv', '--pathway', 'ward.pathway'],
      'error: log.csv: No step of the pathway is named like an activity of the log.',
    ],
  ])('%s ends with a message and 2, and nothing is written', async (_what, args, message) => {
    const cwd = temporaryFolder({
      'log.csv': SMALL,
      'cut.csv.gz': gzipSync(SMALL).subarray(0, 60),
      'broken.csv': 'case,activity,time\n1,A,2026-01-01\n2,A,Ann Lee\n',
      'ward.pathway': WARD,
    });
    const { exitCode, out, err } = await runCli(['calibrate', ...args, '--out', 'made.pathway'], { cwd });
    expect({ exitCode, out }, err).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/error of its own|Ann Lee/);
    expect(existsSync(join(cwd, 'made.pathway'))).toBe(false);
  });

  test('a pathway with `go to` cannot be compared, and the message says what to write instead', async () => {
    const back = WARD.replace('finish Home', 'choose { 5% { go to Triage } otherwise { } }\n  finish Home');
    const cwd = temporaryFolder({ 'ward.pathway': back, 'log.csv': SMALL.replaceAll(';A;', ';Triage;') });
    const { exitCode, err } = await runCli(['calibrate', 'log.csv', '--pathway', 'ward.pathway'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('A pathway with `go to` cannot be compared with a log.');
  });
});
