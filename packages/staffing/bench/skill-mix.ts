import { loadSolver } from '../src/roster/load-solver.js';
import { coverSkillMix } from '../src/skills/cover-skill-mix.js';
import { region } from './regions.js';

const SITES = 10;
const ROLES = 15;
const DAYS = 28;
const SEEDS = [1, 2, 3];

/** Prints how long it takes to cover 150 roles at sites on 84 shifts, and how near to its bound that comes. */
export async function run(): Promise<void> {
  const highs = await loadSolver();
  console.log('people wanted   short    lent   stand in   cost   bound    gap      CPU s');
  for (const seed of SEEDS) {
    const problem = region(SITES, ROLES, DAYS, seed);
    const start = process.cpuUsage();
    const { moves, short, cost, bound } = coverSkillMix(highs, problem);
    const { user, system } = process.cpuUsage(start);
    const peopleOf = (kind: string): number =>
      moves.reduce((sum, { match, people }) => sum + (problem.matches[match]!.kind === kind ? people : 0), 0);
    const cells = [
      String(problem.needs.reduce((sum, { required }) => sum + required, 0)).padStart(13),
      short
        .reduce((sum, people) => sum + people, 0)
        .toFixed(0)
        .padStart(6),
      String(peopleOf('lent')).padStart(6),
      String(peopleOf('substitute')).padStart(8),
      cost.toFixed(0),
      bound.toFixed(0),
      `${((100 * (cost - bound)) / cost).toFixed(2)} %`,
      ((user + system) / 1e6).toFixed(1).padStart(6),
    ];
    console.log(cells.join('  '));
  }
}
