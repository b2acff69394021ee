import { endAside, join, leave } from './endings.ts';
import { comeToDependent } from './depending.ts';
import { valueFor } from './evaluator.ts';
import { CLASS_END, EVENT_END, KINDS } from './event-heap.ts';
import { FAULT_ENDLESS, FAULT_OPERATION } from './faults.ts';
import { gatherHere } from './groups.ts';
import { giveBackSlot, PENDING, withdraw } from './holding.ts';
import {
  again,
  beginGivingWork,
  beginRounds,
  beginWait,
  beginWork,
  chooseMatch,
  chooseShare,
  endWork,
  setAttribute,
} from './moves.ts';
import { noteStart } from './notes.ts';
import * as op from './operations.ts';
import { goDirectly, goFrom } from './plain.ts';
import { leastBusy, makeRequest, tryRequest } from './requests.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { moveWhenFree } from './seekers.ts';
import { serveWaiting } from './serving.ts';
import { DELAYED, FORKED, RUNNING, Token } from './tokens.ts';

/** Turns that a token takes before somebody looks whether it ever comes to rest. */
const PATIENCE: i32 = 20000;

/** Runs a token, and the branches that it starts, until all wait, work or have left. */
// @inline
export function interpret(run: Run, token: Token): void {
  // Only where shortcuts are not enough do branches begin.
  if (token.ends || !goDirectly(run, token)) goFurther(run, token);
}

/** As interpret, by a token whose work or rest is over. */
// @inline
export function interpretAfterWork(run: Run, token: Token): void {
  const direct = token.direct;
  if (direct === null) {
    interpret(run, token);
  } else {
    token.state = RUNNING;
    if (!goFrom(run, token, direct)) goFurther(run, token);
  }
}

/** Where there are no shortcuts further on. */
function goFurther(run: Run, token: Token): void {
  if (token.ends) endAside(run, token);
  else goOn(run, token);
  while (run.branches.count > 0) interpretBranch(run, run.branches.pop());
}

function interpretBranch(run: Run, token: Token): void {
  if (token.ends) endAside(run, token);
  else if (!goDirectly(run, token)) goOn(run, token);
}

/** Lets a token work or rest until a time. @param pc where it goes on */
function delay(run: Run, token: Token, pc: i32, until: f64): void {
  token.pc = pc;
  token.direct = null;
  token.state = DELAYED;
  token.due = run.heap.push(until, CLASS_END, token.place * KINDS + EVENT_END);
}

function work(run: Run, token: Token, pc: i32): void {
  const until = beginWork(run, token, pc);
  delay(run, token, pc + 6 + run.code[pc + 5]!, until);
}

/** Gives back the slots of an instruction; the word after it. */
function giveBack(run: Run, token: Token, pc: i32): i32 {
  const n = run.code[pc + 1]!;
  for (let i = 0; i < n; i++) giveBackSlot(run, token, run.code[pc + 2 + i]!);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
  return pc + 2 + n;
}

/** Lets a token go on until it waits, works or has left. */
function goOn(run: Run, token: Token): void {
  const code = run.code;
  const steps = run.steps;
  let pc = token.pc;
  let turns = 0;
  for (;;) {
    if (steps[pc] !== null) {
      token.pc = pc;
      if (goDirectly(run, token)) return;
      pc = token.pc;
    }
    switch (code[pc]!) {
      case op.EXIT:
        leave(run, token);
        return;
      case op.REQUEST: {
        if (!makeRequest(run, token, pc)) return;
        pc += PENDING + 1 + code[pc + PENDING]!;
        if (code[pc]! !== op.WORK) break;
        // What nearly always follows needs no other look.
        work(run, token, pc);
        return;
      }
      case op.TRY: {
        if (tryRequest(run, token, pc)) pc = code[pc + 4]!;
        else pc += PENDING + 1 + code[pc + PENDING]!;
        turns++;
        break;
      }
      case op.LEAST_BUSY:
        pc = leastBusy(run, pc);
        turns++;
        break;
      case op.BEGIN:
        token.registers[code[pc + 2]!] = run.now;
        noteStart(run, token, code[pc + 1]!);
        pc += 3;
        break;
      case op.WORK:
        work(run, token, pc);
        return;
      case op.END: {
        endWork(run, token, code[pc + 1]!, code[pc + 2]!);
        pc += 3;
        if (code[pc]! === op.GIVE_BACK) pc = giveBack(run, token, pc);
        break;
      }
      case op.GIVE_BACK:
        pc = giveBack(run, token, pc);
        break;
      case op.RELEASE: {
        let holder = token;
        for (let up = code[pc + 1]!; up > 0; up--) holder = holder.parent!;
        giveBackSlot(run, holder, code[pc + 2]!);
        if (run.pools.dirtyCount > 0) serveWaiting(run);
        pc += 3;
        break;
      }
      case op.JUMP:
        pc = code[pc + 1]!;
        turns++;
        break;
      case op.UNLESS: {
        const visit = code[pc + 3]!;
        const holds = valueFor(run, code[pc + 2]!, token.patient, visit, code[pc + 4]!);
        run.countVisit(token.patient, visit);
        pc = holds === 0 || isNaN(holds) ? code[pc + 5]! : pc + 6;
        turns++;
        break;
      }
      case op.SHARE:
        pc = chooseShare(run, token, pc);
        turns++;
        break;
      case op.MATCH:
        pc = chooseMatch(run, token, pc);
        turns++;
        break;
      case op.FORK:
      case op.RACE: {
        fork(run, token, pc);
        return;
      }
      case op.SET:
        setAttribute(run, token, pc);
        pc += 5;
        break;
      case op.UNTIL: {
        const until = beginWait(run, token, pc);
        delay(run, token, pc + 4, until);
        return;
      }
      case op.GIVING_WORK: {
        const until = beginGivingWork(run, token, pc);
        delay(run, token, token.work + 3 + code[token.work + 2]!, until);
        return;
      }
      case op.GATHER: {
        gatherHere(run, token, pc);
        return;
      }
      case op.SEEK: {
        moveWhenFree(run, token, pc);
        if (run.pools.dirtyCount > 0) serveWaiting(run);
        pc += 7;
        break;
      }
      case op.STAY:
        withdraw(run, token, code[pc + 1]!);
        if (run.pools.dirtyCount > 0) serveWaiting(run);
        pc += 2;
        break;
      case op.CHOOSE_WAY:
        pc = code[pc + 2 + run.control!.sets[code[pc + 1]!]!]!;
        turns++;
        break;
      case op.DEPEND: {
        const to = comeToDependent(run, token, pc);
        if (to < 0) return;
        pc = to;
        turns++;
        break;
      }
      case op.JOIN:
        join(run, token);
        return;
      case op.ROUNDS:
        pc = beginRounds(run, token, pc) ? pc + 6 : code[pc + 5]!;
        break;
      case op.AGAIN: {
        const at = again(run, token, pc);
        if (at > run.now) {
          delay(run, token, code[pc + 7]!, at);
          return;
        }
        pc = isNaN(at) ? pc + 9 : code[pc + 7]!;
        turns++;
        break;
      }
      case op.FINISH:
        token.outcome = code[pc + 1]!;
        pc += 2;
        break;
      default:
        run.fail(FAULT_OPERATION, code[pc]!, 0);
    }
    if (turns > PATIENCE) {
      run.instantWork += turns;
      turns = 0;
      if (run.instantWork > run.mostInstant) run.fail(FAULT_ENDLESS, pc, 0);
    }
  }
}

/** Starts branches, the first of which goes on first; the token itself waits for them. */
function fork(run: Run, token: Token, pc: i32): void {
  const code = run.code;
  const n = code[pc + 2]!;
  token.pc = code[pc + 1]!;
  token.state = FORKED;
  token.branches = n;
  token.race = code[pc]! === op.RACE;
  for (let i = n - 1; i >= 0; i--) {
    const child = run.population.addToken(token.patient, code[pc + 3 + i]!, token);
    child.priority = token.priority;
    child.group = token.group;
    child.sibling = token.child;
    token.child = child;
    run.branches.push(child);
  }
  if (n === 0) run.branches.push(token);
}
