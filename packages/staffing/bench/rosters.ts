import { evaluateRoster } from '../src/roster/evaluate-roster.js';
import { loadSolver } from '../src/roster/load-solver.js';
import type { RosterProblem } from '../src/roster/problem.js';
import { solveRoster } from '../src/roster/solve-roster.js';
import { plainHighs } from './flow-model.js';
import { ward, wardOfHalfHours } from './wards.js';
import { BEST_KNOWN, INSTANCES, publishedInstance, tenfold } from './published-instance.js';

/** Units of effort, which are about CPU seconds. */
const EFFORT = 60;
const LONGER: Readonly<Record<number, number>> = { 12: 120, 14: 120 };
const PLAIN_SECONDS = 60;

interface Row {
  readonly name: string;
  readonly problem: RosterProblem;
  /** Absent where nobody else has published one. */
  readonly bestKnown?: number;
  readonly effort: number;
}

/** Prints the table. */
export async function run(args: readonly string[]): Promise<void> {
  const wards = args.includes('--wards');
  if (INSTANCES === '' && !wards) {
    console.log(
      'The published instances are not here: set PATHWAY_ROSTER_INSTANCES to the folder with Instance1.txt …',
    );
    return;
  }
  const seeds = args.includes('--seeds') ? Number(args[args.indexOf('--seeds') + 1]) : 1;
  const plain = args.includes('--plain');
  const numbers = args.filter((each, index) => /^\d+$/.test(each) && args[index - 1] !== '--seeds').map(Number);
  console.log('instance     ours   best known   bound    gap      proved   CPU s   to 1 %   plain HiGHS, 60 s');
  for (const row of wards ? wardRows() : rows(numbers)) await measure(row, seeds, plain);
}

/** A ward and a hospital with three shifts, and a ward whose shifts are counted in half hours. */
function wardRows(): readonly Row[] {
  return [
    { name: '30 people', problem: ward(30), effort: EFFORT },
    { name: '30, half hours', problem: wardOfHalfHours(30), effort: EFFORT },
    { name: '500 people', problem: ward(500), effort: EFFORT },
  ];
}

function rows(numbers: readonly number[]): readonly Row[] {
  const wanted = numbers.length > 0 ? numbers : [...Object.keys(BEST_KNOWN).map(Number), 500];
  return wanted.map((number) => {
    if (number === 500)
      return { name: '500 people', problem: tenfold(publishedInstance(11)), bestKnown: 34430, effort: EFFORT };
    return {
      name: String(number),
      problem: publishedInstance(number),
      bestKnown: BEST_KNOWN[number]!,
      effort: LONGER[number] ?? EFFORT,
    };
  });
}

async function measure(row: Row, seeds: number, plain: boolean): Promise<void> {
  const results = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const highs = await loadSolver();
    const start = process.cpuUsage();
    const cpu = (): number => {
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    let first = Infinity;
    let near = Infinity;
    const solution = solveRoster(highs, row.problem, {
      seed,
      effort: row.effort,
      onProgress: ({ cost, bound }) => {
        first = Math.min(first, cpu());
        if (bound !== undefined && cost <= bound * 1.01) near = Math.min(near, cpu());
      },
    });
    const seconds = cpu();
    const checked = evaluateRoster(row.problem, solution.roster);
    if (checked.violations.length > 0 || Math.abs(checked.cost - solution.cost) > 1e-6)
      throw new Error(`${row.name}: the roster does not hold what the solver says of it`);
    results.push({ ...solution, seconds, near });
  }
  results.sort((a, b) => a.cost - b.cost || a.seconds - b.seconds);
  const median = results[Math.floor((results.length - 1) / 2)]!;
  const beside =
    plain && row.problem.people.length <= 60 ? plainHighs(await loadSolver(), row.problem, PLAIN_SECONDS) : undefined;
  const cells = [
    row.name.padEnd(11),
    String(median.cost).padStart(6),
    String(row.bestKnown ?? '–').padStart(11),
    String(median.bound).padStart(9),
    `${(100 * median.gap).toFixed(2)} %`.padStart(8),
    (median.optimal ? 'yes' : 'no').padStart(8),
    median.seconds.toFixed(1).padStart(8),
    (median.near < Infinity ? median.near.toFixed(1) : '–').padStart(8),
    beside === undefined
      ? plain
        ? 'none'
        : ''
      : `${Math.round(beside)} (${(beside / median.cost).toFixed(2)} × ours)`,
  ];
  console.log(cells.join('  '));
}
