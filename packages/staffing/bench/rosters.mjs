// Solves the published instances of Curtois and Qu (2014), and one of 500 people, and prints a table:
// what came of it, the best value known, the bound, the gap and the CPU seconds, beside plain HiGHS where asked for.
//
//   PATHWAY_ROSTER_INSTANCES=/folder/of/InstanceN.txt node packages/staffing/bench/rosters.mjs [--seeds 5] [--plain] [numbers]
//
// With --wards it makes rosters of a ward of 30 and a hospital of 500 people, and of a ward with shifts in half hours.
// With --replan it repairs the roster of 500 people of whom a tenth are absent for a week.
// With --cover it shares out the people of 10 sites and 15 roles on 84 shifts.
import { fileURLToPath } from 'node:url';
import { rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
// A name of its own, so that two runs at once do not take each other's away.
const BUNDLE = `${FOLDER}.rosters.${process.pid}.bundle.mjs`;

const bench = process.argv.includes('--replan') ? 'replan' : process.argv.includes('--cover') ? 'skill-mix' : 'rosters';
const { outputFiles } = await build({
  entryPoints: [`${FOLDER}/${bench}.ts`],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['highs'],
});
writeFileSync(BUNDLE, outputFiles[0].contents);
try {
  const { run } = await import(BUNDLE);
  await run(process.argv.slice(2));
} finally {
  rmSync(BUNDLE, { force: true });
}
