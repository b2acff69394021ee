import { PENDING } from './holding.ts';
import * as op from './operations.ts';
import { Step } from './plain-instructions.ts';
import { beginLine } from './platform.ts';
import { Run } from './run.ts';

/** Takes the shortcuts of a program. They leave no event log. */
export function takeShortcuts(run: Run): void {
  const code = run.code;
  const detours = run.detours;
  for (let i = 0; i < detours.count; i += 2) code[detours.at[i]!] = detours.at[i + 1]!;
  const shortcuts = run.shortcuts;
  const steps = run.steps;
  for (let i = 0; i < shortcuts.count; i += 2) {
    beginLine();
    const step = new Step(shortcuts.at[i + 1]!, shortcuts.at[i]!);
    if (lookUp(run, step)) steps[step.pc] = step;
  }
  for (let i = 0; i < shortcuts.count; i += 2) {
    const step = steps[shortcuts.at[i]!] as Step | null;
    if (step === null) continue;
    if (step.after >= 0) {
      // A jump behind an instruction is made before the run.
      if (code[step.after]! === op.JUMP) step.after = code[step.after + 1]!;
      step.next = steps[step.after] as Step | null;
    }
    const branches = step.branches;
    if (branches === null) continue;
    const words = step.words!;
    for (let k = 0; k < step.branchCount + 1; k++) branches[k] = steps[words[k]!] as Step | null;
  }
  for (let i = 0; i < shortcuts.count; i += 2) {
    const step = steps[shortcuts.at[i]!] as Step | null;
    if (step !== null) step.joins();
  }
}

/** What shortcuts have counted for themselves is told to what is reported; nothing looks at that during a run. */
export function tellShortcuts(run: Run): void {
  const shortcuts = run.shortcuts;
  for (let i = 0; i < shortcuts.count; i += 2) {
    const step = run.steps[shortcuts.at[i]!] as Step | null;
    if (step !== null) step.tell();
  }
}

/** Looks up what the words of an instruction name; whether it has a shortcut after all. */
function lookUp(run: Run, step: Step): boolean {
  const code = run.code;
  const pc = step.pc;
  switch (step.operation) {
    case op.TAKE_UNIT:
      step.takes(code, run.classes[code[pc + 2]!]!, run.recorder);
      step.after = pc + PENDING + 1;
      return true;
    case op.PLAIN_WORK:
      step.works(code, run.recorder);
      step.after = pc + 6;
      return true;
    case op.END_AND_FREE:
      step.marks(code, run.recorder);
      step.slot = code[pc + 5]!;
      step.after = pc + 6;
      return true;
    case op.FREE_UNIT:
      step.slot = code[pc + 2]!;
      step.after = pc + 3;
      return true;
    case op.FREE_SLOTS:
      step.frees(code);
      step.after = pc + 2 + code[pc + 1]!;
      return true;
    case op.TAKE_NOTHING:
      step.asks(code, run.recorder);
      step.after = pc + PENDING + 1;
      return true;
    case op.PLAIN_MATCH:
      return step.matches(code);
    case op.PLAIN_SHARE:
      return step.chooses(code, run.constants);
    case op.PLAIN_EXIT:
      return true;
    default:
      step.marks(code, run.recorder);
      step.after = pc + 3;
      return true;
  }
}
