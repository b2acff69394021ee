import type { Model, Patch, Response, Scenario, Trigger } from '@pathway/model';
import { HERE, model, n, step } from '../test/build.js';
import { compileInput, type SimulationInput } from '../src/index.js';
import { runReplication } from '../src/study/replication.js';
import { network } from './models.js';

const DAY = 86_400;
const ROUNDS = 5;

const declared = (id: string) => ({ id, name: id, origin: HERE });

const isFull = (limit: number): Trigger['fires'] => ({
  kind: 'condition',
  when: {
    kind: 'operation',
    operator: '>',
    left: { kind: 'state', measure: 'occupancy', of: 'Cubicle' },
    right: { kind: 'constant', value: n(limit) },
  },
});

/** A response on a trigger, which the occupancy of the cubicles fires above a limit. */
function plan(limit: number, patches: readonly Patch[]): Partial<Model> {
  const trigger: Trigger = {
    ...declared('Full'),
    fires: isFull(limit),
    until: { kind: 'not', operand: { kind: 'state', measure: 'occupancy', of: 'Cubicle' } },
  };
  const response: Response = {
    ...declared('Plan'),
    pathway: 'P',
    activations: [{ kind: 'trigger', trigger: 'Full', origin: HERE }],
    patches,
    recovery: { after: [] },
    cards: [],
  };
  const scenario: Scenario = { ...declared('With'), basedOn: [], overrides: [], crises: [], responses: ['Plan'] };
  return { triggers: [trigger], responses: [response], scenarios: [scenario] };
}

const base = { id: 'Plan.#1', origin: HERE };
const MORE: readonly Patch[] = [
  { ...base, kind: 'add', resource: 'Cubicle', amount: n(4) },
  { ...base, id: 'Plan.#2', kind: 'add', resource: 'Doctor', amount: n(1) },
];
const WAYS: readonly Patch[] = [
  { ...base, kind: 'insert', where: 'before', place: 'P.Register', with: [step('Greet', 60)] },
  { ...base, id: 'Plan.#2', kind: 'change', place: 'P.Review', relaxes: false, to: { takes: n(600) } },
];

/** How much slower the network runs with a response at hand, in force never and nearly always; CPU time, beside it alone. */
export function crisisRatios(): string[] {
  const input = (parts: Partial<Model>, scenario: string): SimulationInput =>
    compileInput(model({ ...network(), ...parts }, { run: 200 * DAY }), 'S', scenario);
  const contestants = [
    { name: 'the network alone', input: input({}, '') },
    { name: 'more capacity, never in force', input: input(plan(2, MORE), 'With') },
    { name: 'more capacity, in force from the first on', input: input(plan(0, MORE), 'With') },
    { name: 'other ways, never in force', input: input(plan(2, WAYS), 'With') },
    { name: 'other ways, in force from the first on', input: input(plan(0, WAYS), 'With') },
  ];
  const speeds = contestants.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    contestants.forEach((each, i) => {
      const start = process.cpuUsage();
      const { events } = runReplication(each.input, round);
      const { user, system } = process.cpuUsage(start);
      if (round > 0) speeds[i]?.push(events / (user + system));
    });
  }
  const medians = speeds.map((own) => own.toSorted((a, b) => a - b)[Math.floor(own.length / 2)] ?? Number.NaN);
  return [
    '',
    `${'responses on the urgent-care network'.padEnd(44)}${'M events/s'.padStart(12)}${'to it alone'.padStart(13)}`,
    ...contestants.map(
      ({ name }, i) =>
        `${name.padEnd(44)}${medians[i]!.toFixed(3).padStart(12)}${(medians[i]! / medians[0]!).toFixed(2).padStart(13)}`,
    ),
  ];
}
