import { SimulationError } from '../errors.js';
import type { Program } from '../program/program.js';
import { arrive, scheduleArrival } from './arriving.js';
import { beginCapacity, breakDown, changeCapacity, endRepair } from './capacity.js';
import { CLASS_MARK } from './event-heap.js';
import * as event from './events.js';
import { interpret } from './interpreter.js';
import { endless } from './limits.js';
import { WAITING } from './population.js';
import { giveUp, grant, serveWaiting } from './requests.js';
import { type RunOptions, RunState } from './run-state.js';

/** A replication that runs in chunks of events, so that others get a turn and it can be stopped. */
export class Run {
  readonly state: RunState;

  constructor(program: Program, replication: number, options: RunOptions = {}) {
    this.state = new RunState(program, replication, options, grant);
    const { heap, recorder } = this.state;
    const { input } = program;
    if (input.warmUp > 0) heap.push(input.warmUp, CLASS_MARK, event.EVENT_WINDOW);
    else recorder.begin(0);
    beginCapacity(this.state);
    input.cohorts.forEach((_, cohort) => {
      scheduleArrival(this.state, cohort);
    });
  }

  /** Time as a share of the whole run. */
  get progress(): number {
    const { finished, now, end } = this.state;
    return finished ? 1 : Math.min(1, now / end);
  }

  /**
   * Runs at most so many events.
   * @returns true when the run has come to its end
   * @throws SimulationError when it cannot go on
   */
  advance(budget: number): boolean {
    const run = this.state;
    const { heap, pools, ready } = run;
    for (let left = budget; left > 0; left--) {
      const time = heap.firstTime();
      if (time >= run.end) {
        finish(run);
        return true;
      }
      if (time > run.now) {
        run.now = time;
        run.instantWork = 0;
      } else if (++run.instantWork > run.limits.instant) {
        throw endless(run);
      }
      run.events++;
      handle(run, heap.take());
      if (pools.dirtyCount > 0) serveWaiting(run);
      while (ready.count > 0) interpret(run, ready.shift());
    }
    if (run.events > run.limits.events) {
      throw new SimulationError(
        `The run was stopped after ${run.limits.events} events, at ${Math.round(this.progress * 100)} % of its time: ` +
          'shorten it, or look for a loop that takes no time.',
      );
    }
    return false;
  }
}

function handle(run: RunState, what: number): void {
  const subject = what >> 3;
  switch (what & 7) {
    case event.EVENT_END:
    case event.EVENT_ENTER:
      interpret(run, subject);
      return;
    case event.EVENT_PATIENCE:
      if (giveUp(run, subject)) interpret(run, subject);
      return;
    case event.EVENT_CAPACITY:
      changeCapacity(run, subject);
      return;
    case event.EVENT_FAILURE:
      breakDown(run, subject);
      return;
    case event.EVENT_REPAIR:
      endRepair(run, subject);
      return;
    case event.EVENT_ARRIVAL:
      arrive(run, subject);
      return;
    default:
      run.recorder.begin(run.now);
  }
}

/** Cuts at the end of the window what goes on beyond it. */
function finish(run: RunState): void {
  if (run.finished) return;
  run.finished = true;
  const { population, pools, recorder } = run;
  const { code } = run.program;
  run.now = run.end;
  if (!recorder.active) recorder.begin(run.end);
  for (let token = 0; token < population.tokenEnd; token++) {
    if (population.patient[token]! < 0) continue;
    if (population.state[token] === WAITING) {
      const pc = population.request[token]!;
      const facilities = run.program.classFacilities[population.requestClass[token]!]!;
      recorder.leftQueue(facilities, code[pc + 9]!, population.requestTime[token]!, run.end);
    }
    for (let i = 0; i < population.slots; i++) {
      let grant = population.slot[token * population.slots + i]!;
      while (grant >= 0) {
        pools.settle(grant, pools.grantUnits[grant]!, run.end);
        grant = pools.grantNext[grant]!;
      }
    }
    if (population.parent[token] === -1) recorder.stillHere(population.patient[token]!);
  }
  recorder.finish();
}
