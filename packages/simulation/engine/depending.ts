import { adjustAll } from './changing.ts';
import { Dependence } from './changes.ts';
import { Control, TOLD_SYSTEM } from './control.ts';
import { cancelEnd, endGiving, GIVES_DEPENDS, GIVES_RESTARTED } from './interruptions.ts';
import { whole } from './platform.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { DELAYED, RUNNING, Token } from './tokens.ts';

/*
 * Systems and supplies that work depends on though nobody takes them: what becomes of work while they are not there.
 */

/** Where a token goes on that comes to work which depends on something; -1 where it waits until that is back. */
export function comeToDependent(run: Run, token: Token, pc: i32): i32 {
  const code = run.code;
  const control = run.control!;
  const n = code[pc + 2]!;
  for (let i = 0; i < n; i++) {
    const dependence = control.dependences[code[pc + 3 + 2 * i]!]!;
    if (!dependence.failing) continue;
    const to = code[pc + 4 + 2 * i]!;
    if (to >= 0) return to;
    wait(control, dependence, token, pc);
    return -1;
  }
  return pc + 3 + 2 * n;
}

function wait(control: Control, dependence: Dependence, token: Token, pc: i32): void {
  token.pc = pc;
  token.state = DELAYED;
  control.stamps -= 1;
  token.due = control.stamps;
  dependence.waiting.push(token.place);
  dependence.waiting.push(stampBits(control.stamps));
}

function stampBits(stamp: f64): i32 {
  return whole(-stamp);
}

/** Looks which systems are there, until nothing changes any more. */
export function lookAtSystems(run: Run, control: Control): void {
  let changed = true;
  while (changed) {
    changed = false;
    for (let i = 0; i < control.dependenceCount; i++) {
      const dependence = control.dependences[i]!;
      const down = isDown(dependence);
      if (down && dependence.downSince === Infinity) dependence.downSince = run.now;
      else if (!down) dependence.downSince = Infinity;
      const failing = down && run.now >= dependence.downSince + dependence.battery;
      if (failing === dependence.failing) continue;
      dependence.failing = failing;
      control.tell(run.now, TOLD_SYSTEM, i, failing ? 1 : 0);
      changed = true;
      if (failing) stopWork(run, control, dependence);
      else goOn(run, dependence);
    }
    if (changed) adjustAll(run, control);
  }
}

function isDown(dependence: Dependence): boolean {
  for (let i = 0; i < dependence.count; i++) if (dependence.pools[i]!.capacity <= 0) return true;
  return false;
}

/** Work that is under way stops: another way is taken, or it waits with all that it keeps. */
function stopWork(run: Run, control: Control, dependence: Dependence): void {
  const code = run.code;
  let token = run.giving;
  while (token !== null) {
    const next: Token | null = token.workNext;
    if ((token.gives & GIVES_DEPENDS) !== 0 && token.until > run.now) {
      const others = code[token.work + 2]!;
      const pc = code[token.work + 2 + others]!;
      const to = wayAround(run, pc, dependence.index);
      if (to !== -2) {
        const left: f64 = (token.gives & GIVES_RESTARTED) !== 0 ? token.takes : token.until - run.now;
        endGiving(run, token);
        cancelEnd(token);
        if (to >= 0) {
          token.pc = to;
          // Whoever is about to go on is no longer at work, also where it is abandoned before its turn.
          token.state = RUNNING;
          run.ready.push(token.place);
        } else {
          token.left = left;
          token.again = true;
          wait(control, dependence, token, pc);
        }
      }
    }
    token = next;
  }
}

/** Where work goes without a system: a word, -1 to wait, -2 where it does not depend on it. */
function wayAround(run: Run, pc: i32, dependence: i32): i32 {
  const code = run.code;
  const n = code[pc + 2]!;
  for (let i = 0; i < n; i++) if (code[pc + 3 + 2 * i]! === dependence) return code[pc + 4 + 2 * i]!;
  return -2;
}

/** Whoever waited for a system goes on, in the order in which they came. */
function goOn(run: Run, dependence: Dependence): void {
  const waiting = dependence.waiting;
  while (waiting.count > 0) {
    const token = run.population.tokenAt(waiting.shift());
    const stamp = waiting.shift();
    // Whoever was abandoned meanwhile is somebody else now, or nobody.
    if (token.state === DELAYED && token.due < -1 && stampBits(token.due) === stamp) {
      token.state = RUNNING;
      run.ready.push(token.place);
    }
  }
}
