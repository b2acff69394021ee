import type { Branch, Choose } from '@pathway/model';
import { type Instance, NOTHING, type Pending, union } from './flow-blocks.js';
import type { FlowCompiler } from './flow-compiler.js';

/** Compiles a choice; gives the slots that are still kept after it, whichever way was taken. */
export function compileChoice(flow: FlowCompiler, a: Choose, pending: Pending, at: Instance): Pending {
  const activity = flow.of(a, a.title ?? a.name ?? 'Choice');
  const otherwise = a.branches.find((branch) => branch.when.kind === 'otherwise');
  const starts = new Map<Branch, number>();
  const place = a.by === 'condition' ? -1 : flow.emit({ op: 'jump', to: 0 });
  let all: Pending = NOTHING;
  const ends: (() => void)[] = [];
  for (const branch of [...a.branches].sort((x, y) => Number(x === otherwise) - Number(y === otherwise))) {
    const skip =
      branch.when.kind === 'condition' ? flow.when(branch.when.condition, activity, at) : (): void => undefined;
    starts.set(branch, flow.here);
    all = union(all, flow.body(branch.body, pending, at));
    ends.push(flow.jump());
    skip();
  }
  for (const end of ends) end();
  const after = flow.here;
  if (place >= 0) patchChoice(flow, a, place, activity, at, (branch) => (branch && starts.get(branch)) ?? after);
  return otherwise === undefined ? union(all, pending) : all;
}

function patchChoice(
  flow: FlowCompiler,
  a: Choose,
  place: number,
  activity: number,
  at: Instance,
  startOf: (branch: Branch | undefined) => number,
): void {
  const otherwise = startOf(a.branches.find((branch) => branch.when.kind === 'otherwise'));
  if (a.by === 'attribute') {
    flow.instructions[place] = {
      op: 'match',
      activity,
      attribute: flow.scope.attribute(a.attribute ?? ''),
      branches: a.branches.flatMap((branch) =>
        branch.when.kind === 'category'
          ? [{ values: branch.when.values.map((value) => flow.scope.category(value)), to: startOf(branch) }]
          : [],
      ),
      otherwise,
    };
    return;
  }
  const branches = a.branches.flatMap((branch) =>
    branch.when.kind === 'share' ? [{ share: flow.expression(branch.when.share), to: startOf(branch) }] : [],
  );
  const sum = branches.reduce((total, { share }) => total + (share.op === 'number' ? share.value : Number.NaN), 0);
  // Where the shares make up the whole, rounding must not lead past them.
  const whole = Math.abs(sum - 1) < 1e-9 && !a.branches.some((branch) => branch.when.kind === 'otherwise');
  flow.instructions[place] = {
    op: 'share',
    activity,
    copy: at.copy,
    branches,
    otherwise: whole ? (branches.at(-1)?.to ?? otherwise) : otherwise,
  };
}
