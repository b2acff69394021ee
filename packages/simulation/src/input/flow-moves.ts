import { formatOrigin, type GoTo, type Release } from '@pathway/model';
import { SimulationError } from '../errors.js';
import { blocksAround, type Instance, isForked, NOTHING, type Pending, union } from './flow-blocks.js';
import type { FlowCompiler } from './flow-compiler.js';

/*
 * What leaves a block, or something that it keeps, before its end.
 */

/** Compiles a release of what a hold around it keeps. @throws SimulationError where there is no such hold */
export function compileRelease(flow: FlowCompiler, a: Release, pending: Pending, at: Instance): Pending {
  let up = 0;
  for (const frame of [...at.frames].reverse()) {
    if (frame.kind === 'gather') break;
    if (isForked(frame)) up++;
    if (frame.id !== a.hold || frame.kind !== 'hold') continue;
    frame.needs.forEach((need, i) => {
      const slot = frame.slots[Math.min(i, frame.slots.length - 1)];
      const names = need.of.map((t) => (t.kind === 'resource' ? t.resource : t.kind === 'role' ? t.role : t.skill));
      if (slot !== undefined && names.some((name) => a.targets.includes(name))) {
        flow.emit({ op: 'release', up, slot });
      }
    });
    return pending;
  }
  throw new SimulationError(
    `${a.targets.join(', ')} cannot be released here: the hold that keeps it is not around this place.`,
    formatOrigin(a.origin),
  );
}

/** Compiles a jump; where it leads is filled in at the end of the pathway. @throws SimulationError where one cannot go there */
export function compileGoTo(flow: FlowCompiler, a: GoTo, pending: Pending, at: Instance): Pending {
  const around = blocksAround(at.pathway.body).get(a.to) ?? flow.variants?.around.get(a.to);
  const place = formatOrigin(a.origin);
  if (around === undefined) throw new SimulationError(`There is no ${a.to} in this pathway to go to.`, place);
  const open = at.frames.slice(at.base);
  const common = around.every((id, i) => open[i]?.id === id);
  if (!common) {
    throw new SimulationError(
      `One cannot go to ${a.to} from here: it lies inside a hold, a repeat or a branch that is entered at its start only.`,
      place,
    );
  }
  const left = open.slice(around.length);
  if (left.some(isForked)) {
    throw new SimulationError(
      'A go to cannot leave a branch of a `together` or `race`, nor a `gather`: others go on there.',
      place,
    );
  }
  flow.giveBack(union(pending, new Set(left.flatMap((frame) => frame.slots))));
  at.jumps.push({ instruction: flow.emit({ op: 'jump', to: 0 }), to: a.to });
  return NOTHING;
}
