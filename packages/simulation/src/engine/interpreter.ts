import * as op from '../program/operations.js';
import { CLASS_END } from './event-heap.js';
import { EVENT_END, KINDS } from './events.js';
import { endless } from './limits.js';
import { again, beginWork, chooseMatch, chooseShare, endWork, join, leave } from './moves.js';
import { DELAYED, FORKED, RUNNING } from './population.js';
import { giveBackSlot, leastBusy, makeRequest, PENDING, serveWaiting, tryRequest } from './requests.js';
import type { RunState } from './run-state.js';

/** Runs a token, and the branches that it starts, until all wait, work or have left. */
export function interpret(run: RunState, first: number): void {
  let token = first;
  for (;;) {
    goOn(run, token);
    if (run.branches.count === 0) return;
    token = run.branches.pop();
  }
}

function goOn(run: RunState, token: number): void {
  const { code } = run.program;
  const { population, recorder } = run;
  let pc = population.pc[token]!;
  population.state[token] = RUNNING;
  for (let steps = 0; ; steps++) {
    if (steps > 100_000) {
      run.instantWork += steps;
      steps = 0;
      if (run.instantWork > run.limits.instant) {
        population.pc[token] = pc;
        throw endless(run, token);
      }
    }
    switch (code[pc]) {
      case op.REQUEST: {
        if (makeRequest(run, token, pc)) {
          pc += PENDING + 1 + code[pc + PENDING]!;
          break;
        }
        return;
      }
      case op.WORK: {
        const until = beginWork(run, token, pc);
        population.pc[token] = pc + 6 + code[pc + 5]!;
        population.state[token] = DELAYED;
        run.heap.push(until, CLASS_END, token * KINDS + EVENT_END);
        return;
      }
      case op.END: {
        endWork(run, token, code[pc + 1]!, code[pc + 2]!);
        pc += 3;
        break;
      }
      case op.GIVE_BACK: {
        const n = code[pc + 1]!;
        for (let i = 0; i < n; i++) giveBackSlot(run, token, code[pc + 2 + i]!);
        if (run.pools.dirtyCount > 0) serveWaiting(run);
        pc += 2 + n;
        break;
      }
      case op.JUMP:
        pc = code[pc + 1]!;
        break;
      case op.UNLESS: {
        const visit = code[pc + 3]!;
        const holds = run.value(code[pc + 2]!, token, visit, code[pc + 4]!);
        run.countVisit(token, visit);
        pc = holds === 0 || Number.isNaN(holds) ? code[pc + 5]! : pc + 6;
        break;
      }
      case op.SHARE:
        pc = chooseShare(run, token, pc);
        break;
      case op.MATCH:
        pc = chooseMatch(run, token, pc);
        break;
      case op.BEGIN: {
        const activity = code[pc + 1]!;
        population.register[token * population.registers + code[pc + 2]!] = run.now;
        recorder.started(activity);
        const hook = recorder.table.start[activity];
        if (hook !== undefined) recorder.moment(hook, population.patient[token]!, run.now);
        if (run.trace !== undefined) run.log(population.patient[token]!, 'start', run.idOf(activity));
        pc += 3;
        break;
      }
      case op.TRY: {
        if (tryRequest(run, token, pc)) pc = code[pc + 4]!;
        else pc += PENDING + 1 + code[pc + PENDING]!;
        break;
      }
      case op.LEAST_BUSY:
        pc = leastBusy(run, pc);
        break;
      case op.RELEASE: {
        let holder = token;
        for (let up = code[pc + 1]!; up > 0; up--) holder = population.parent[holder]!;
        giveBackSlot(run, holder, code[pc + 2]!);
        if (run.pools.dirtyCount > 0) serveWaiting(run);
        pc += 3;
        break;
      }
      case op.FORK: {
        const n = code[pc + 2]!;
        population.pc[token] = code[pc + 1]!;
        population.state[token] = FORKED;
        population.branches[token] = n;
        const patient = population.patient[token]!;
        const priority = population.priority[token]!;
        for (let i = n - 1; i >= 0; i--) {
          const child = population.addToken(patient, code[pc + 3 + i]!, token);
          population.priority[child] = priority;
          run.branches.push(child);
        }
        if (n === 0) run.branches.push(token);
        return;
      }
      case op.JOIN: {
        join(run, token);
        return;
      }
      case op.ROUNDS: {
        const visit = code[pc + 3]!;
        const register = token * population.registers + code[pc + 1]!;
        const timesCode = code[pc + 2]!;
        const times = timesCode < 0 ? Number.POSITIVE_INFINITY : run.value(timesCode, token, visit, code[pc + 4]!);
        run.countVisit(token, visit);
        population.register[register] = 0;
        population.register[register + 1] = Number.isNaN(times) ? 0 : Math.round(times);
        population.register[register + 2] = run.now;
        pc = population.register[register + 1]! > 0 ? pc + 6 : code[pc + 5]!;
        break;
      }
      case op.AGAIN: {
        const at = again(run, token, pc);
        if (at > run.now) {
          population.pc[token] = code[pc + 7]!;
          population.state[token] = DELAYED;
          run.heap.push(at, CLASS_END, token * KINDS + EVENT_END);
          return;
        }
        pc = Number.isNaN(at) ? pc + 9 : code[pc + 7]!;
        break;
      }
      case op.FINISH: {
        const patient = population.patient[token]!;
        population.outcome[patient] = code[pc + 1]!;
        pc += 2;
        break;
      }
      default: {
        leave(run, token);
        return;
      }
    }
  }
}
