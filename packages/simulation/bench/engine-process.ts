import type { Engine } from '../src/engine/engine.js';
import { typescriptEngine } from '../src/engine/typescript.js';
import { webAssemblyEngine } from '../src/engine/webassembly.js';
import type { SimulationInput } from '../src/index.js';
import { runReplication } from '../src/study/replication.js';
import { census, indicator, input } from '../test/build.js';
import { mmc, network, networks } from './models.js';
import { CUSTOMERS, NETWORK_DAYS, NETWORKS, NETWORKS_DAYS } from './length-of-race.js';
import { ASKED, type Asked, BUILDS, type Build, RACES, type Race } from './own-engine.js';

// A process that runs one build of the engine on one model: its arguments say which, each message is a round to run, and it
// answers with million events per CPU second.

const DAY = 86_400;

function compiled(race: Race): SimulationInput {
  if (race === 'queue') {
    const inUse = indicator('InUse', { kind: 'value', value: census('R') });
    const waiting = indicator('Waiting', {
      kind: 'value',
      value: { kind: 'queue', target: { kind: 'resource', resource: 'R' } },
    });
    return input({ ...mmc(), indicators: [inUse, waiting] }, { run: CUSTOMERS });
  }
  const stay = indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } });
  return race === 'network'
    ? input({ ...network(), indicators: [stay] }, { run: NETWORK_DAYS * DAY })
    : input({ ...networks(NETWORKS), indicators: [stay] }, { run: NETWORKS_DAYS * DAY });
}

function asking(whole: SimulationInput, asked: Asked): SimulationInput {
  switch (asked) {
    case 'nothing':
      return { ...whole, indicators: [] };
    case 'indicators':
      return whole;
    case 'indicators alone':
      // As a search has it run: what its indicators do not look at is not counted.
      return { ...whole, reads: { indicators: whole.indicators.map((_, i) => i), expectations: false } };
  }
}

/** An event is an arrival or a delay that ended, for everybody. */
function speed(model: SimulationInput, engine: Engine, round: number): number {
  const start = process.cpuUsage();
  const result = runReplication(model, round, undefined, engine);
  const { user, system } = process.cpuUsage(start);
  const arrivals = result.flows.reduce((sum, flow) => sum + flow.arrivals, 0);
  const steps = result.activities.filter((_, i) => model.activities[i]?.kind === 'step');
  return (arrivals + steps.reduce((sum, step) => sum + step.completions, 0)) / (user + system);
}

function named<T extends string>(names: readonly T[], index: number): T {
  const found = names.find((name) => name === process.argv[index]);
  if (found === undefined) throw new Error(`argument ${index - 1} is one of: ${names.join(', ')}`);
  return found;
}

const engines: Readonly<Record<Build, Engine>> = { WebAssembly: webAssemblyEngine, TypeScript: typescriptEngine };
const engine = engines[named(BUILDS, 2)];
const model = asking(compiled(named(RACES, 3)), named(ASKED, 4));
process.on('message', (round) => {
  process.send?.(speed(model, engine, Number(round)));
});
