import type { InputExpression, InputMeasure, Instruction, SimulationInput } from '@pathway/simulation';
import { type Construct, CONSTRUCTS } from './constructs.js';
import { formulaParts, isMoneyOrTime, partsOf } from './expression-parts.js';
import { asksWhileKeeping, givesUpBesideKept } from './kept-units.js';
import { leadsIntoTheMidst } from './pathway-sections.js';

/** A construct that an input uses, with the first places that do, by title and origin. */
interface UsedConstruct {
  readonly construct: Construct;
  readonly places: readonly string[];
}

const MOST_PLACES = 5;

/** Every construct that a simulation input uses, in the order of the table. */
export function constructsOf(input: SimulationInput): readonly UsedConstruct[] {
  const places = new Map<Construct, Set<string>>();
  const use = (construct: Construct, place: string): void => {
    const known = places.get(construct) ?? new Set();
    places.set(construct, place === '' ? known : known.add(place));
  };
  ofSurroundings(input, use);
  ofPatients(input, use);
  input.instructions.forEach((instruction) => ofInstruction(input, instruction, use));
  for (const title of leadsIntoTheMidst(input)) use('go to into the midst', title);
  for (const at of asksWhileKeeping(input)) use('asking while something is kept', placeAt(input, at));
  for (const at of givesUpBesideKept(input)) use('patience beside kept units', placeAt(input, at));
  for (const { measure, title } of input.indicators) ofMeasure(measure, title, use);
  const order = Object.keys(CONSTRUCTS);
  return [...places]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([construct, where]) => ({ construct, places: firstOf([...where]) }));
}

/** The first places, and how many more there are. */
function firstOf(places: readonly string[]): readonly string[] {
  const left = places.length - MOST_PLACES;
  return left > 1 ? [...places.slice(0, MOST_PLACES), `and ${left} more`] : places;
}

type Use = (construct: Construct, place: string) => void;

function ofSurroundings(input: SimulationInput, use: Use): void {
  input.pools.forEach(({ facility, capacity, breakdown }) => {
    const told = input.facilities[facility];
    const place = placeOf(told);
    if (capacity !== 'unlimited' && capacity.value.length > 1) use('capacity that changes', place);
    if (breakdown !== undefined) use('breakdowns', place);
  });
  for (const { pool } of input.stocks) use('stocks', placeOf(input.facilities[input.pools[pool]?.facility ?? -1]));
  for (const { pool } of input.conversions ?? [])
    use('conversions', placeOf(input.facilities[input.pools[pool]?.facility ?? -1]));
  const { control } = input;
  if (control === undefined) return;
  const changes = [...control.effects, ...control.responses, ...control.triggers];
  for (const each of changes) use('crises and responses', placeOf(each));
  if (changes.length === 0) use('crises and responses', 'what this scenario depends on');
}

function ofPatients(input: SimulationInput, use: Use): void {
  const starts = new Map<string, Set<number>>();
  const active = input.cohorts.filter(({ entries }) => entries.length > 0);
  for (const cohort of active) {
    const { arrivals, entries, priority, attributes } = cohort;
    const place = placeOf(cohort);
    switch (arrivals.kind) {
      case 'renewal':
        use('arrivals with times between them', place);
        break;
      case 'poisson':
        use(
          arrivals.rate.value.length > 1 ? 'arrivals at a rate that changes' : 'arrivals with times between them',
          place,
        );
        break;
      case 'batch':
      case 'recorded':
        use('arrivals at given times', place);
        break;
      case 'appointments':
        use('appointments', place);
        break;
      case 'none':
    }
    if ('group' in arrivals) {
      use('arrivals in groups', place);
      ofExpression(arrivals.group, place, use);
    }
    ofPriority(priority, place, use);
    for (const { attribute, value } of attributes) {
      const told = input.attributes[attribute];
      use((told?.categories.length ?? 0) > 0 ? 'attributes' : 'numbers in attributes', place);
      ofExpression(value, place, use);
    }
    for (const { flow, instruction } of entries) {
      const pathway = input.flows[flow]?.pathway ?? '';
      starts.set(pathway, (starts.get(pathway) ?? new Set()).add(instruction));
    }
  }
  if (active.filter(({ arrivals }) => arrivals.kind !== 'none').length > 1 || starts.size > 1)
    use('several cohorts', active.map((each) => placeOf(each)).join(', '));
  for (const [pathway, instructions] of starts) if (instructions.size > 1) use('later entries', pathway);
  for (const { flow } of input.present) use('patients at the start', input.flows[flow]?.title ?? '');
}

function ofInstruction(input: SimulationInput, instruction: Instruction, use: Use): void {
  const place = placeOf('activity' in instruction ? input.activities[instruction.activity] : undefined);
  const kind = 'activity' in instruction ? input.activities[instruction.activity]?.kind : undefined;
  const look = (...expressions: readonly (InputExpression | undefined)[]): void => {
    for (const each of expressions) if (each !== undefined) ofExpression(each, place, use);
  };
  switch (instruction.op) {
    case 'request': {
      const { needs, priority, patience, preempts, fits, pending } = instruction;
      ofNeeds(input, needs, place, use);
      if (kind === 'hold') use('holds', place);
      if (pending.length > 0) use('units kept until the next hold', place);
      if (priority !== undefined) ofPriority(priority, place, use);
      if (patience !== undefined) {
        use('patience', place);
        if (needs.some(({ amount }) => amount.op === 'number' && amount.value > 1))
          use('patience for more than one unit', place);
      }
      if (preempts === true) use('pre-emption', place);
      if (fits !== undefined) use('fits the shift', place);
      look(patience?.limit);
      break;
    }
    case 'try':
      use('first free', place);
      ofNeeds(input, instruction.needs, place, use);
      break;
    case 'least busy':
      use('least busy', place);
      break;
    case 'work': {
      const { takes, costs, gives } = instruction;
      use(timesOf(takes), place);
      look(takes, ...costs);
      if (costs.length > 0) use('costs of steps', place);
      if (gives !== undefined) use('interruption and handing over', place);
      break;
    }
    case 'until':
      use('wait until a time', place);
      break;
    case 'set':
      use('set', place);
      look(instruction.value);
      break;
    case 'unless':
      use('choice by condition', place);
      look(instruction.condition);
      break;
    case 'share':
      use('choice by shares', place);
      for (const { share } of instruction.branches) {
        if (share.op !== 'number') use('shares that vary', place);
        look(share);
      }
      break;
    case 'match':
      use('choice by attribute', place);
      break;
    case 'fork':
      use(instruction.race === true ? 'race' : 'together', place);
      for (const branch of instruction.branches)
        if (gathersIn(input.instructions, branch)) use('gather in a branch', place);
      break;
    case 'gather':
      use('gather', place);
      look(instruction.after);
      break;
    case 'release':
      if (instruction.up > 0) use('release in a branch', input.facilities[0]?.title ?? '');
      break;
    case 'seek':
      use('moves to', place);
      break;
    case 'rounds':
      use('repeat', place);
      look(instruction.times);
      break;
    case 'again':
      look(instruction.until, instruction.again, instruction.every);
      break;
    case 'way':
    case 'depends':
      use('crises and responses', place);
      break;
    case 'begin':
    case 'end':
    case 'give back':
    case 'jump':
    case 'join':
    case 'stay':
    case 'finish':
    case 'exit':
  }
}

/** Whether a branch of a fork has a gather before its end. */
function gathersIn(program: readonly Instruction[], start: number): boolean {
  for (let at = start, depth = 0; at < program.length; at++) {
    const instruction = program[at];
    if (instruction?.op === 'gather') return true;
    if (instruction?.op === 'fork') depth += instruction.branches.length;
    if (instruction?.op === 'join' && depth-- === 0) return false;
  }
  return false;
}

type Needs = Extract<Instruction, { op: 'request' }>['needs'];

function ofNeeds(input: SimulationInput, needs: Needs, place: string, use: Use): void {
  const units = needs.filter(({ consumes }) => consumes === undefined);
  if (units.length > 1) use('several things at once', place);
  for (const { amount, of } of units) {
    if (amount.op !== 'number') use('amounts that vary', place);
    else if (Math.round(amount.value) !== 1) use('more than one unit', place);
    const pools = of.flatMap((target) => input.targets[target]?.members ?? []);
    if (of.length > 1 || pools.length > 1) use('alternatives and skills', place);
  }
  for (const { amount } of needs) ofExpression(amount, place, use);
}

function ofPriority(priority: InputExpression, place: string, use: Use): void {
  if (priority.op !== 'number') {
    use(priority.op === 'match' ? 'priority' : 'priority that varies', place);
  } else if (priority.value !== 0) use('priority', place);
  const parts = partsOf(priority);
  const draws = parts.some(({ op }) => op === 'draw' || op === 'pick');
  if (draws && parts.some((each) => each.op === 'waited' && each.clock === undefined))
    use('priority drawn anew while waiting', place);
  ofExpression(priority, place, use, true);
}

function timesOf(takes: InputExpression): Construct {
  const parts = partsOf(takes);
  if (parts.some((each) => each.op === 'attribute' || each.op === 'match' || each.op === 'element'))
    return 'times that depend on the patient';
  const draws = takes.op === 'draw' && takes.parameters.every(({ op }) => op === 'number');
  const plain = takes.op === 'number' || takes.op === 'pick' || draws;
  return plain ? 'times of one law' : 'times that are reckoned';
}

function ofExpression(expression: InputExpression, place: string, use: Use, isPriority = false): void {
  for (const each of partsOf(expression)) {
    if (each.op === 'state') use('state of the system', place);
    if (each.op === 'waiting') use('queue at a step or hold', place);
    if (each.op === 'since' || (each.op === 'waited' && each.clock !== undefined)) use('since and waited', place);
    if (each.op === 'waited' && each.clock === undefined && isPriority) use('priority that grows with waiting', place);
    if (each.op === 'row' || each.op === 'element') use('attributes of records', place);
    if (each.op === 'variable') use('crises and responses', place);
  }
}

function ofMeasure(measure: InputMeasure, title: string, use: Use): void {
  if (measure.kind !== 'value') {
    use('indicators of times and waits', title);
    return;
  }
  use('indicators as formulas', title);
  if (formulaParts(measure.value).some(isMoneyOrTime)) use('costs and shares of time as figures', title);
}

function placeAt({ instructions, activities }: SimulationInput, at: number): string {
  const instruction = instructions[at];
  return placeOf(instruction !== undefined && 'activity' in instruction ? activities[instruction.activity] : undefined);
}

function placeOf(of: { readonly title: string; readonly origin: string } | undefined): string {
  return of === undefined ? '' : of.origin === '' ? of.title : `${of.title} (${of.origin})`;
}
