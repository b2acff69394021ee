import { describe, expect, test } from 'vitest';
import { calibrate } from '../src/calibrate.js';
import { discoveredText } from '../src/write/discovered-text.js';
import { calibrated, simulatedLog } from './simulated.js';
import { readCsv, readXes } from './logs.js';

const textOf = async (log: string): Promise<string> =>
  discoveredText(await calibrated(log), { title: 'Log', name: 'Care', waits: true });

describe('calibrating a log of a known process', () => {
  test('durations, waits, shares and the rate come back within their intervals', async () => {
    const { steps, replay, arrivals, stay } = await calibrated(simulatedLog());
    const of = (activity: string) => steps.find((step) => step.activity === activity)!;
    expect(of('Register').duration!.law).toMatchObject({ family: 'constant', mean: 300 });
    const scan = of('CT scan').duration!;
    expect(['gamma', 'erlang']).toContain(scan.law.family);
    expect(scan.meanInterval.low).toBeLessThan(1200);
    expect(scan.meanInterval.high).toBeGreaterThan(1200);
    const wait = of('CT scan').wait!;
    expect(wait.law.family).toBe('exponential');
    expect(wait.meanInterval.low).toBeLessThan(1800);
    expect(wait.meanInterval.high).toBeGreaterThan(1800);
    expect(of('Stay').duration!.law.family).toBe('lognormal');
    expect(of('Stay').duration!.law.mean / 86_400).toBeCloseTo(5, 0);
    expect(of('Stay').duration!.law.sd / of('Stay').duration!.law.mean).toBeCloseTo(Math.sqrt(Math.expm1(0.25)), 1);
    const [counts] = [...replay.choices.values()];
    expect(counts!.reduce((sum, each) => sum + each, 0)).toBe(800);
    expect(counts![0]! / 800).toBeCloseTo(0.3, 1);
    expect(arrivals!.perDayInterval.low).toBeLessThan(8);
    expect(arrivals!.perDayInterval.high).toBeGreaterThan(8);
    expect(arrivals!.poisson).toBe(true);
    expect(replay).toMatchObject({ fitness: 1, perfect: 800, notAligned: 0 });
    expect(stay.interval.low).toBeLessThan(stay.mean);
  });

  test('without starts a step takes all the time since the one before', async () => {
    const { steps } = await calibrated(simulatedLog({ starts: false }));
    const scan = steps.find(({ activity }) => activity === 'CT scan')!;
    expect(scan).toMatchObject({ measures: 'elapsed', wait: undefined });
    expect(scan.duration!.mean).toBeGreaterThan(2800);
    expect(scan.duration!.mean).toBeLessThan(3200);
  });

  test('requests tell how long people queue', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => {
      const at = (minutes: number): string => new Date(Date.UTC(2026, 0, 5, i, minutes)).toISOString();
      return [`${i},A,request,${at(0)}`, `${i},A,start,${at(5 + (i % 3))}`, `${i},A,complete,${at(20)}`].join('\n');
    });
    const { steps } = await calibrated(`case,activity,lifecycle,time\n${rows.join('\n')}\n`);
    expect(steps[0]!.queue!.mean).toBeCloseTo(60 * (5 + 39 / 40), 6);
  });

  test('starts without an end and ends without a start are counted', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => {
      const at = (hour: number): string => new Date(Date.UTC(2026, 0, 5 + i, hour)).toISOString();
      return [
        `${i},A,start,${at(1)}`,
        ...(i === 3 ? [] : [`${i},A,complete,${at(2)}`]),
        `${i},B,complete,${at(4)}`,
      ].join('\n');
    });
    const { facts } = await calibrated(`case,activity,lifecycle,time\n${rows.join('\n')}\n9,A,complete,2026-02-01\n`);
    expect(facts).toMatchObject({ startsWithoutEnd: 1, endsWithoutStart: 1 });
  });

  test('CSV and XES of the same events give the same text', async () => {
    const csv = simulatedLog({ cases: 60, starts: false });
    const traces = new Map<string, string[]>();
    for (const row of csv.trim().split('\n').slice(1)) {
      const [id = '', activity = '', time = ''] = row.split(',');
      const list = traces.get(id) ?? [];
      traces.set(id, list);
      list.push(
        `<event><string key="concept:name" value="${activity}"/><date key="time:timestamp" value="${time}"/></event>`,
      );
    }
    const xes = `<log>${[...traces.values()].map((events) => `<trace>${events.join('')}</trace>`).join('')}</log>`;
    const options = { title: 'Log', name: 'Care', waits: true };
    expect(discoveredText(calibrate(await readXes(xes)), options)).toBe(
      discoveredText(calibrate(await readCsv(csv)), options),
    );
  });

  test('the order of the rows does not change a byte', async () => {
    const [heading = '', ...rows] = simulatedLog({ cases: 120 }).trim().split('\n');
    const byActivity = [...rows].sort((a, b) => (a.split(',')[1]! < b.split(',')[1]! ? -1 : 1));
    expect(await textOf(`${heading}\n${byActivity.join('\n')}`)).toBe(await textOf(`${heading}\n${rows.join('\n')}`));
  });

  test('cases that the end of the log may have cut off are counted, and told of', async () => {
    // One case an hour for 100 h, of which all but one in ten last an hour, the others ten: the last ten may not be over.
    const rows = Array.from({ length: 100 }, (_, i) => {
      const at = (hours: number): string => new Date(Date.UTC(2026, 0, 5, i + hours)).toISOString();
      return `${i},A,${at(0)},${at(i % 10 === 0 ? 10 : 1)}`;
    });
    const log = `case,activity,start,end\n${rows.join('\n')}\n`;
    const { stay } = await calibrated(log);
    expect(stay).toMatchObject({ long: 36_000, late: 9 });
    expect(await textOf(log)).not.toContain('may not be over');
    const more = `${log}a,A,2026-01-09 02:30,2026-01-09 03:00\n`;
    expect((await calibrated(more)).stay.late).toBe(10);
    expect((await textOf(more)).replaceAll(/\n *\/\/ /g, ' ')).toContain(
      '10 cases began in the last 10 h of the log, a time that one case in twenty exceeds, and may not be over in it',
    );
  });

  test('a log of a few cases is refused', async () => {
    await expect(calibrated(simulatedLog({ cases: 9 }))).rejects.toThrow(
      'The log has 9 cases; at least 10 are needed.',
    );
    await expect(calibrated('case,activity,time\n')).rejects.toThrow('The log has 0 cases');
    const alone = Array.from({ length: 20 }, (_, i) => `${i},activity ${i},2026-01-0${1 + (i % 9)}`).join('\n');
    await expect(calibrated(`case,activity,time\n${alone}\n`)).rejects.toThrow('No activity is shared by 10 cases.');
  });
});
