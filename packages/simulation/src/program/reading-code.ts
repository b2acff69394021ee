import * as op from '../../engine/operations.js';
import * as r from '../../engine/reading.js';
import type { InputReading } from '../input/control-types.js';
import type { SimulationInput } from '../input/types.js';
import { FUNCTIONS, OPERATORS } from './expression-code.js';
import type { QueueLines } from './queue-lines.js';

const MEASURES: readonly string[] = ['queue', 'busy', 'free', 'occupancy', 'capacity'];

/** Words of readings and their constants, as the engine's reading.ts runs them. */
export class ReadingCode {
  readonly code: number[] = [];
  readonly constants: number[] = [];

  /** @param wordOf word at which each instruction begins */
  constructor(
    readonly wordOf: Int32Array,
    readonly lines: QueueLines,
  ) {}

  /** The word at which a reading begins; -1 for none. */
  add(reading: InputReading | undefined): number {
    if (reading === undefined) return -1;
    const at = this.code.length;
    this.#emit(reading);
    this.code.push(r.R_RETURN);
    return at;
  }

  #emit(reading: InputReading): void {
    const { code } = this;
    switch (reading.op) {
      case 'number':
        code.push(r.R_NUMBER, this.constants.push(reading.value) - 1);
        return;
      case 'signal':
        code.push(r.R_SIGNAL, reading.signal);
        return;
      case 'state': {
        const { measure, facilities } = reading;
        const of = measure === 'queue' ? this.lines.facilityOf(facilities) : facilities;
        code.push(r.R_STATE, MEASURES.indexOf(measure), of.length, ...of);
        return;
      }
      case 'waiting':
        code.push(r.R_WAITING, reading.requests.length, ...reading.requests.map((i) => this.wordOf[i] ?? -1));
        return;
      case 'absence':
        code.push(r.R_ABSENCE, reading.pools.length, ...reading.pools);
        return;
      case 'recent':
        code.push(r.R_RECENT, reading.recent);
        return;
      case 'negate':
      case 'not':
        this.#emit(reading.of);
        code.push(reading.op === 'not' ? r.R_NOT : r.R_NEGATE);
        return;
      case 'operation':
        this.#emit(reading.left);
        this.#emit(reading.right);
        code.push(r.R_OPERATION, OPERATORS[reading.operator] ?? op.E_AND);
        return;
      case 'function':
        for (const argument of reading.arguments) this.#emit(argument);
        code.push(r.R_FUNCTION, FUNCTIONS.indexOf(reading.name), reading.arguments.length);
    }
  }
}

/** Facilities that a reading looks at, signals left out. */
export function facilitiesIn(reading: InputReading, input: SimulationInput): readonly number[] {
  switch (reading.op) {
    case 'state':
      return reading.facilities;
    case 'waiting':
      return reading.requests.flatMap((i) => {
        const request = input.instructions[i];
        const targets = request?.op === 'request' ? request.needs.flatMap((need) => need.of) : [];
        const members = targets.flatMap((target) => input.targets[target]?.members ?? []);
        return members.flatMap(({ pool }) => input.pools[pool]?.facility ?? []);
      });
    case 'negate':
    case 'not':
      return facilitiesIn(reading.of, input);
    case 'operation':
      return [...facilitiesIn(reading.left, input), ...facilitiesIn(reading.right, input)];
    case 'function':
      return reading.arguments.flatMap((each) => facilitiesIn(each, input));
    default:
      return [];
  }
}
